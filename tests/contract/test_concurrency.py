"""Many at once: no write lost, no gap in a log. Torn reads: tests/faults/test_torn_reads.py."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import chain
from typing import TypeVar

from graphsvc.errors import StaleRevision, StoreBusy
from graphsvc.stores.port import GraphStore
from models.changes import Applied, Change, Stored
from tests.contract.writing import EVERYTHING, E, N, change_set, put, tie, whole_log

WRITERS = 16
T = TypeVar("T")


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """The answer of a store that may say it is busy: the caller asks again, as clients do."""
    for _ in range(50):
        try:
            return await ask()
        except StoreBusy:
            await asyncio.sleep(0)
    raise AssertionError("the store stayed busy")


async def apply(store: GraphStore, *changes: Change) -> Applied:
    asked = change_set(*changes)
    return await patiently(lambda: store.apply(EVERYTHING, asked))


async def test_many_writers_on_one_account_lose_nothing(filled: GraphStore) -> None:
    async def writer(number: int) -> list[int]:
        return [
            (await apply(filled, put(N.CONTACT, f"p{number:02}-{round_}"))).sequences["acme"]
            for round_ in range(4)
        ]

    before = (await filled.sequences(EVERYTHING, "acme")).account
    given = await asyncio.gather(*(writer(number) for number in range(WRITERS)))
    assert sorted(chain.from_iterable(given)) == list(range(before + 1, before + 1 + 4 * WRITERS))
    entries = await whole_log(filled, "acme")
    assert [entry.sequence for entry in entries] == list(range(1, before + 1 + 4 * WRITERS))
    people = await filled.find(EVERYTHING, N.CONTACT, account_id="acme", after="p", limit=200)
    assert len(people) == 4 * WRITERS


async def test_of_many_who_read_the_same_revision_one_wins(filled: GraphStore) -> None:
    async def writer(number: int) -> Stored | None:
        try:
            await apply(filled, put(N.CONTACT, "ana", expected=1, name=f"Ana {number}"))
        except StaleRevision as refused:
            return refused.current
        return None

    told = await asyncio.gather(*(writer(number) for number in range(WRITERS)))
    assert told.count(None) == 1
    now = await filled.get(EVERYTHING, N.CONTACT, "ana")
    assert now.body["name"] == f"Ana {told.index(None)}"
    assert [current for current in told if current is not None] == [now] * (WRITERS - 1)


async def test_the_same_change_set_from_many_is_applied_once(filled: GraphStore) -> None:
    asked = change_set(put(N.CONTACT, "eve"), tie(E.KNOWS, "mia", "eve"))
    answers = await asyncio.gather(
        *(patiently(lambda: filled.apply(EVERYTHING, asked)) for _ in range(WRITERS))
    )
    assert all(answer == answers[0] for answer in answers)
    assert (await filled.get(EVERYTHING, N.CONTACT, "eve")).revision == 1


async def test_writers_on_crossing_accounts_do_not_block_each_other_for_good(filled: GraphStore) -> None:
    async def writer(number: int) -> None:
        ends = ("zoe", "ana") if number % 2 else ("ana", "zoe")
        await apply(filled, tie(E.INFLUENCES, *ends, id=f"x{number}"))

    await asyncio.gather(*(writer(number) for number in range(WRITERS)))
    for account in ("acme", "bolt"):
        entries = await whole_log(filled, account)
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert {entry.id for entry in entries} >= {f"x{number}" for number in range(WRITERS)}


async def test_no_rule_is_broken_by_two_who_keep_it_alone(filled: GraphStore) -> None:
    """Each line is fine alone; all four together are a circle."""

    async def line(source: str, target: str) -> bool:
        try:
            await apply(filled, tie(E.REPORTS_TO, source, target))
        except ValueError:
            return False
        return True

    ring = ["ana", "ben", "cho", "dan"]
    kept = await asyncio.gather(*(line(a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)))
    assert kept.count(True) == 3
