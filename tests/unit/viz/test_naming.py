"""Names inside sentences: put in the reader's language, never a part of a longer name."""

from __future__ import annotations

from models.enums import NodeKind
from queries.rules import DEFAULT_RULES
from tests.tie_records import ACCOUNT, TODAY, graph
from viz.naming import Names

PEOPLE = (
    (NodeKind.CONTACT, {"id": "w", "account_id": ACCOUNT, "name": "王明", "latin_name": "Wang Ming"}),
    (NodeKind.CONTACT, {"id": "l", "account_id": ACCOUNT, "name": "王明远", "latin_name": "Wang Mingyuan"}),
    (NodeKind.OPPORTUNITY, {"id": "o", "account_id": ACCOUNT, "name": "王明厂二期"}),
)


def test_a_name_is_not_put_in_place_of_the_beginning_of_a_longer_one() -> None:
    names = Names(graph(*PEOPLE), TODAY, "en", DEFAULT_RULES)
    assert names.told("王明 asks 王明远.") == "Wang Ming asks Wang Mingyuan."
    assert "Wang Ming" not in names.told("Won: 王明厂二期"), "the purchase is not the person"
    own = Names(graph(*PEOPLE), TODAY, "zh", DEFAULT_RULES)
    assert own.told("王明厂二期：王明远") == "王明厂二期：王明远"
