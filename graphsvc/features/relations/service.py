"""The relation matrix of an account."""

from __future__ import annotations

import asyncio

from graphsvc.features.relations.schemas import RelationsQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.relations import Relations
from models.graph import AccountGraph
from queries.relations.relations import relations as relations_in
from queries.rules import DEFAULT_RULES, Rules


async def relations(
    store: GraphStore, scope: Scope, account_id: str, query: RelationsQuery, rules: Rules = DEFAULT_RULES
) -> Relations:
    """Who is tied to whom, and what stands where. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(relations_of, graph, query, rules))


def relations_of(graph: AccountGraph, query: RelationsQuery, rules: Rules = DEFAULT_RULES) -> Relations:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return relations_in(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        contact_id=query.contact_id,
        limit=query.limit,
    )
