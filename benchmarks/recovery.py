"""How soon the store on a Neo4j server answers again once the server itself is back.

The server is killed and started, or frozen and thawed, while a reader and a writer ask again and again, as
clients do. Counted from when a plain driver has an answer (started), or from the thaw.
A write also waits for what the started server compiles anew. Neo4j is measured
where Java and Maven are there.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from pydantic import SecretStr

from benchmarks.figures import Figure
from benchmarks.serving import settings_of
from graphsvc.errors import GraphsvcError
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import NodeKind
from models.records import read_record
from tests.neo4j_server import Neo4jServer, what_is_missing

TOPIC = "recovery"
RUNS = 5
DOWN_S = 3.0
PAUSE_S = 0.02
SCOPE = Scope("bench")
Fault = Callable[[Neo4jServer], Awaitable[float]]
"""Does it, and gives the moment the server is back."""


def measure() -> Iterator[Figure]:
    """Both faults, for reads and for writes."""
    if missing := what_is_missing():
        print(f"recovery is left out: it needs {missing}", file=sys.stderr)
        return
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # that the server is away is no news here
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as name:
        server = Neo4jServer(Path(name))
        server.start()
        try:
            yield from asyncio.run(_measured(server))
        finally:
            server.thaw()
            server.kill()


async def _measured(server: Neo4jServer) -> list[Figure]:
    user, password = server.auth
    settings = settings_of(store_url=server.url, store_user=user, store_password=SecretStr(password))
    store = await open_store(settings.store_url, settings)
    try:
        await _write(store, 0)
        found = []
        for what, fault in (("killed and started", _restarted), ("frozen and thawed", _thawed)):
            reads, writes = zip(*[await _after(store, server, fault) for _ in range(RUNS)], strict=True)
            for kind, times in (("a read", reads), ("a write", writes)):
                name = f"neo4j {what}: {kind} answers after, median of {RUNS}"
                found.append(Figure(TOPIC, name, median(times), "s", most=2))
                worst = name.replace(f"median of {RUNS}", "at worst")
                found.append(Figure(TOPIC, worst, max(times), "s", most=2))
        return found
    finally:
        await store.close()


async def _after(store: GraphStore, server: Neo4jServer, fault: Fault) -> tuple[float, float]:
    """Seconds from when the server is back until a read, and a write, have an answer."""
    returned = asyncio.Event()
    works = store.ping, lambda: _write(store, time.time_ns())
    asking = [asyncio.create_task(_asked(work, returned)) for work in works]
    back = await fault(server)
    returned.set()
    read, wrote = await asyncio.gather(*asking)
    return max(0.0, read - back), max(0.0, wrote - back)


async def _asked(work: Callable[[], Awaitable[Any]], back: asyncio.Event) -> float:
    """Ask until there is an answer to a question put after the server was back; when that was."""
    while True:
        late = back.is_set()
        try:
            await work()
        except GraphsvcError:
            await asyncio.sleep(PAUSE_S)
            continue
        if late:
            return time.perf_counter()
        await asyncio.sleep(PAUSE_S)


async def _restarted(server: Neo4jServer) -> float:
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    return time.perf_counter()


async def _thawed(server: Neo4jServer) -> float:
    server.freeze()
    await asyncio.sleep(DOWN_S)
    server.thaw()
    return time.perf_counter()


async def _write(store: GraphStore, number: int) -> None:
    record = read_record(NodeKind.MEMBER, {"id": f"m{number}", "name": "Mia"})
    await store.apply(SCOPE, ChangeSet(f"c{number}", (Put(NodeKind.MEMBER, record),)))
