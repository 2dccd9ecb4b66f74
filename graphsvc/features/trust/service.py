"""How far an account trusts us."""

from __future__ import annotations

import asyncio

from graphsvc.features.trust.schemas import TrustQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.trust import Trust
from models.graph import AccountGraph
from queries.coverage.trust import trust as trust_in
from queries.rules import DEFAULT_RULES, Rules


async def trust(
    store: GraphStore, scope: Scope, account_id: str, query: TrustQuery, rules: Rules = DEFAULT_RULES
) -> Trust:
    """The trust of an account, term by term. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(trust_of, graph, query, rules))


def trust_of(graph: AccountGraph, query: TrustQuery, rules: Rules = DEFAULT_RULES) -> Trust:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return trust_in(graph, on=query.day(), rules=rules, opportunity_id=query.opportunity_id, step=query.step)
