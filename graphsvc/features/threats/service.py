"""Where competitors are closer to a customer than we are."""

from __future__ import annotations

import asyncio

from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.threats import Threats
from models.graph import AccountGraph
from queries.rules import DEFAULT_RULES, Rules
from queries.threats.finding import threats


async def threats_to(
    store: GraphStore, scope: Scope, account_id: str, query: ThreatsQuery, rules: Rules = DEFAULT_RULES
) -> Threats:
    """Competitors' ties against ours, the worst first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(threats_of, graph, query, rules))


def threats_of(graph: AccountGraph, query: ThreatsQuery, rules: Rules = DEFAULT_RULES) -> Threats:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return threats(graph, on=query.day(), rules=rules, opportunity_id=query.opportunity_id)
