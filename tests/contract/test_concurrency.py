"""Many at once: no write lost, no gap in a log, no torn snapshot."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from itertools import chain
from typing import TypeVar

from graphsvc.errors import StaleRevision, StoreBusy
from graphsvc.stores.port import GraphStore
from models.changes import Applied, Change, Delete, Stored
from models.graph import AccountGraph
from models.records import graph_of
from tests.contract.writing import EVERYTHING, E, N, change_set, put, replay, tables, tie, whole_log

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


async def test_no_snapshot_is_torn_by_writers_beside_it(filled: GraphStore) -> None:
    """Change sets touch several kinds; a snapshot that saw half of one would not equal the log's replay."""
    people = [f"p{number}" for number in range(12)]
    await apply(filled, *(put(N.CONTACT, id_) for id_ in people), tie(E.KNOWS, "mia", "ana"))
    snapshots: dict[int, AccountGraph] = {}
    writing = True

    async def writer(seed: int) -> None:
        draw = random.Random(seed)
        for round_ in range(60):
            if round_ >= 12 and len(snapshots) > 3:
                break  # enough was read beside enough writing
            one, other = draw.sample(people, 2)
            name = f"t{seed}-{round_}"
            changes: list[Change] = [
                put(N.DEPARTMENT, name),
                tie(E.WORKS_IN, one, name),
                tie(E.INFLUENCES, one, other, id=name, weight=draw.random()),
            ]
            if round_ % 3 == 2:
                changes.append(Delete(E.INFLUENCES, f"t{seed}-{round_ - 1}"))
            await apply(filled, *changes)

    async def reader() -> None:
        while writing:
            graph = await patiently(lambda: filled.account_graph(EVERYTHING, "acme"))
            snapshots[graph.sequence] = graph
            await asyncio.sleep(0)

    readers = [asyncio.create_task(reader()) for _ in range(3)]
    await asyncio.gather(*(writer(seed) for seed in range(4)))
    writing = False
    await asyncio.gather(*readers)
    assert len(snapshots) > 1
    entries = await whole_log(filled, "acme")
    firm = [
        (stored.kind, stored.body)
        for stored in await filled.records(EVERYTHING, "acme")
        if not stored.account
    ]
    for sequence, graph in snapshots.items():
        records = replay(entry for entry in entries if entry.sequence <= sequence)
        expected = graph_of("acme", [*((kind, body) for (kind, _), body in records.items()), *firm])
        assert tables(graph) == tables(expected), sequence
