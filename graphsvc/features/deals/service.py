"""A purchase in one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from graphsvc.errors import NotFound
from graphsvc.features.deals.schemas import DealQuery
from graphsvc.features.dossiers import dossiers_about
from graphsvc.stores.port import GraphStore, Scope
from models.enums import NodeKind
from models.findings.deals import Deal
from models.graph import AccountGraph
from models.records import Body
from queries.deals.deal import deal as deal_in
from queries.rules import DEFAULT_RULES, Rules


async def deal(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    opportunity_id: str,
    query: DealQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Deal:
    """All that is known of a purchase. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    if opportunity_id not in graph.nodes[NodeKind.OPPORTUNITY].position:
        raise NotFound(NodeKind.OPPORTUNITY, opportunity_id)
    dossiers = await dossiers_about(store, scope, graph, query.as_of)
    found = await asyncio.to_thread(deal_of, graph, opportunity_id, query, dossiers, rules, lang)
    return query.stamped(found)


def deal_of(
    graph: AccountGraph,
    opportunity_id: str,
    query: DealQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Deal:
    """The same of a graph and dossiers in hand, as file mode has them. Raises InvalidInput."""
    return deal_in(
        graph, opportunity_id=opportunity_id, on=query.day(), rules=rules, dossiers=dossiers, lang=lang
    )
