"""What is looked up when somebody asks for metrics: logs, webhooks, and what this process has at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graphsvc.errors import GraphsvcError
from graphsvc.features.imports.jobs import Jobs
from graphsvc.features.webhooks.backlog import Backlog
from graphsvc.features.webhooks.kept import hooks, state_of
from graphsvc.metrics import Logs, Look
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.workers import Workers
from models.changes import LogHead
from models.kinds import FIRM

_ALL = Scope("metrics", personal=False)


async def look(store: GraphStore, workers: Workers, jobs: Jobs) -> Look:
    """How the service fares now; without the logs if the store does not answer. O(logs x webhooks)."""
    try:
        logs = await _logs(store)
    except GraphsvcError:
        logs = None
    return Look(logs, store.graphs_kept, workers.alive, jobs.under_way)


async def _logs(store: GraphStore) -> Logs:
    heads = await store.heads(_ALL)
    entries = {head.account: head.sequence for head in heads}
    firm = entries.pop(FIRM, 0)
    states, behind = await _webhooks(store, heads)
    return Logs(firm, sum(entries.values()), len(entries), states, behind)


async def _webhooks(store: GraphStore, heads: Sequence[LogHead]) -> tuple[dict[str, int], int]:
    """How many webhooks work, fail and are stopped, and how many entries those not stopped wait for."""
    states = Counter(dict.fromkeys(("active", "failing", "stopped"), 0))
    behind = 0
    for hook in await hooks(store):
        if hook.stopped is not None:
            states["stopped"] += 1
            continue
        failing = (await state_of(store, hook.id)).failing_since is not None
        states["failing" if failing else "active"] += 1
        behind += (await Backlog.of(store, hook, heads)).behind(heads)
    return dict(states), behind
