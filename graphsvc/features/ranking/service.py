"""Who decides and who is listened to."""

from __future__ import annotations

import asyncio

from graphsvc.features.ranking.schemas import RankingQuery, SmallestSetQuery, weights_of
from graphsvc.stores.port import GraphStore, Scope
from models.findings.influence import Ranking
from models.findings.keyplayers import SmallestSet
from models.graph import AccountGraph
from queries.influence.ranking import rank_influencers
from queries.keyplayers.smallest import smallest_set
from queries.rules import DEFAULT_RULES, Rules


async def influencers(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: RankingQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    most: int | None = None,
) -> Ranking:
    """The key influencers of an account, best first. Raises NotFound, InvalidInput, StoreUnavailable.

    `lang` is the language of the sentences that say why somebody moved. With `most` the first so many.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(influencers_of, graph, query, rules, lang, most))


def influencers_of(
    graph: AccountGraph,
    query: RankingQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    most: int | None = None,
) -> Ranking:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return rank_influencers(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        step=query.step,
        measure=query.measure,
        prior=query.prior,
        direction=query.direction,
        weights=None if query.weights is None else weights_of(query.weights),
        informal=query.informal,
        category=query.category,
        contact_id=query.contact_id,
        compare_step=query.compare_step,
        limit=query.limit,
        most=most,
        lang=lang,
    )


async def smallest(
    store: GraphStore, scope: Scope, account_id: str, query: SmallestSetQuery, rules: Rules = DEFAULT_RULES
) -> SmallestSet:
    """The fewest people near most of an account. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(smallest_of, graph, query, rules))


def smallest_of(graph: AccountGraph, query: SmallestSetQuery, rules: Rules = DEFAULT_RULES) -> SmallestSet:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return smallest_set(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        size=query.size,
        goal=query.goal,
    )
