"""The change log: before and after of every change, gap-free in every account it touches."""

from __future__ import annotations

from datetime import UTC

from graphsvc.stores.port import GraphStore
from models.changes import Delete
from models.enums import Kind
from models.records import Body, body_of
from tests.contract.writing import (
    EVERYTHING,
    E,
    N,
    change_set,
    faults_of,
    put,
    replay,
    tie,
    whole_log,
    write,
)


async def last(store: GraphStore, account: str, count: int) -> list[tuple[Kind, str, bool, bool, int]]:
    """The last entries of a log: kind, id, whether it has a before and an after, revision."""
    entries = (await whole_log(store, account))[-count:]
    return [(e.kind, e.id, e.before is not None, e.after is not None, e.revision) for e in entries]


async def test_an_entry_tells_who_changed_what_when_and_why(filled: GraphStore) -> None:
    asked = put(N.CONTACT, "ana", name="Ana Lima")
    applied = await filled.apply(EVERYTHING, change_set(asked, id="wedding", reason="she married"))
    entry = (await whole_log(filled, "acme"))[-1]
    assert (entry.kind, entry.id, entry.revision) == (N.CONTACT, "ana", 2)
    assert entry.sequence == applied.sequences["acme"]
    assert (entry.before or {})["name"] == "Ana"
    assert entry.after == body_of(asked.record)
    assert (entry.actor, entry.change_set, entry.reason) == ("tester", "wedding", "she married")
    assert (entry.account, entry.request_id) == ("acme", "request-1")
    assert entry.at == (await filled.get(EVERYTHING, N.CONTACT, "ana")).updated_at
    assert entry.at.tzinfo is UTC


async def test_entries_stand_in_the_order_of_the_changes_with_what_they_cause(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.BOND, "ana", "ben"))
    await write(filled, put(N.CONTACT, "new"), Delete(N.CONTACT, "ana"), put(N.DEPARTMENT, "lab", name="L"))
    assert await last(filled, "acme", 5) == [
        (N.CONTACT, "new", False, True, 1),
        (N.CONTACT, "ana", True, False, 2),
        (E.BOND, "bond-ana-ben", True, False, 2),
        (E.KNOWS, "knows-mia-ana", True, False, 2),
        (N.DEPARTMENT, "lab", True, True, 2),
    ]


async def test_records_of_the_firm_have_a_log_of_their_own(filled: GraphStore) -> None:
    before = await filled.sequences(EVERYTHING, "acme")
    applied = await write(filled, put(N.MEMBER, "mia", city="Graz"))
    assert applied.sequences == {"firm": before.firm + 1}
    assert await last(filled, "firm", 1) == [(N.MEMBER, "mia", True, True, 2)]
    after = await filled.sequences(EVERYTHING, "acme")
    assert (after.account, after.firm) == (before.account, before.firm + 1)


async def test_a_tie_is_logged_where_its_target_belongs(filled: GraphStore) -> None:
    before = await filled.sequences(EVERYTHING, "acme")
    applied = await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.COMPETES_IN, "rivco", "deal"))
    assert applied.sequences == {"acme": before.account + 2}


async def test_the_other_account_of_a_tie_learns_that_it_changed_but_not_how(filled: GraphStore) -> None:
    first = await write(filled, tie(E.INFLUENCES, "zoe", "ana", id="x"))
    assert first.sequences.keys() == {"acme", "bolt"}
    assert await last(filled, "acme", 1) == [(E.INFLUENCES, "x", False, True, 1)]
    assert await last(filled, "bolt", 1) == [(E.INFLUENCES, "x", False, False, 1)]
    second = await write(filled, tie(E.INFLUENCES, "zoe", "ana", id="x", weight=0.5))
    assert second.sequences == {account: number + 1 for account, number in first.sequences.items()}
    third = await write(filled, Delete(E.INFLUENCES, "x"))
    assert third.sequences == {account: number + 1 for account, number in second.sequences.items()}
    assert await last(filled, "bolt", 2) == [
        (E.INFLUENCES, "x", False, False, 2),
        (E.INFLUENCES, "x", False, False, 3),
    ]


async def test_an_account_that_a_tie_leaves_learns_it_too(filled: GraphStore) -> None:
    await write(filled, tie(E.INFLUENCES, "zoe", "ana", id="x"))
    applied = await write(filled, tie(E.INFLUENCES, "ben", "ana", id="x"))
    assert applied.sequences.keys() == {"acme", "bolt"}
    assert (await write(filled, tie(E.INFLUENCES, "cho", "ana", id="x"))).sequences.keys() == {"acme"}


async def test_deleting_a_person_tells_every_account_a_tie_reaches(filled: GraphStore) -> None:
    await write(filled, tie(E.INFLUENCES, "zoe", "ana", id="x"), tie(E.KNOWS, "mia", "zoe"))
    applied = await write(filled, Delete(N.CONTACT, "zoe"))
    assert applied.deleted == 3
    assert applied.sequences.keys() == {"acme", "bolt"}


async def test_a_log_replays_to_the_records(filled: GraphStore) -> None:
    await write(
        filled, tie(E.KNOWS, "mia", "ana"), tie(E.REPORTS_TO, "ana", "ben"), put(N.CONTACT, "ben", name="B")
    )
    await write(filled, Delete(N.CONTACT, "ben"), put(N.CONTACT, "eve"))
    await write(filled, put(N.CONTACT, "ben"))
    stored = await filled.records(EVERYTHING, "acme")
    own: dict[tuple[Kind, str], Body] = {(s.kind, s.id): s.body for s in stored if s.account == "acme"}
    assert replay(await whole_log(filled, "acme")) == own


async def test_a_log_has_no_gap_even_after_refusals(filled: GraphStore) -> None:
    for number in range(3):
        await write(filled, put(N.CONTACT, f"p{number}"), put(N.CONTACT, f"q{number}"))
        await faults_of(filled, put(N.CONTACT, f"r{number}"), tie(E.KNOWS, "mia", "nobody"))
    for account in ("acme", "bolt", "firm"):
        entries = await whole_log(filled, account)
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert {entry.account for entry in entries} == {account}


async def test_a_log_is_read_from_any_place(filled: GraphStore) -> None:
    await write(filled, *(put(N.CONTACT, f"p{number:04}") for number in range(1203)))
    end = (await filled.sequences(EVERYTHING, "acme")).account
    whole = await whole_log(filled, "acme")
    assert [entry.sequence for entry in whole] == list(range(1, end + 1))
    assert await filled.log(EVERYTHING, "acme", after=end - 603, limit=7) == whole[end - 603 : end - 596]
    assert await filled.log(EVERYTHING, "acme", after=end) == []


async def test_the_log_of_an_account_outlives_it(filled: GraphStore) -> None:
    await write(filled, Delete(N.CONTACT, "zoe"), Delete(N.ACCOUNT, "bolt"))
    deleted = await whole_log(filled, "bolt")
    assert [(entry.kind, entry.after) for entry in deleted[-2:]] == [(N.CONTACT, None), (N.ACCOUNT, None)]
    applied = await write(filled, put(N.ACCOUNT, "bolt"))
    assert applied.sequences == {"bolt": len(deleted) + 1}
