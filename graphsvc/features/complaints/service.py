"""What a customer complains of, and how satisfied it is."""

from __future__ import annotations

import asyncio

from graphsvc.features.questions import Question
from graphsvc.stores.port import GraphStore, Scope
from models.findings.complaints import Complaints
from models.graph import AccountGraph
from queries.complaints.finding import complaints
from queries.rules import DEFAULT_RULES, Rules


async def complaints_in(
    store: GraphStore, scope: Scope, account_id: str, query: Question, rules: Rules = DEFAULT_RULES
) -> Complaints:
    """Open complaints, the costliest first, and satisfaction. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(complaints_of, graph, query, rules))


def complaints_of(graph: AccountGraph, query: Question, rules: Rules = DEFAULT_RULES) -> Complaints:
    """The same of a graph in hand, as file mode has it."""
    return complaints(graph, on=query.day(), rules=rules)
