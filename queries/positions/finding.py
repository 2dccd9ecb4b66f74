"""Positions: how far the two interests of each contact are met, and on which road we came there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from models.columns import NO_DAY, code_of, day_number, iso_day
from models.enums import Category, EdgeKind, NodeKind
from models.findings.positions import (
    CategoryPosition,
    Passed,
    PositionPoint,
    Positions,
    PositionTrail,
    Standing,
)
from models.graph import AccountGraph
from models.positions import Position, Road
from queries.naming import known_contact
from queries.numbers import significant
from queries.people import Bools, People, people
from queries.positions.interests import Interest, Met, institutional, met, personal
from queries.positions.lines import lines_of, reason_of
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.by_contact import assessed_days
from queries.strength.flows import Floats, Ints, runs

__all__ = ["VERSION", "position_trail", "positions"]

VERSION = "1"
_DECIMALS = 9
_POSITIONS = tuple(Position)
_ROADS = {Position.FRIEND: Road.FRIEND_FIRST, Position.SUPPLIER: Road.SUPPLIER_FIRST}


def positions(graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES) -> Positions:
    """Where we stand on a day with everybody we have to do with, the best position first.

    `graph` is the whole account graph. Personal and institutional interest, 0–100, as of the day, and the
    position they make (each is met from 50): docs/rules.md §10. Listed is who has a tie of ours that holds,
    or anything noted up to the day, and neither left nor is restricted. Order: interests met, then their sum,
    then id. `categories` are the six by their best person in that order; decision makers of open purchases
    count as such. The heaviest five lines of each interest are shown, `position_trail` shows all.
    O(points · views + moves before them), where points are the dates of the trails.
    """
    who = people(graph.on(on), None, rules.influence.finance_share_of_clerks)
    trails = _Trails.of(graph, on, rules, who.counts)
    last = trails.now[trails.best_first(trails.now)]
    return Positions(
        items=[trails.standing(who, point, rules.positions.lines) for point in last.tolist()],
        categories=[_category(graph, who, trails, last, category) for category in Category],
        provenance=provenance_of(graph, on, rules, "positions", VERSION),
    )


def position_trail(
    graph: AccountGraph, contact_id: str, *, on: date, rules: Rules = DEFAULT_RULES
) -> PositionTrail:
    """One contact's positions at the date of each questionnaire and on the last day of contact of each month
    (UTC), each as of then, and on the day asked for; all lines of where he stands now. He may have left.

    O(points · views + moves before them). Raises InvalidInput for who cannot be named.
    """
    place = known_contact(graph, contact_id)
    only = np.zeros(len(graph.contacts), dtype=bool)
    only[place] = True
    who = people(graph.on(on), None, rules.influence.finance_share_of_clerks)
    trails = _Trails.of(graph, on, rules, only, always=True)
    return PositionTrail(
        items=[trails.point(point) for point in range(len(trails.contact))],
        contact=trails.standing(who, int(trails.now[0]), None),
        provenance=provenance_of(graph, on, rules, "positions", VERSION, contact_id=contact_id),
    )


@dataclass(frozen=True, eq=False)
class _Trails:
    """Points (contact, day) sorted by both, the last one of each contact being the day asked for (`now`)."""

    graph: AccountGraph
    rules: Rules
    contact: Ints
    day: Ints
    now: Ints
    sides: tuple[tuple[Interest, Met], tuple[Interest, Met]]
    code: Ints
    assessed: Ints

    @classmethod
    def of(cls, graph: AccountGraph, on: date, rules: Rules, wanted: Bools, always: bool = False) -> _Trails:
        """The trails of those who are wanted and have one, or of all of them."""
        interests = personal(graph, rules), institutional(graph, rules)
        contact, day = _points(graph, interests, on, wanted, always)
        sides = tuple((interest, met(interest, contact, day, rules)) for interest in interests)
        mine, units = (np.round(found.value, _DECIMALS) >= rules.positions.met_points for _, found in sides)
        now = np.flatnonzero(np.diff(contact, append=-1))
        assessed = assessed_days(graph, day_number(on))
        return cls(graph, rules, contact, day, now, (sides[0], sides[1]), mine + 2 * units, assessed)

    def values(self, point: int) -> tuple[float, float]:
        """The personal and the institutional interest, rounded."""
        first, second = (significant(float(found.value[point])) for _, found in self.sides)
        return first, second

    def best_first(self, points: Ints) -> Ints:
        """Places of points: more interests met, then the larger sum of both, then by contact."""
        interests = np.array([0, 1, 1, 2])[self.code[points]]
        total: Floats = self.sides[0][1].value[points] + self.sides[1][1].value[points]
        return np.lexsort((points, -np.round(total, _DECIMALS), -interests))

    def point(self, point: int) -> PositionPoint:
        """A point of a trail."""
        mine, unit = self.values(point)
        day = date.fromisoformat(iso_day(int(self.day[point])))
        return PositionPoint(on=day, personal=mine, institutional=unit, position=_POSITIONS[self.code[point]])

    def passed(self, point: int) -> list[Passed]:
        """The positions of a trail up to its last point, each with its first day; repetitions left out."""
        first = int(np.searchsorted(self.contact, self.contact[point]))
        steps = groupby(range(first, point + 1), key=lambda each: int(self.code[each]))
        return [
            Passed(position=_POSITIONS[code], since=date.fromisoformat(iso_day(int(self.day[next(days)]))))
            for code, days in steps
        ]

    def standing(self, who: People, point: int, most: int | None) -> Standing:
        """Where we stand at a last point, with so many lines of each interest."""
        contact, passed = int(self.contact[point]), self.passed(point)
        road, position = _road(passed), _POSITIONS[self.code[point]]
        mine, unit = self.values(point)
        of_us = self.sides[0][0].member[self.sides[0][1].view[point]] if mine > 0 else -1
        today = int(self.day[point])
        lines = [lines_of(self.graph, *side, point, today, self.rules)[:most] for side in self.sides]
        reasons = [reason_of(self.graph, *side, point) for side in self.sides]
        assessed = int(self.assessed[contact])
        return Standing(
            contact_id=self.graph.contacts.ids[contact],
            name=self.graph.contacts.texts("name")[contact],
            category=who.category(contact),
            position=position,
            personal=mine,
            institutional=unit,
            road=road,
            lagging=road is Road.SUPPLIER_FIRST and position is Position.SUPPLIER,
            member_id=self.graph.nodes[NodeKind.MEMBER].ids[of_us] if of_us >= 0 else None,
            assessed_on=None if assessed == NO_DAY else date.fromisoformat(iso_day(assessed)),
            passed=passed,
            personal_evidence=lines[0],
            personal_reason=reasons[0],
            institutional_evidence=lines[1],
            institutional_reason=reasons[1],
        )


def _road(passed: list[Passed]) -> Road | None:
    """The road, once two positions have been passed: by the interest met first; none if both were at once."""
    met_first = next((step.position for step in passed if step.position is not Position.OUTSIDER), None)
    return _ROADS.get(met_first) if met_first and len(passed) > 1 else None


def _points(
    graph: AccountGraph, interests: tuple[Interest, Interest], on: date, wanted: Bools, always: bool
) -> tuple[Ints, Ints]:
    """The dates of the trails up to a day: of each questionnaire, of the last contact in each month, and the
    day itself; of who is wanted and has a tie, a move or a date, or of all who are wanted."""
    events, today, size = interests[0].events, day_number(on), len(graph.contacts)
    met_on = _within(events.contact[events.flow.pair], events.flow.day, today)
    month = met_on[1].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    last = np.flatnonzero(np.diff(runs(met_on[0], month), append=-1))
    tests = _within(events.contact[events.assessments.pair], events.assessments.day, today)
    known = np.full(size, always)
    known[met_on[0]] = known[tests[0]] = known[graph.on(on).edges[EdgeKind.KNOWS].target] = True
    moves = interests[1].moves
    known[moves.series[moves.day <= today]] = True
    now = np.flatnonzero(known & wanted)
    contact = np.concatenate((met_on[0][last], tests[0], now))
    day = np.concatenate((met_on[1][last], tests[1], np.full(len(now), today)))
    return _within(contact, day, today, wanted)


def _within(contact: Ints, day: Ints, today: int, wanted: Bools | None = None) -> tuple[Ints, Ints]:
    """Each contact and day once, sorted; days up to today, of who is wanted."""
    kept = day <= today if wanted is None else wanted[contact]
    rows = np.flatnonzero(kept)
    rows = rows[np.lexsort((day[rows], contact[rows]))]
    rows = rows[np.diff(runs(contact[rows], day[rows]), prepend=-1) > 0]
    return contact[rows], day[rows]


def _category(
    graph: AccountGraph, who: People, trails: _Trails, ranked: Ints, category: Category
) -> CategoryPosition:
    """A category by the first of the ranked points whose contact shares in it."""
    share = (who.shares[:, code_of(category)] > 0) & who.counts
    inside = ranked[share[trails.contact[ranked]]]
    point = int(inside[0]) if len(inside) else None
    mine, unit = (0.0, 0.0) if point is None else trails.values(point)
    return CategoryPosition(
        category=category,
        people=int(share.sum()),
        contact_id=None if point is None else graph.contacts.ids[trails.contact[point]],
        personal=mine,
        institutional=unit,
        position=Position.OUTSIDER if point is None else _POSITIONS[trails.code[point]],
    )
