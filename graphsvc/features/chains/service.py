"""How a decision can be reached, and through whom."""

from __future__ import annotations

import asyncio
from typing import Any

from graphsvc.features.chains.schemas import ChainsQuery
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.workers import Workers
from models.findings.chains import Chains
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.rules import DEFAULT_RULES, Rules

LARGE = 1_000
"""Of an account of so many people, or for so many chains, a question goes to a worker."""


async def chains(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: ChainsQuery,
    rules: Rules = DEFAULT_RULES,
    workers: Workers | None = None,
) -> Chains:
    """The best chains to each target, at least the first `query.limit`; large questions by `workers`.

    Raises NotFound, InvalidInput, StoreUnavailable, QuestionTooLarge.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    asked = _asked(query, rules)
    if workers is not None and max(len(graph.contacts), query.limit or 0) >= LARGE:
        found = await workers.ask(decision_chains, graph, **asked)
    else:
        found = await asyncio.to_thread(decision_chains, graph, **asked)
    return query.stamped(found)


def chains_of(graph: AccountGraph, query: ChainsQuery, rules: Rules = DEFAULT_RULES) -> Chains:
    """The first `query.limit` of them of a graph in hand, as file mode has it. Raises InvalidInput."""
    found = decision_chains(graph, **_asked(query, rules))
    if query.limit is None:
        return found
    return found.model_copy(update={"items": found.items[: query.limit]})


def _asked(query: ChainsQuery, rules: Rules) -> dict[str, Any]:
    return {
        "on": query.day(),
        "rules": rules,
        "target_ids": tuple(query.target_id) or None,
        "source": query.source_id or query.source,
        "opportunity_id": query.opportunity_id,
        "step": query.step,
        "k": query.k,
        "most": query.limit,
    }
