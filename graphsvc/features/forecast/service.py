"""How the opinion of the room settles."""

from __future__ import annotations

import asyncio

from graphsvc.features.forecast.schemas import ForecastQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.forecast import Forecast
from models.graph import AccountGraph
from queries.forecast.forecast import forecast as forecast_in
from queries.rules import DEFAULT_RULES, Rules


async def forecast(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: ForecastQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Forecast:
    """How the room settles, deciders first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(forecast_of, graph, query, rules, lang))


def forecast_of(
    graph: AccountGraph, query: ForecastQuery, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> Forecast:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return forecast_in(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        step=query.step,
        lang=lang,
    )
