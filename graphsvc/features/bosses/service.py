"""Who is probably the boss of those whose boss nobody has entered."""

from __future__ import annotations

import asyncio

from graphsvc.features.bosses.schemas import BossesQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.bosses import ProbableBosses
from models.graph import AccountGraph
from queries.bosses.finding import probable_bosses
from queries.rules import DEFAULT_RULES, Rules


async def bosses_in(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: BossesQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    most: int | None = None,
) -> ProbableBosses:
    """Everybody without a solid line, or the first `most`, the surest guess first.

    Raises NotFound, InvalidInput, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(bosses_of, graph, query, rules, lang, most))


def bosses_of(
    graph: AccountGraph,
    query: BossesQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    most: int | None = None,
) -> ProbableBosses:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return probable_bosses(
        graph,
        on=query.day(),
        rules=rules,
        k=query.k,
        contact_id=query.contact_id,
        most=most,
        lang=lang,
    )
