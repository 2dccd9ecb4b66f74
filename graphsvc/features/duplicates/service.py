"""Which contacts of an account are probably one person."""

from __future__ import annotations

import asyncio

from graphsvc.features.duplicates.schemas import DuplicatesQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.duplicates import Duplicates
from queries.duplicates.finding import find_duplicates
from queries.rules import DEFAULT_RULES, Rules


async def duplicates(
    store: GraphStore, scope: Scope, account_id: str, query: DuplicatesQuery, rules: Rules = DEFAULT_RULES
) -> Duplicates:
    """Probable duplicates, best first; with `across` every account of the scope is read.

    Raises NotFound, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    others = None
    if query.across:
        ids = sorted(row.id for row in await store.accounts(scope) if row.id != account_id)
        others = [await store.account_graph(scope, id_, query.as_of) for id_ in ids]
    found = await asyncio.to_thread(
        find_duplicates, graph, on=query.day(), rules=rules, min_score=query.min_score, others=others
    )
    return query.stamped(found.model_copy(update={"items": found.items[: query.limit]}))
