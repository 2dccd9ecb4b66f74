"""Readers beside writers: whatever is read is the state after one change set, never half of one.

Every change set here changes the account and the firm together. So what is read must be what the two logs
leave at the sequences of one change set: graphs, exports, and the past as well. `make test-long` reads and
writes for ten seconds.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

from hypothesis import settings

from graphsvc.features.exports.service import graph_document
from graphsvc.features.imports.documents import document_of
from graphsvc.stores.past import graph_then, records_then
from graphsvc.stores.port import GraphStore, Sequences
from models.changes import Applied, Change, Delete, LogEntry, Stored
from models.graph import AccountGraph
from tests.contract.test_concurrency import apply, patiently
from tests.contract.writing import EVERYTHING, E, N, put, stood, tables, tie, whole_log
from tests.lengths import rounds

WRITERS = 4
WRITES = settings.default.max_examples // 20
"""Change sets of each writer at least; up to twelve times as many until enough was read beside them."""
SECONDS = rounds(0, 10)
"""How long writers write at least."""
ENOUGH = 4
PEOPLE = [f"p{number}" for number in range(12)]


@dataclass
class Seen:
    """What readers saw, and the sequences after each change set."""

    graphs: dict[Sequences, AccountGraph] = field(default_factory=dict)
    exports: dict[str, dict[str, Any]] = field(default_factory=dict)
    pasts: dict[datetime, list[Stored]] = field(default_factory=dict)
    ends: list[Sequences] = field(default_factory=list)
    writing: bool = True

    def enough(self) -> bool:
        return min(len(self.graphs), len(self.exports), len(self.pasts)) > ENOUGH

    def note(self, done: Applied) -> None:
        self.ends.append(Sequences(done.sequences["acme"], done.sequences["firm"]))


async def write_on(store: GraphStore, seen: Seen, seed: int) -> None:
    """Change people, ties of several kinds and one of ours at once, again and again."""
    draw, clock = random.Random(seed), asyncio.get_running_loop()
    end = clock.time() + SECONDS
    for round_ in count():
        over = round_ >= 12 * WRITES or (round_ >= WRITES and seen.enough())
        if over and clock.time() >= end:
            break
        (one, other), name = draw.sample(PEOPLE, 2), f"t{seed}-{round_}"
        changes: list[Change] = [
            put(N.DEPARTMENT, name),
            tie(E.WORKS_IN, one, name, id=name),
            tie(E.INFLUENCES, one, other, id=name, weight=draw.random()),
            tie(E.KNOWS, "mia", one, personal=draw.randint(0, 100)),
            put(N.MEMBER, "mia", city=name),
        ]
        if round_ % 3 == 2:
            changes.append(Delete(E.INFLUENCES, f"t{seed}-{round_ - 1}"))
        seen.note(await apply(store, *changes))


async def read_graphs(store: GraphStore, seen: Seen) -> None:
    while seen.writing:
        graph = await patiently(lambda: store.account_graph(EVERYTHING, "acme"))
        seen.graphs[Sequences(graph.sequence, graph.firm_sequence)] = graph
        await asyncio.sleep(0)


async def read_exports(store: GraphStore, seen: Seen) -> None:
    while seen.writing:
        document = await patiently(lambda: graph_document(store, EVERYTHING, "acme"))
        seen.exports[city_of(document)] = document


async def read_pasts(store: GraphStore, seen: Seen) -> None:
    while seen.writing:
        heads = {head.account: head for head in await patiently(lambda: store.heads(EVERYTHING))}
        then = heads["acme"].at
        assert then is not None
        seen.pasts[then] = list(await patiently(partial(store.records, EVERYTHING, "acme", as_of=then)))
        await asyncio.sleep(0)


async def test_no_read_is_torn_by_writers_beside_it(
    filled: GraphStore, record_property: Callable[[str, object], None]
) -> None:
    seen = Seen()
    first = (put(N.CONTACT, id_) for id_ in PEOPLE)
    seen.note(await apply(filled, *first, tie(E.KNOWS, "mia", "p0"), put(N.MEMBER, "mia", city="first")))
    readers = [
        asyncio.create_task(read(filled, seen))
        for read in (read_graphs, read_graphs, read_exports, read_pasts)
    ]
    await asyncio.gather(*(write_on(filled, seen, seed) for seed in range(WRITERS)))
    seen.writing = False
    await asyncio.gather(*readers)
    assert seen.enough()
    own, firm = await whole_log(filled, "acme"), await whole_log(filled, "firm")
    left = {at: left_by(own, firm, at) for at in sorted(seen.ends, key=lambda at: at.account)}

    for at, graph in seen.graphs.items():
        assert at in left
        assert tables(graph) == tables(graph_then("acme", left[at], at)), at
    by_city = {city(records): records for records in left.values()}
    assert len(by_city) == len(left)
    for name, document in seen.exports.items():
        assert document == document_of((row.kind, row.body) for row in by_city[name]), name
    times = {own[at.account - 1].at: records for at, records in left.items()}
    assert len(times) == len(left)
    for time, past in seen.pasts.items():
        assert past == times[time]
    told = f"{len(seen.graphs)} graphs, {len(seen.exports)} exports, {len(seen.pasts)} times"
    record_property("counts", f"read beside {len(left)} change sets: {told}, 0 torn")


def left_by(own: list[LogEntry], firm: list[LogEntry], at: Sequences) -> list[Stored]:
    """The account's records as both logs leave them at these sequences."""
    return records_then("acme", stood(own[: at.account]), stood(firm[: at.firm]))


def city(records: list[Stored]) -> str:
    return str(next(row.body["city"] for row in records if row.id == "mia"))


def city_of(document: dict[str, Any]) -> str:
    return str(next(row["city"] for row in document["nodes"] if row["id"] == "mia"))
