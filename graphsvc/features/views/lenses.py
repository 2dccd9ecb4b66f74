"""The lens over a map that a question asks for: what is compared or thought of, asked and told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from queries.influence.ranking import Standings, influence_standings
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
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Looking:
    """What a lens looks at: the account, what was asked of it, and the view of that, with how it is drawn."""

    graph: AccountGraph
    query: ViewQuery
    lang: str
    rules: Rules
    seen: View
    draw: Draw

    def thought(self) -> Lens:
        """What moves if what is assumed comes true. Raises InvalidInput."""
        query, question = self.query, _question(self.graph, self.query)
        try:
            found = what_if_of(self.graph, question, self.rules, self.lang)
        except InvalidInput as wrong:
            raise InvalidInput(*(replace(fault, pointer="/if") for fault in wrong.faults)) from wrong
        names = Names(self.graph, question.day(), self.lang, self.rules, query.opportunity_id)
        return self._with_folded(assumed(found, question.changes, names))

    def compared(self, then: AccountGraph | None, day: date) -> Lens:
        """What differs between now and a day, when the account was as it was `then` (None: not there)."""
        said = texts(self.lang).day(day)
        if max(len(self.graph.contacts), len(then.contacts) if then else 0) > MOST_WHOLE:
            before = None if then is None else self._moment(then, day)
            now = self._moment(self.graph, self.query.day())
            people = people_between(before, now, self.lang, self.query.opportunity_id)
            return self._with_folded(differences(people, ([], []), said, self.lang))
        old = {"people": [], "ties": []} if then is None else self._tables(then, day)
        now_told = self._tables(self.graph, self.query.on)
        ties = tuple([row for row in side["ties"] if row["kind"] != "messages"] for side in (old, now_told))
        found = differences((old["people"], now_told["people"]), (ties[0], ties[1]), said, self.lang)
        return self._with_folded(found, {row["id"]: row for row in old["people"]})

    def stepped(self, other: Step) -> Lens:
        """Who moves in the ranking from another step."""
        before, now = (
            self._standings(self.graph, self.query.day(), step) for step in (other, self.query.step)
        )
        own = next((step for step in Step if str(step) == now.provenance.parameters["step"]), None)
        return self._with_folded(steps(before, now, self.graph.contacts.ids, (other, own), self.lang))

    def _tables(self, graph: AccountGraph, on: date | None) -> dict[str, list[Row]]:
        """The tables of the whole view on a day, nobody folded away."""
        whole = {"unfold": UNFOLD_ALL, "contact_id": None, "on": on}
        return self.draw(graph, self.query.plain.model_copy(update=whole)).tables

    def _moment(self, graph: AccountGraph, on: date) -> Moment:
        standings = self._standings(graph, on, self.query.step)
        return Moment(graph, on, standings, strength_table(graph, on=on, rules=self.rules))

    def _standings(self, graph: AccountGraph, on: date, step: Step | None) -> Standings:
        deal = self.query.opportunity_id
        return influence_standings(graph, on=on, rules=self.rules, opportunity_id=deal, step=step)

    def _with_folded(self, lens: Lens, before: Mapping[str, Row] | None = None) -> Lens:
        """The lens with how many signs stand behind each mark of the view that folds people away."""
        if "groups" in self.seen.tables:
            everybody = grouping(self.graph, self.query.day())
            holder = groups(self.seen, everybody, self.graph.contacts.position)
        else:
            holder = chips(self.seen, before or {})
        return lens.model_copy(update={"folded": folded(lens.people, holder)})


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
    looking = _Looking(graph, query, lang, rules, seen, draw)
    if query.assumed is not None:
        return await asyncio.to_thread(looking.thought)
    if query.compared_on is not None:
        return await asyncio.to_thread(looking.compared, graph, query.compared_on)
    if query.compared_known is not None:
        day = query.compared_known
        known = await _known(store, scope, graph.account_id, day)
        return await asyncio.to_thread(looking.compared, known, day)
    if query.compare_step is not None:
        return await asyncio.to_thread(looking.stepped, query.compare_step)
    return None


async def _known(store: GraphStore, scope: Scope, account_id: str, day: date) -> AccountGraph | None:
    """The account as it was known at the end of a day; None if it was not there."""
    end = min(datetime.combine(day, time.max, UTC), datetime.now(UTC))
    try:
        return await store.account_graph(scope, account_id, end)
    except NotFound:
        return None


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
