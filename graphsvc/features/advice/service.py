"""What to look at in an account."""

from __future__ import annotations

import asyncio

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings import Advice
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
    found = await asyncio.to_thread(
        advice, graph, on=query.day(), rules=rules, opportunity_id=query.opportunity_id, lang=lang
    )
    return query.stamped(found)
