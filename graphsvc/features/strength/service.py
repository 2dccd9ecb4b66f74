"""How strong the ties of our people to an account are."""

from __future__ import annotations

import asyncio

from graphsvc.features.strength.schemas import StrengthQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings import Strengths, TieStrength
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
    found = tie_strengths(graph, on=query.day(), rules=rules)
    items = [
        tie
        for tie in found.items
        if query.member_id in (None, tie.member_id) and query.contact_id in (None, tie.contact_id)
    ]
    if query.best_per == "contact":
        best: dict[str, TieStrength] = {}
        for tie in items:
            best.setdefault(tie.contact_id, tie)
        items = list(best.values())
    return found.model_copy(update={"items": items[: query.limit]})
