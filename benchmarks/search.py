"""Search among 50,000 people and 200,000 ties of the embedded store.

Milliseconds per query (the median of 7) and what search costs a write: the share of its time that goes
into making and indexing terms, by writing the same without them.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
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
        yield from asyncio.run(_measured(f"sqlite:///{folder}/bench.db", f"sqlite:///{folder}/bare.db"))


async def _measured(url: str, without: str) -> list[Figure]:
    with patch.object(searching, "indexed", lambda upserts: iter(())):
        async with _filled(without) as (_, _, bare_s):
            pass
    async with _filled(url) as (store, records, written_s):
        share = 1 - bare_s / written_s
        figure = Figure("search", f"{records:,} records written: share of terms", share, most=0.5)
        return [figure, *[await _query(store, q) for q in QUERIES]]


@asynccontextmanager
async def _filled(url: str) -> AsyncIterator[tuple[GraphStore, int, float]]:
    """A new store, the records in it, and the seconds it took to write them."""
    store = await open_store(url, settings_of(store_url=url, cache_bytes=0, read_deadline_s=30))
    try:
        start = time.perf_counter()
        records = await fill(store, PEOPLE, TIES_EACH + 2, BATCH)
        yield store, records, time.perf_counter() - start
    finally:
        await store.close()


async def _query(store: GraphStore, q: str) -> Figure:
    times, found = [], 0
    for _ in range(8):
        start = time.perf_counter()
        page, _ = await search(store, SCOPE, SearchQuery.model_validate({"q": q, "limit": 200}), ON)
        times.append(time.perf_counter() - start)
        found = len(page.items)
    return Figure(
        "search",
        f"{q}: {found} found{', and more' if page.truncated else ''}",
        1000 * sorted(times[1:])[3],
        "ms",
    )
