"""Where we stand with each contact."""

from __future__ import annotations

import asyncio

from graphsvc.features.questions import Question
from graphsvc.stores.port import GraphStore, Scope
from models.findings.positions import Positions, PositionTrail
from models.graph import AccountGraph
from queries.positions.finding import position_trail, positions
from queries.rules import DEFAULT_RULES, Rules


async def positions_in(
    store: GraphStore, scope: Scope, account_id: str, query: Question, rules: Rules = DEFAULT_RULES
) -> Positions:
    """Everybody's position, the best first. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(positions_of, graph, query, rules))


def positions_of(graph: AccountGraph, query: Question, rules: Rules = DEFAULT_RULES) -> Positions:
    """The same of a graph in hand, as file mode has it."""
    return positions(graph, on=query.day(), rules=rules)


async def trail_in(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    contact_id: str,
    query: Question,
    rules: Rules = DEFAULT_RULES,
) -> PositionTrail:
    """The dated trail of one contact. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(trail_of, graph, contact_id, query, rules))


def trail_of(
    graph: AccountGraph, contact_id: str, query: Question, rules: Rules = DEFAULT_RULES
) -> PositionTrail:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return position_trail(graph, contact_id, on=query.day(), rules=rules)
