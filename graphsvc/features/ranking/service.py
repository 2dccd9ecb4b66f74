"""Who decides and who is listened to."""

from __future__ import annotations

import asyncio

from graphsvc.features.questions import not_yet
from graphsvc.features.ranking.schemas import RankingQuery, weights_of
from graphsvc.stores.port import GraphStore, Scope
from models.findings.influence import Ranking
from models.graph import AccountGraph
from queries.influence.ranking import rank_influencers
from queries.rules import DEFAULT_RULES, Rules


async def influencers(
    store: GraphStore, scope: Scope, account_id: str, query: RankingQuery, rules: Rules = DEFAULT_RULES
) -> Ranking:
    """The key influencers of an account, best first. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(influencers_of, graph, query, rules))


def influencers_of(graph: AccountGraph, query: RankingQuery, rules: Rules = DEFAULT_RULES) -> Ranking:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    if query.compare_step is not None:
        raise not_yet("compare_step")
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
        limit=query.limit,
    )
