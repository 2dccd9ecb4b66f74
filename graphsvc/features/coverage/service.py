"""How broadly an account is held."""

from __future__ import annotations

import asyncio

from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.coverage import Coverage
from models.graph import AccountGraph
from queries.coverage.coverage import coverage as coverage_in
from queries.rules import DEFAULT_RULES, Rules


async def coverage(
    store: GraphStore, scope: Scope, account_id: str, query: CoverageQuery, rules: Rules = DEFAULT_RULES
) -> Coverage:
    """The contact matrix and what it says. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(coverage_of, graph, query, rules))


def coverage_of(graph: AccountGraph, query: CoverageQuery, rules: Rules = DEFAULT_RULES) -> Coverage:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return coverage_in(
        graph, on=query.day(), rules=rules, opportunity_id=query.opportunity_id, limit=query.limit
    )
