"""One view of one account: the answers it shows, gathered and drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from graphsvc.features.questions import Question
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ChainSource, Step, ViewName
from models.fields import Id
from models.findings.chains import Chains
from models.findings.views import View
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.influence.ranking import rank_influencers
from queries.rules import Rules
from queries.strength.table import tie_strengths
from viz.svg import svg_of
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

_PERSONAL = frozenset({"basis", "basis_label"})
"""What ties of a picture tell of a personal field."""


class ViewQuery(Question):
    """What can be asked of a view."""

    opportunity_id: Id | None = None
    step: Step | None = None
    lang: Literal["en", "zh"] | None = None
    unfold: Annotated[str | None, Field(max_length=20_000, pattern=r"^[A-Za-z0-9._:,-]*$")] = None
    target_id: Annotated[Id | None, Field(description="Light the chain to this contact.")] = None
    source_id: Annotated[Id | None, Field(description="And from this person of ours.")] = None
    chain: Annotated[int, Field(ge=1, le=20, description="The chain of this rank between the two.")] = 1


async def view(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    name: ViewName,
    query: ViewQuery,
    lang: str,
    rules: Rules,
) -> View:
    """The view called `name`, drawn for a day, an opportunity and a step, in a language. Raises NotFound."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    day = query.day()
    key = ("view", name, query.model_copy(update={"on": day}), lang, rules.version)
    seen = await asyncio.to_thread(
        lambda: graph.memo(key, lambda: _DRAW[name](graph, day, query, lang, rules))
    )
    return query.stamped(seen if scope.personal else _impersonal(seen))


def _impersonal(seen: View) -> View:
    """The picture for who may not see what is personal: why one follows another is left out. O(ties)."""
    shown = [_without(_PERSONAL, edge) for edge in seen.edges]
    ties = [_without(_PERSONAL, row) for row in seen.tables["ties"]]
    return seen.model_copy(update={"edges": shown, "tables": {**seen.tables, "ties": ties}})


def _without(names: Collection[str], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


async def drawing(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    name: ViewName,
    query: ViewQuery,
    lang: str,
    rules: Rules,
) -> str:
    """The view called `name` as one SVG file. Raises NotFound."""
    seen = await view(store, scope, account_id, name, query, lang, rules)
    return await asyncio.to_thread(svg_of, seen, lang=lang)


def _org_chart(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal = query.opportunity_id
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
    )


def _influence_map(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal, step = query.opportunity_id, query.step
    return influence_map(
        graph,
        on=day,
        ranking=rank_influencers(graph, on=day, rules=rules, opportunity_id=deal, step=step),
        strengths=tie_strengths(graph, on=day, rules=rules),
        chains=_chains(graph, day, query, rules),
        lang=lang,
        opportunity_id=deal,
        step=step,
    )


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
}
