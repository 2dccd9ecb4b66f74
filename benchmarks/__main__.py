"""`python -m benchmarks`: the way of the data at 50, 1,000 and 10,000 people, in this process."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.invent import account
from benchmarks.timing import median_of, report
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import Kind
from models.graph import AccountGraph
from models.records import Body, graph_of, read_record
from queries.chains.best import decision_chains
from queries.influence.ranking import rank_influencers
from queries.strength.table import tie_strengths
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

ON = date(2026, 11, 21)
SIZES = (50, 1_000, 10_000)


def main() -> None:
    """Measure each part at each size and report seconds."""
    rows = []
    for people in SIZES:
        records = account(people)
        with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
            stored = asyncio.run(_store_times(Path(folder) / "bench.db", records))
        graph = graph_of("bench", records)
        rows.append({"people": people, "records": len(records), **stored, **_answer_times(graph, records)})
    report("parts", rows)


async def _store_times(path: Path, records: list[tuple[Kind, Body]]) -> dict[str, float]:
    settings = Settings(store_url=f"sqlite:///{path}", cache_bytes=0, _env_file=None)
    store = await open_store(settings.store_url, settings)
    scope = Scope("bench")
    change_set = ChangeSet("bench", tuple(Put(kind, read_record(kind, body)) for kind, body in records))
    try:
        start = asyncio.get_running_loop().time()
        await store.apply(scope, change_set)
        written = asyncio.get_running_loop().time() - start
        snapshot, past = [await _snapshot_time(store, scope, as_of) for as_of in (None, datetime.now(UTC))]
        return {"import rows/s": len(records) / written, "snapshot s": snapshot, "as_of s": past}
    finally:
        await store.close()


async def _snapshot_time(store: GraphStore, scope: Scope, as_of: datetime | None) -> float:
    loop, times = asyncio.get_running_loop(), []
    for _ in range(5):
        start = loop.time()
        await store.account_graph(scope, "bench", as_of)
        times.append(loop.time() - start)
    return sorted(times)[2]


def _answer_times(graph: AccountGraph, records: list[tuple[Kind, Body]]) -> dict[str, Any]:
    ranking = rank_influencers(graph, on=ON)
    strengths = tie_strengths(graph, on=ON)
    chains = decision_chains(graph, on=ON, k=1)

    def fresh() -> AccountGraph:
        return AccountGraph(graph.account_id, 0, 0, graph.nodes, graph.edges)

    return {
        "ranking s": median_of(lambda: rank_influencers(fresh(), on=ON, limit=50)),
        "strength s": median_of(lambda: tie_strengths(fresh(), on=ON)),
        "chains s": median_of(lambda: decision_chains(fresh(), on=ON, k=1), runs=3),
        "org chart s": median_of(lambda: org_chart(fresh(), on=ON, ranking=ranking, strengths=strengths)),
        "influence map s": median_of(
            lambda: influence_map(fresh(), on=ON, ranking=ranking, strengths=strengths, chains=chains)
        ),
    }


if __name__ == "__main__":
    main()
