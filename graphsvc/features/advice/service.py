"""What to look at in an account."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.dossiers import dossiers_about
from graphsvc.stores.port import GraphStore, Scope
from models.findings.warnings import Advice
from models.graph import AccountGraph
from models.records import Body
from queries.advice.answer import advice
from queries.rules import DEFAULT_RULES, Rules


async def advice_about(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: AdviceQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Advice:
    """Advice about an account, the most urgent first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    dossiers = await dossiers_about(store, scope, graph, query.as_of)
    return query.stamped(await asyncio.to_thread(advice_of, graph, query, dossiers, rules, lang))


def advice_of(
    graph: AccountGraph,
    query: AdviceQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Advice:
    """The same of a graph and dossiers in hand, as file mode has them. Raises InvalidInput."""
    return advice(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        dossiers=dossiers,
        lang=lang,
    )
