"""Ties across accounts are the same on every store, and nothing outside the scope shows through."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graphsvc.errors import NotFound
from graphsvc.features.across import crossing_ties_known
from graphsvc.features.introductions.schemas import IntroductionsQuery
from graphsvc.features.introductions.service import introductions_to
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind
from queries.introductions.crossing import CrossingTie
from tests.contract.writing import EVERYTHING, E, N, put, tie, write

QUERY = IntroductionsQuery(to="ana", on=date(2025, 6, 15))
ENDS = ("zoe", "bolt", "ana", "acme")
BOND = CrossingTie("b1", EdgeKind.BOND, *ENDS, 0.1 + 0.2, None, 1, None, None, "2025-01-01", None)
SWAYS = CrossingTie("i1", EdgeKind.INFLUENCES, *ENDS, 0.5, False, None, None, "deal", None, "2025-12-31")
DOTTED = CrossingTie(
    "r1", EdgeKind.REPORTS_TO, "ben", "acme", "zoe", "bolt", None, None, None, "dotted", None, None, None
)


async def told(store: GraphStore) -> None:
    await write(
        store,
        tie(E.BOND, "zoe", "ana", id="b1", weight=0.1 + 0.2, since="2025-01-01"),
        tie(
            E.INFLUENCES, "zoe", "ana", id="i1", weight=0.5, stated=False, opportunity_id="deal",
            until="2025-12-31",
        ),
        tie(E.REPORTS_TO, "ben", "zoe", id="r1", line="dotted"),
        tie(E.BOND, "ana", "ben", id="inside"),
        put(N.ACCOUNT, "coil"),
        put(N.CONTACT, "kim", account_id="coil"),
        tie(E.BOND, "kim", "zoe", id="far"),
        tie(E.KNOWS, "mia", "zoe", self_strength=80),
        put(
            N.INTERACTION, "met", account_id="bolt", at="2025-06-01T09:00:00Z", kind="meeting",
            direction="mutual", member_ids=["mia"], contact_ids=["zoe"],
        ),
    )  # fmt: skip


async def test_ties_across_accounts(filled: GraphStore) -> None:
    await told(filled)
    found = await filled.crossing_ties(EVERYTHING)
    assert [found[0], found[2], found[3]] == [BOND, SWAYS, DOTTED]
    assert (found[1].id, found[1].weight) == ("far", None)


async def test_of_the_past_the_logs_tell(filled: GraphStore) -> None:
    before = datetime.now(UTC)
    await told(filled)
    later = datetime(2999, 1, 1, tzinfo=UTC)
    assert await crossing_ties_known(filled, EVERYTHING, later) == await filled.crossing_ties(EVERYTHING)
    asked = QUERY.model_copy(update={"as_of": before})
    assert (await introductions_to(filled, EVERYTHING, "acme", asked)).items == []


async def test_a_tie_is_seen_by_who_sees_both_ends(filled: GraphStore) -> None:
    await told(filled)
    both = Scope("tester", frozenset({"acme", "bolt"}))
    assert await filled.crossing_ties(both) == [BOND, SWAYS, DOTTED]
    for accounts in ({"acme"}, {"acme", "coil"}, set()):
        assert await filled.crossing_ties(Scope("tester", frozenset(accounts))) == []


async def test_a_way_leads_over_another_account_of_the_scope_only(filled: GraphStore) -> None:
    await told(filled)
    found = await introductions_to(filled, EVERYTHING, "acme", QUERY)
    assert [item.path for item in found.items] == [["mia", "zoe", "ana"], ["mia", "zoe", "ben", "ana"]]
    assert found.accounts == ["acme", "bolt", "coil"]
    alone = await introductions_to(filled, Scope("tester", frozenset({"acme"})), "acme", QUERY)
    assert (alone.items, alone.barred, alone.accounts, alone.accounts_left_out) == ([], [], ["acme"], 0)
    assert "zoe" not in alone.model_dump_json()
    with pytest.raises(NotFound):
        await introductions_to(filled, Scope("tester", frozenset({"bolt"})), "acme", QUERY)


async def test_an_empty_store_has_no_ties(store: GraphStore) -> None:
    assert await store.crossing_ties(EVERYTHING) == []
