"""The history of a record, also beyond its deletion, and the undo of change sets."""

from __future__ import annotations

import pytest

from graphsvc.errors import ChangedSince, NoChangeSet, NotFound, PartlyUnseen
from graphsvc.features.history.service import undo
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Change, Delete, LogEntry
from models.enums import Kind
from models.faults import Code, InvalidInput
from models.records import Body
from tests.contract.writing import EVERYTHING, E, N, change_set, put, tie, whole_log, write


async def state(store: GraphStore) -> dict[tuple[Kind, str], Body]:
    """All records of both accounts."""
    found = [row for account in ("acme", "bolt") for row in await store.records(EVERYTHING, account)]
    return {(row.kind, row.id): row.body for row in found}


async def history(store: GraphStore, kind: Kind, id: str, page: int = 50) -> list[LogEntry]:
    """All entries of a record, page by page."""
    found = list(await store.history(EVERYTHING, kind, id, limit=page))
    while found[-1].prior:
        found += await store.history(EVERYTHING, kind, id, start=found[-1].prior, limit=page)
    return found


async def done(store: GraphStore, *changes: Change) -> str:
    """The id of a change set that was applied."""
    return (await write(store, *changes)).change_set


async def test_a_history_goes_on_when_an_id_is_used_again(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", name="B"), tie(E.KNOWS, "mia", "ana"))
    await write(filled, Delete(N.CONTACT, "ana"))
    assert [entry.revision for entry in await history(filled, N.CONTACT, "ana")] == [3, 2, 1]
    await write(filled, put(N.CONTACT, "ana", expected=0, name="C"), put(N.CONTACT, "ben", name="X"))
    assert (await filled.get(EVERYTHING, N.CONTACT, "ana")).revision == 4
    entries = await history(filled, N.CONTACT, "ana", page=3)
    names = [(entry.after or {}).get("name") for entry in entries]
    assert names == ["C", None, "B", "Ana"]
    assert entries == [e for e in reversed(await whole_log(filled, "acme")) if e.id == "ana"]


async def test_the_history_of_records_of_the_firm_and_of_ties(filled: GraphStore) -> None:
    await write(filled, put(N.MEMBER, "mia", city="Graz"), tie(E.INFLUENCES, "zoe", "ana", id="x"))
    await write(filled, tie(E.INFLUENCES, "zoe", "ana", id="x", weight=0.5), Delete(N.MEMBER, "mia"))
    assert [entry.account for entry in await history(filled, N.MEMBER, "mia")] == ["firm"] * 3
    assert [entry.account for entry in await history(filled, E.INFLUENCES, "x")] == ["acme"] * 2


async def test_a_history_lies_in_the_scope_of_its_account(filled: GraphStore) -> None:
    for id_ in ("ana", "nobody"):
        with pytest.raises(NotFound):
            await filled.history(Scope("bob", frozenset({"bolt"})), N.CONTACT, id_)
    assert await filled.history(EVERYTHING, N.CONTACT, "ana", start=1) == []


async def test_a_long_history_is_read_across_many_others(filled: GraphStore) -> None:
    for number in range(3):
        await write(filled, put(N.CONTACT, "ana", name=f"Ana {number}"))
        await write(filled, *(put(N.CONTACT, f"p{number}-{place}") for place in range(600)))
    assert [entry.revision for entry in await history(filled, N.CONTACT, "ana")] == [4, 3, 2, 1]


async def test_undo_brings_everything_back_and_can_be_undone(filled: GraphStore) -> None:
    await write(
        filled,
        tie(E.KNOWS, "mia", "ana"),
        tie(E.INFLUENCES, "zoe", "ana"),
        tie(E.REPORTS_TO, "ana", "ben"),
        put(N.INTERACTION, "visit", at="2025-03-01T09:00:00Z", kind="visit", contact_ids=["ana", "ben"]),
        put(N.CONTACT, "ana", external_ids={"crm": "7"}),
    )
    before = await state(filled)
    ben = put(N.CONTACT, "ben", name="Z")
    deleted = await done(filled, Delete(N.CONTACT, "ana"), put(N.CONTACT, "new"), ben)
    after = await state(filled)
    undone = await undo(filled, EVERYTHING, deleted, "request-2")
    assert await state(filled) == before
    entry = (await history(filled, N.CONTACT, "ana"))[0]
    assert (entry.reason, entry.change_set, entry.revision) == (f"undo {deleted}", undone.change_set, 4)
    redone = await undo(filled, EVERYTHING, undone.change_set, "request-3")
    assert await state(filled) == after
    await undo(filled, EVERYTHING, redone.change_set, "request-4")
    assert await state(filled) == before


async def test_who_sees_a_part_is_told_so_and_who_sees_none_is_not(filled: GraphStore) -> None:
    across = await done(filled, tie(E.INFLUENCES, "zoe", "ana"))
    elsewhere = await done(
        filled, put(N.CONTACT, "zoe", account_id="bolt", name="Z"), put(N.MEMBER, "mia", city="Graz")
    )
    acme_only = Scope("ben", frozenset({"acme"}))
    with pytest.raises(PartlyUnseen):
        await undo(filled, acme_only, across, "request-2")
    for unseen in (elsewhere, "made-never"):
        with pytest.raises(NoChangeSet):
            await undo(filled, acme_only, unseen, "request-2")
    await undo(filled, EVERYTHING, across, "request-2")


async def test_what_has_changed_since_is_not_undone(filled: GraphStore) -> None:
    first = await done(filled, put(N.CONTACT, "ana", name="B"), put(N.CONTACT, "new"))
    second = await done(filled, put(N.CONTACT, "ana", name="C"))
    third = await done(filled, put(N.CONTACT, "ana", name="D"))
    before = await state(filled)
    with pytest.raises(ChangedSince) as refused:
        await undo(filled, EVERYTHING, first, "request-2")
    assert [entry.change_set for entry in refused.value.later] == [second, third]
    assert await state(filled) == before
    await undo(filled, EVERYTHING, third, "request-3")
    with pytest.raises(ChangedSince):
        await undo(filled, EVERYTHING, third, "request-4")


async def test_a_step_back_sent_again_with_its_key_is_done_once(
    filled: GraphStore,
) -> None:
    first = await done(filled, put(N.CONTACT, "ana", name="B"), Delete(N.CONTACT, "dan"))
    second = await done(filled, put(N.CONTACT, "ana", name="C"))
    await undo(filled, EVERYTHING, second, "request-2")
    told = await undo(filled, EVERYTHING, first, "request-3", "key")
    before = await state(filled)
    await write(filled, put(N.CONTACT, "ben", name="Z"))
    assert await undo(filled, EVERYTHING, first, "request-4", "key") == told
    await write(filled, put(N.CONTACT, "ben", name="Ben"))
    assert await state(filled) == before
    with pytest.raises(InvalidInput) as refused:
        await undo(filled, EVERYTHING, second, "request-5", "key")
    assert [fault.code for fault in refused.value.faults] == [Code.REUSED]


async def test_what_others_stand_on_by_now_is_not_undone(filled: GraphStore) -> None:
    made = await done(filled, put(N.CONTACT, "new"), put(N.DEPARTMENT, "hall"))
    tied = await done(filled, tie(E.KNOWS, "mia", "new"), put(N.DEPARTMENT, "room", parent_id="hall"))
    with pytest.raises(ChangedSince) as refused:
        await undo(filled, EVERYTHING, made, "request-2")
    assert {(entry.kind, entry.id) for entry in refused.value.later} == {
        (E.KNOWS, "knows-mia-new"),
        (N.DEPARTMENT, "room"),
    }
    await undo(filled, EVERYTHING, tied, "request-3")
    await undo(filled, EVERYTHING, made, "request-4")
    with pytest.raises(NotFound):
        await filled.get(EVERYTHING, N.CONTACT, "new")


async def test_a_record_deleted_anew_since_is_not_brought_back(filled: GraphStore) -> None:
    first = await done(filled, Delete(N.CONTACT, "dan"))
    await write(filled, put(N.CONTACT, "dan", name="Other"))
    await write(filled, Delete(N.CONTACT, "dan"))
    with pytest.raises(ChangedSince) as refused:
        await undo(filled, EVERYTHING, first, "request-2")
    assert [entry.revision for entry in refused.value.later] == [3, 4]


async def test_an_undo_that_a_rule_forbids_says_which_and_since_when(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana"))
    untied = await done(filled, Delete(E.KNOWS, "knows-mia-ana"))
    gone = await done(filled, Delete(N.CONTACT, "ana"))
    with pytest.raises(ChangedSince) as refused:
        await undo(filled, EVERYTHING, untied, "request-2")
    assert [fault.pointer for fault in refused.value.faults] == ["/changes/0/target_id"]
    assert [entry.change_set for entry in refused.value.later] == [gone]


async def test_a_change_set_outside_the_scope_is_not_there(filled: GraphStore) -> None:
    made = await done(filled, put(N.CONTACT, "new"))
    for id_, scope in ((made, Scope("bob", frozenset({"bolt"}))), ("nothing", EVERYTHING)):
        with pytest.raises(NoChangeSet):
            await undo(filled, scope, id_, "request-2")


async def test_an_undo_of_many_is_one_change_set(filled: GraphStore) -> None:
    before = await state(filled)
    asked = change_set(*(put(N.CONTACT, f"p{number:04}") for number in range(1203)))
    await filled.apply(EVERYTHING, asked)
    assert (await undo(filled, EVERYTHING, asked.id, "request-2")).deleted == 1203
    assert await state(filled) == before
