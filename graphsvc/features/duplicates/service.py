"""Which contacts of an account are probably one person."""

from __future__ import annotations

import asyncio

from graphsvc.errors import NotFound
from graphsvc.features.duplicates.schemas import DuplicatesQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.duplicates import Duplicates
from queries.duplicates.finding import find_duplicates
from queries.duplicates.persons import Person, persons
from queries.rules import DEFAULT_RULES, Rules


async def duplicates(
    store: GraphStore, scope: Scope, account_id: str, query: DuplicatesQuery, rules: Rules = DEFAULT_RULES
) -> Duplicates:
    """Probable duplicates, best first; with `across` every account of the scope is read.

    Raises NotFound, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    others = await _people_of_others(store, scope, account_id, query, rules) if query.across else None
    found = await asyncio.to_thread(
        find_duplicates, graph, on=query.day(), rules=rules, min_score=query.min_score, others=others
    )
    return query.stamped(found.model_copy(update={"items": found.items[: query.limit]}))


async def _people_of_others(
    store: GraphStore, scope: Scope, account_id: str, query: DuplicatesQuery, rules: Rules
) -> dict[str, list[Person]]:
    """The people of every other account of the scope, by account.

    One account after the other: as many graphs as there are accounts would fill the memory.
    """
    found = {}
    for account in await store.accounts(scope):
        if account.id == account_id:
            continue
        try:
            graph = await store.account_graph(scope, account.id, query.as_of)
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
        found[account.id] = await asyncio.to_thread(persons, graph.on(query.day()), rules.duplicates)
    return found
