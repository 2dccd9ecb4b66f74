"""What snapshots and writes keep of their speed while a thread runs pure Python, as a heavy question does."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.invent import account
from benchmarks.serving import settings_of
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.records import read_record

PEOPLE, RUNS = 5_000, 5
SCOPE = Scope("bench")


@contextmanager
def busy_thread(wanted: bool) -> Iterator[None]:
    """A thread that counts, if wanted."""
    ended = threading.Event()

    def count() -> None:
        number = 0
        while not ended.is_set():
            number += 1

    thread = threading.Thread(target=count)
    if wanted:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if wanted:
            thread.join()


async def _times(path: Path, change_set: ChangeSet, busy: bool) -> tuple[float, float]:
    """Seconds of an import into a new file, and the median of snapshots of it."""
    settings = settings_of(store_url=f"sqlite:///{path}", cache_bytes=0)
    store = await open_store(settings.store_url, settings)
    loop = asyncio.get_running_loop()
    try:
        with busy_thread(busy):
            start = loop.time()
            await store.apply(SCOPE, change_set)
            imported = loop.time() - start
            return imported, await _snapshot(store)
    finally:
        await store.close()


async def _snapshot(store: GraphStore) -> float:
    loop, times = asyncio.get_running_loop(), []
    for _ in range(RUNS):
        start = loop.time()
        await store.account_graph(SCOPE, "bench")
        times.append(loop.time() - start)
    return sorted(times)[RUNS // 2]


def measure() -> Iterator[Figure]:
    """What both keep beside the thread, measured in one run."""
    records = account(PEOPLE)
    changes = ChangeSet("bench", tuple(Put(kind, read_record(kind, body)) for kind, body in records))
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        idle, busy = (
            asyncio.run(_times(Path(folder) / f"{name}.db", changes, name == "busy"))
            for name in ("idle", "busy")
        )
    for work, alone, beside in zip(("a write of them all", "a snapshot"), idle, busy, strict=True):
        what = f"{len(records):,} records, {work}: speed kept beside a thread of pure Python"
        yield Figure("beside_python", what, alone / beside, least=0.15)
