"""Search among 50,000 people and 200,000 ties of the embedded store.

Milliseconds per query (the median of 7) and what search costs an import: the time spent in making and
indexing terms, as a share of the whole write.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from benchmarks.figures import Figure
from benchmarks.invent import SCOPE, fill
from benchmarks.serving import settings_of
from graphsvc.features.search.schemas import SearchQuery
from graphsvc.features.search.service import search
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore
from graphsvc.stores.sqlite import searching

ON = date(2026, 11, 21)
PEOPLE, TIES_EACH = 50_000, 3.0
QUERIES = (
    "王伟芳",
    "wangweifang",
    "wwf",
    "wang",
    "w",
    "部门",
    "岗位 4711",
    "wang 部门 7",
    "zhagn wei",
    "nobody at all",
)
BATCH = 20_000


def measure() -> Iterator[Figure]:
    """Each query, and the share of indexing in the import."""
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        yield from asyncio.run(_measured(f"sqlite:///{folder}/bench.db"))


async def _measured(url: str) -> list[Figure]:
    store = await open_store(url, settings_of(store_url=url, cache_bytes=0, read_deadline_s=30))
    try:
        with _timed() as spent:
            start = time.perf_counter()
            records = await fill(store, PEOPLE, TIES_EACH + 2, BATCH)
            written = time.perf_counter() - start
        share = Figure(
            "search", f"{records:,} records written: share of terms", sum(spent) / written, most=0.5
        )
        return [share, *[await _query(store, q) for q in QUERIES]]
    finally:
        await store.close()


@contextmanager
def _timed() -> Iterator[list[float]]:
    """The seconds spent in the index of the embedded store, call by call."""
    spent: list[float] = []
    index = searching.index

    def timed(*args: Any) -> None:
        start = time.perf_counter()
        index(*args)
        spent.append(time.perf_counter() - start)

    with patch.object(searching, "index", timed):
        yield spent


async def _query(store: GraphStore, q: str) -> Figure:
    times, found = [], 0
    for _ in range(8):
        start = time.perf_counter()
        page = await search(store, SCOPE, SearchQuery.model_validate({"q": q, "limit": 200}), ON)
        times.append(time.perf_counter() - start)
        found = len(page.items)
    return Figure(
        "search",
        f"{q}: {found} found{', and more' if page.truncated else ''}",
        1000 * sorted(times[1:])[3],
        "ms",
    )
