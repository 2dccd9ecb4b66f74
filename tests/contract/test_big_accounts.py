"""Large accounts as groups, on every store: who is counted, and for whom."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound
from graphsvc.features.views import service
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.stores.port import GraphStore, Scope
from models.enums import NodeKind, ViewName
from queries.rules import DEFAULT_RULES
from tests.unit.viz.crowds import told

EVERYBODY = Scope("tester")


@pytest.mark.parametrize("name", [ViewName.ORG_CHART, ViewName.INFLUENCE])
async def test_groups_hold_the_people_of_the_account_and_nobody_else(
    filled: GraphStore, name: ViewName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_WHOLE", 0)
    people = [one.id for one in await filled.find(EVERYBODY, NodeKind.CONTACT, account_id="acme", limit=200)]
    others = await filled.find(EVERYBODY, NodeKind.CONTACT, account_id="bolt", limit=200)
    assert people
    assert others
    query = ViewQuery(contact_id=people[0])
    seen = await service.view(filled, EVERYBODY, "acme", name, query, "en", DEFAULT_RULES)
    assert told(seen) == seen.summary["people"] == len(people)
    assert people[0] in {node["id"] for node in seen.nodes}
    assert not {one.id for one in others} & {node["id"] for node in seen.nodes}
    own = Scope("tester", accounts=frozenset({"bolt"}))
    with pytest.raises(NotFound):
        await service.view(filled, own, "acme", name, query, "en", DEFAULT_RULES)
