"""One view of one account: the answers it shows, gathered and drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from graphsvc.features.views.answers import DRAW, changes, channel_map
from graphsvc.features.views.lenses import LENSED, through
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ChainSource, NodeKind, ViewName
from models.findings.chains import Chains
from models.findings.views import View
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.influence.ranking import influence_standings, rank_influencers
from queries.naming import known_contact
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.table import strength_table, tie_strengths
from viz.views.big.chart import grouped_chart
from viz.views.big.grouping import MOST_WHOLE
from viz.views.big.map import grouped_map
from viz.views.influence_map import influence_map
from viz.views.leaving_out import without_personal
from viz.views.org_chart import org_chart

_PEOPLE = (NodeKind.CONTACT, NodeKind.MEMBER, NodeKind.RIVAL)


async def view(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    name: ViewName,
    query: ViewQuery,
    lang: str,
    rules: Rules,
) -> View:
    """The view called `name`, drawn for a day, an opportunity and a step, in a language, with what is seen
    through the lens that is asked for.

    Without the fields that the scope may not see. Raises NotFound, InvalidInput.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    if name in OF_STORES:
        return query.stamped(await OF_STORES[name](store, scope, graph, query, lang, rules))

    def draw(graph: AccountGraph, query: ViewQuery) -> View:
        day = query.day()
        key = ("view", name, query.model_copy(update={"on": day}), lang, rules.version)
        return graph.memo(key, lambda: _DRAW[name](graph, day, query, lang, rules))

    seen = await asyncio.to_thread(draw, graph, query.plain)
    if name in LENSED:
        lens = await through(store, scope, graph, query, lang, rules, seen, draw)
        seen = seen.model_copy(update={"lens": lens})
    return query.stamped(seen if scope.personal else await asyncio.to_thread(without_personal, seen))


async def people_in(
    store: GraphStore, scope: Scope, account_id: str, query: ViewQuery, body: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The nodes and rows of a view, as JSON, that are people of the account. Raises NotFound."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    known = [graph.nodes[kind].position for kind in _PEOPLE]
    rows = [*body["nodes"], *body["tables"]["people"]]
    return [row for row in rows if any(row.get("id") in ids for ids in known)]


def view_of_graph(
    graph: AccountGraph, name: ViewName, query: ViewQuery, lang: str, rules: Rules = DEFAULT_RULES
) -> View:
    """The same of a graph in hand, as file mode has it; not one of `OF_STORES`."""
    return _DRAW[name](graph, query.day(), query, lang, rules)


def _org_chart(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal = query.opportunity_id
    _check_contact(graph, query)
    if len(graph.contacts) > MOST_WHOLE:
        return grouped_chart(
            graph,
            on=day,
            standings=influence_standings(graph, on=day, rules=rules, opportunity_id=deal, step=query.step),
            strengths=strength_table(graph, on=day, rules=rules),
            lang=lang,
            opportunity_id=deal,
            unfold=query.unfold,
            contact_id=query.contact_id,
        )
    ranking = rank_influencers(graph, on=day, rules=rules, opportunity_id=deal, step=query.step)
    strengths = tie_strengths(graph, on=day, rules=rules)
    return org_chart(
        graph,
        on=day,
        ranking=ranking,
        strengths=strengths,
        lang=lang,
        opportunity_id=deal,
        unfold=query.unfold,
        contact_id=query.contact_id,
    )


def _influence_map(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal, step = query.opportunity_id, query.step
    _check_contact(graph, query)
    if len(graph.contacts) > MOST_WHOLE:
        return grouped_map(
            graph,
            on=day,
            standings=influence_standings(graph, on=day, rules=rules, opportunity_id=deal, step=step),
            strengths=strength_table(graph, on=day, rules=rules),
            chains=_chains(graph, day, query, rules) if query.target_id else None,
            lang=lang,
            opportunity_id=deal,
            step=step,
            unfold=query.unfold,
            contact_id=query.contact_id,
        )
    return influence_map(
        graph,
        on=day,
        ranking=rank_influencers(graph, on=day, rules=rules, opportunity_id=deal, step=step),
        strengths=tie_strengths(graph, on=day, rules=rules),
        chains=_chains(graph, day, query, rules),
        lang=lang,
        opportunity_id=deal,
        step=step,
        contact_id=query.contact_id,
    )


def _check_contact(graph: AccountGraph, query: ViewQuery) -> None:
    """Raises InvalidInput for somebody to be shown who is not there, or may not be named."""
    if query.contact_id is not None:
        known_contact(graph, query.contact_id)


def _chains(graph: AccountGraph, day: date, query: ViewQuery, rules: Rules) -> Chains:
    """The chains of which the map lights the best: the one that the query names, or all to who decides."""
    target = query.target_id
    found = decision_chains(
        graph,
        on=day,
        rules=rules,
        target_ids=None if target is None else (target,),
        source=query.source_id or ChainSource.OURS,
        opportunity_id=query.opportunity_id,
        step=query.step,
        k=min(query.chain, rules.chains.most_alternatives),
    )
    if target is None:
        return found
    named = [chain.model_copy(update={"rank": 1}) for chain in found.items if chain.rank == query.chain]
    return found.model_copy(update={"items": named})


_DRAW: dict[ViewName, Callable[[AccountGraph, date, ViewQuery, str, Rules], View]] = {
    ViewName.ORG_CHART: _org_chart,
    ViewName.INFLUENCE: _influence_map,
    **DRAW,
}
OF_STORES = {ViewName.CHANNEL_MAP: channel_map, ViewName.DIFF: changes}
"""Pictures that need more than the account's graph."""
