"""What to look at in an account."""

from __future__ import annotations

import asyncio

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.warnings import Advice
from models.graph import AccountGraph
from queries.deals.advice import advice
from queries.rules import DEFAULT_RULES, Rules


async def advice_about(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: AdviceQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Advice:
    """Warnings about an account, the most urgent first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(advice_of, graph, query, rules, lang))


def advice_of(
    graph: AccountGraph, query: AdviceQuery, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> Advice:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return advice(graph, on=query.day(), rules=rules, opportunity_id=query.opportunity_id, lang=lang)
