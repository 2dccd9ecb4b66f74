"""The lens over a map that a question asks for: what is compared or thought of, asked and told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from graphsvc.errors import NotFound
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.features.whatif.schemas import WhatIfQuestion, question_of
from graphsvc.features.whatif.service import what_if_of
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind, Step, ViewName
from models.faults import InvalidInput
from models.findings.views import Lens, View
from models.graph import AccountGraph
from models.whatif import Answered
from queries.influence.ranking import influence_standings
from queries.rules import Rules
from queries.strength.table import strength_table
from viz.lenses.crowds import Moment, people_between
from viz.lenses.differences import differences
from viz.lenses.moves import assumed, steps
from viz.lenses.signs import chips, folded, groups
from viz.naming import Names
from viz.texts import texts
from viz.views.big.grouping import MOST_WHOLE, grouping
from viz.views.org_chart import UNFOLD_ALL

LENSED = (ViewName.ORG_CHART, ViewName.INFLUENCE)
"""The views that have lenses."""
_ANSWERS = (Answered.INFLUENCERS, Answered.CHAINS, Answered.FORECAST)
Draw = Callable[[AccountGraph, ViewQuery], View]


async def through(
    store: GraphStore,
    scope: Scope,
    graph: AccountGraph,
    query: ViewQuery,
    lang: str,
    rules: Rules,
    seen: View,
    draw: Draw,
) -> Lens | None:
    """What `seen`, the view of the question, shows through the lens that is asked for; None without one.

    Raises InvalidInput for what is not there, NotFound, StoreUnavailable.
    """
    if query.assumed is not None:
        return await asyncio.to_thread(_thought, graph, query, lang, rules, seen)
    if query.compared_on is not None:
        then = graph, query.compared_on
        return await asyncio.to_thread(_compared, then, graph, query, lang, rules, seen, draw)
    if query.compared_known is not None:
        day = query.compared_known
        known = await _known(store, scope, graph.account_id, day)
        then_known = None if known is None else (known, day)
        return await asyncio.to_thread(_compared, then_known, graph, query, lang, rules, seen, draw)
    if query.compare_step is not None:
        return await asyncio.to_thread(_stepped, graph, query, lang, rules, seen)
    return None


async def _known(store: GraphStore, scope: Scope, account_id: str, day: date) -> AccountGraph | None:
    """The account as it was known at the end of a day; None if it was not there."""
    end = min(datetime.combine(day, time.max, UTC), datetime.now(UTC))
    try:
        return await store.account_graph(scope, account_id, end)
    except NotFound:
        return None


def _thought(graph: AccountGraph, query: ViewQuery, lang: str, rules: Rules, seen: View) -> Lens:
    question = _question(graph, query)
    try:
        found = what_if_of(graph, question, rules, lang)
    except InvalidInput as wrong:
        raise InvalidInput(*(replace(fault, pointer="/if") for fault in wrong.faults)) from wrong
    names = Names(graph, question.day(), lang, rules, query.opportunity_id)
    return _with_folded(assumed(found, question.changes, names), graph, query, seen, {})


def _question(graph: AccountGraph, query: ViewQuery) -> WhatIfQuestion:
    """The what-if that the address says in short. Raises InvalidInput."""
    members = graph.nodes[NodeKind.MEMBER].position
    body: dict[str, Any] = {"answers": [str(one) for one in _ANSWERS]}
    body["changes"] = [_change(text.split("~"), members) for text in (query.assumed or "").split(",")]
    if query.step is not None:
        body["step"] = str(query.step)
    if query.opportunity_id is not None:
        body["opportunity_id"] = query.opportunity_id
    return question_of({**body, "on": query.day().isoformat()})


def _change(parts: list[str], members: Any) -> dict[str, Any]:
    kind, who, *rest = parts
    if kind == "leave":
        return {"kind": kind, "member_id" if who in members else "contact_id": who}
    if kind == "tie":
        return {"kind": kind, "member_id": who, "contact_id": rest[0], "grade": rest[1]}
    if kind == "attitude":
        return {"kind": kind, "contact_id": who, "attitude": int(rest[0]), "opportunity_id": rest[1]}
    tie = {"source_id": who, "target_id": rest[0], "fields": {"weight": float(rest[1])}}
    return {"kind": "edge", "edge": str(EdgeKind.INFLUENCES), **tie}


def _compared(
    then: tuple[AccountGraph, date] | None,
    graph: AccountGraph,
    query: ViewQuery,
    lang: str,
    rules: Rules,
    seen: View,
    draw: Draw,
) -> Lens:
    """What differs between now and another time."""
    large = max(len(graph.contacts), len(then[0].contacts) if then else 0) > MOST_WHOLE
    day = query.compared_on or query.compared_known
    assert day is not None  # one of the two is asked for
    said = texts(lang).day(day)
    if large:
        deal = query.opportunity_id
        before = None if then is None else _moment(*then, query, rules)
        people = people_between(before, _moment(graph, query.day(), query, rules), lang, deal)
        return _with_folded(differences(people, ([], []), said, lang), graph, query, seen, {})
    whole = query.plain.model_copy(update={"unfold": UNFOLD_ALL, "contact_id": None})
    now = draw(graph, whole).tables
    old = (
        draw(then[0], whole.model_copy(update={"on": then[1]})).tables if then else {"people": [], "ties": []}
    )
    ties = tuple([row for row in side["ties"] if row["kind"] != "messages"] for side in (old, now))
    found = differences((old["people"], now["people"]), (ties[0], ties[1]), said, lang)
    return _with_folded(found, graph, query, seen, {row["id"]: row for row in old["people"]})


def _on(query: ViewQuery, day: date) -> ViewQuery:
    return query.model_copy(update={"on": day})


def _moment(graph: AccountGraph, on: date, query: ViewQuery, rules: Rules) -> Moment:
    deal = query.opportunity_id
    standings = influence_standings(graph, on=on, rules=rules, opportunity_id=deal, step=query.step)
    return Moment(graph, on, standings, strength_table(graph, on=on, rules=rules))


def _stepped(graph: AccountGraph, query: ViewQuery, lang: str, rules: Rules, seen: View) -> Lens:
    day, deal, other = query.day(), query.opportunity_id, query.compare_step
    assert other is not None
    before, now = (
        influence_standings(graph, on=day, rules=rules, opportunity_id=deal, step=step)
        for step in (other, query.step)
    )
    own = next((step for step in Step if str(step) == now.provenance.parameters["step"]), None)
    found = steps(before, now, graph.contacts.ids, (other, own), lang)
    return _with_folded(found, graph, query, seen, {})


def _with_folded(
    lens: Lens, graph: AccountGraph, query: ViewQuery, seen: View, before: dict[str, dict[str, Any]]
) -> Lens:
    """The lens with how many signs stand behind each mark of the view that folds people away."""
    if "groups" in seen.tables:
        holder = groups(seen, grouping(graph, query.day()), graph.contacts.position)
    else:
        holder = chips(seen, before)
    return lens.model_copy(update={"folded": folded(lens.people, holder)})
