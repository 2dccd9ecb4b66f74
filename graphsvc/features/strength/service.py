"""How strong the ties of our people to an account are."""

from __future__ import annotations

import asyncio

from graphsvc.features.strength.schemas import StrengthQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings import Strengths
from models.graph import AccountGraph
from queries.rules import DEFAULT_RULES, Rules
from queries.strength import tie_strengths


async def strengths(
    store: GraphStore, scope: Scope, account_id: str, query: StrengthQuery, rules: Rules = DEFAULT_RULES
) -> Strengths:
    """Every tie of ours to the account, strongest first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id)
    return await asyncio.to_thread(strengths_of, graph, query, rules)


def strengths_of(graph: AccountGraph, query: StrengthQuery, rules: Rules = DEFAULT_RULES) -> Strengths:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return tie_strengths(
        graph,
        on=query.day(),
        rules=rules,
        member_id=query.member_id,
        contact_id=query.contact_id,
        best_per_contact=query.best_per == "contact",
        limit=query.limit,
    )
