"""`python -m benchmarks.beside_python`: what snapshots and imports keep of their speed.

Beside them a thread runs pure Python all the while, as a heavy question does.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.invent import account
from benchmarks.timing import report
from graphsvc.settings import Settings
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
    settings = Settings(store_url=f"sqlite:///{path}", cache_bytes=0, _env_file=None)
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


def main() -> None:
    """Measure both alone and beside the thread, in one run, and report the ratios."""
    records = account(PEOPLE)
    changes = ChangeSet("bench", tuple(Put(kind, read_record(kind, body)) for kind, body in records))
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        idle, busy = (
            asyncio.run(_times(Path(folder) / f"{name}.db", changes, name == "busy"))
            for name in ("idle", "busy")
        )
    rows = [
        {"work": work, "records": len(records), "idle s": alone, "busy s": beside, "kept": alone / beside}
        for work, alone, beside in zip(("import", "snapshot"), idle, busy, strict=True)
    ]
    report("beside-python", rows)


if __name__ == "__main__":
    main()
