"""How a decision can be reached, and through whom."""

from __future__ import annotations

import asyncio

from graphsvc.features.chains.schemas import ChainsQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.chains import Chains
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.rules import DEFAULT_RULES, Rules


async def chains(
    store: GraphStore, scope: Scope, account_id: str, query: ChainsQuery, rules: Rules = DEFAULT_RULES
) -> Chains:
    """The best chains to each target. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(chains_of, graph, query, rules))


def chains_of(graph: AccountGraph, query: ChainsQuery, rules: Rules = DEFAULT_RULES) -> Chains:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    found = decision_chains(
        graph,
        on=query.day(),
        rules=rules,
        target_ids=tuple(query.target_id) or None,
        source=query.source_id or query.source,
        opportunity_id=query.opportunity_id,
        step=query.step,
        k=query.k,
    )
    if query.limit is None:
        return found
    return found.model_copy(update={"items": found.items[: query.limit]})
