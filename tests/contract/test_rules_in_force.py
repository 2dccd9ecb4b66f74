"""The rules in force over a store: changed for everybody, kept with who, when and why; all stores alike."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from graphsvc.errors import NoRules, RulesChanged
from graphsvc.rulebook import AREA, Rulebook
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.faults import Code, InvalidInput
from queries.rules import DEFAULT_RULES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_a_change_holds_for_everybody_and_is_kept(store: GraphStore) -> None:
    mine, other = Rulebook(store), Rulebook(store)
    assert (await other.in_force()).rules is DEFAULT_RULES
    first = await mine.change({"influence": {"damping": 0.5}}, 0, "mia", "why not", NOON)
    assert (await other.in_force()) == first
    assert first.rules.influence.damping == 0.5
    assert first.change is not None
    assert (first.change.actor, first.change.reason, first.change.at) == ("mia", "why not", NOON)
    assert first.change.before == {"influence.damping": 0.85}
    assert first.change.after == {"influence.damping": 0.5}

    second = await other.change({"influence": {"damping": None}}, 1, "ben", None, NOON)
    assert second.rules.version == DEFAULT_RULES.version
    assert [edition.number for edition in await mine.editions()] == [2, 1, 0]
    assert (await mine.edition(first.rules.version)).rules == first.rules
    assert (await mine.edition(DEFAULT_RULES.version)).number == 2
    with pytest.raises(NoRules):
        await mine.edition("nothing")


async def test_who_read_older_rules_changes_nothing(store: GraphStore) -> None:
    books = [Rulebook(store) for _ in range(6)]
    told = await asyncio.gather(
        *(
            book.change({"chains": {"upward": number / 10}}, 0, "mia", None, NOON)
            for number, book in enumerate(books)
        ),
        return_exceptions=True,
    )
    late = [refused for refused in told if isinstance(refused, RulesChanged)]
    assert len(late) == 5
    assert {refused.number for refused in late} == {1}
    assert len(await books[0].editions()) == 2


async def test_a_change_of_nothing_makes_no_edition(store: GraphStore) -> None:
    book = Rulebook(store)
    same = {"influence": {"damping": DEFAULT_RULES.influence.damping}}
    assert (await book.change(same, None, "mia", None, NOON)).number == 0
    assert await store.kept_in(AREA) == []


@pytest.mark.parametrize(
    ("patch", "pointer", "code"),
    [
        ({"influence": {"damping": 5}}, "/influence/damping", Code.INVALID_VALUE),
        ({"influence": {"damping": "much"}}, "/influence/damping", Code.INVALID_VALUE),
        ({"influence": {"dampin": 0.5}}, "/influence/dampin", Code.UNKNOWN_FIELD),
        ({"influenza": {}}, "/influenza", Code.UNKNOWN_FIELD),
        ({"influence": 3}, "/influence", Code.INVALID_VALUE),
        ({"influence": {"steps": {"brew": {"user": 0.9}}}}, "/influence", Code.INVALID_VALUE),
    ],
)
async def test_what_cannot_be_is_refused_with_its_place(
    store: GraphStore, patch: dict[str, object], pointer: str, code: Code
) -> None:
    book = Rulebook(store)
    with pytest.raises(InvalidInput) as refused:
        await book.change(patch, None, "mia", None, NOON)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]
    assert (await book.in_force()).number == 0


async def test_what_a_later_program_does_not_take_any_more_falls_back_to_its_default(
    store: GraphStore,
) -> None:
    book = Rulebook(store)
    made = await book.change({"influence": {"damping": 0.5}}, None, "mia", None, NOON)
    assert made.change is not None
    overrides = {"influence": {"damping": 0.5}, "gone": {"with": 1}, "chains": {"upward": 7}}
    body = {
        "overrides": overrides,
        "change": made.change.model_copy(update={"number": 2}).model_dump(mode="json"),
    }
    await store.keep(Kept(AREA, "00000002", "mia", body))
    now = await book.in_force()
    assert now.number == 2
    assert now.rules.influence.damping == 0.5
    assert now.rules.chains == DEFAULT_RULES.chains
