"""How far an interest of contacts is met on days: what a questionnaire left, and what moved it since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.columns import NO_DAY
from models.enums import EdgeKind, NodeKind
from models.graph import AccountGraph
from models.nodes import QUESTIONS
from models.questionnaire import Half
from queries.people import Bools
from queries.positions.moves import Moves, institutional_moves, personal_moves
from queries.rules import Rules
from queries.strength.events import TieEvents, tie_events
from queries.strength.flows import Floats, Ints, starts_of
from queries.strength.formula import decay

__all__ = ["Interest", "Met", "institutional", "met", "personal"]

_DECIMALS = 9
_AT_ONCE = 1 << 21
"""Moves looked at together: enough to pay for numpy's calls, few enough to fit in memory."""
_SPAN = 1 << 26
"""More than any difference of two days."""


@dataclass(frozen=True, slots=True, eq=False)
class ByHand:
    """Values set by hand, sorted by pair, then as their `knows` ties (`row`) are; and the days they hold."""

    pair: Ints
    value: Floats
    since: Ints
    until: Ints
    row: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Interest:
    """What is known of one interest. Candidates (views of a contact) are sorted by contact, then member.

    `series` is the candidate's series of moves, `pair` his pair of `TieEvents` (−1: nobody of ours, who has
    a view only where nobody else has: `last_resort`). `score` is 0–100 per questionnaire of the events;
    `always`: a member without questionnaire has a view too. `hand` lists values set by hand: pair, value, the
    days from and until which they hold, the row of the `knows` tie; of one pair in the order of ids.
    """

    events: TieEvents
    moves: Moves
    contact: Ints
    member: Ints
    pair: Ints
    series: Ints
    score: Floats
    half_life: float
    always: bool
    by_hand: ByHand


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """One interest at points (contact, day), not rounded.

    `view` is the candidate whose view it is (−1: nobody's, then 0), `test` the row of the questionnaire it
    rests on (−1 none), `hand` the row among the values set by hand (−1 none), `first`, `end` the moves that
    count since, `mass` their sum on the day.
    """

    value: Floats
    view: Ints
    test: Ints
    hand: Ints
    base: Floats
    first: Ints
    end: Ints
    mass: Floats


def personal(graph: AccountGraph, rules: Rules) -> Interest:
    """The personal interest 个人利益: between two people, so every pair has moves of its own. O(rows)."""
    events = tie_events(graph, rules)
    pair = np.lexsort((events.member, events.contact))
    return Interest(
        events=events,
        moves=personal_moves(graph, rules),
        contact=events.contact[pair],
        member=events.member[pair],
        pair=pair,
        series=pair,
        score=_scores(graph, events, Half.PERSONAL),
        half_life=rules.positions.personal_half_life_days,
        always=True,
        by_hand=_by_hand(graph, events, "personal"),
    )


def institutional(graph: AccountGraph, rules: Rules) -> Interest:
    """The institutional interest 机构利益: between their unit and our firm, so moves are the contact's,
    whoever of ours made them; views are those of the members who assessed him. O(rows)."""
    events, moves = tie_events(graph, rules), institutional_moves(graph, rules)
    moved = np.unique(moves.series)
    contact = np.concatenate((events.contact, moved))
    member = np.concatenate((events.member, np.full(len(moved), -1)))
    pair = np.concatenate((np.arange(len(events.member)), np.full(len(moved), -1)))
    order = np.lexsort((member, contact))
    return Interest(
        events=events,
        moves=moves,
        contact=contact[order],
        member=member[order],
        pair=pair[order],
        series=contact[order],
        score=_scores(graph, events, Half.INSTITUTIONAL),
        half_life=rules.positions.institutional_half_life_days,
        always=False,
        by_hand=_by_hand(graph, events, "institutional"),
    )


def _scores(graph: AccountGraph, events: TieEvents, half: Half) -> Floats:
    """The points of one half of each questionnaire, an unanswered question being 0."""
    asked = [question for question in QUESTIONS if question.startswith(half)]
    answers = graph.nodes[NodeKind.ASSESSMENT].texts("answers")
    points = [
        sum(answers[item].get(question, 0) for question in asked) for item in events.assessments.item.tolist()
    ]
    return 100 * np.array(points, dtype=np.float64) / (4 * len(asked))


def _by_hand(graph: AccountGraph, events: TieEvents, name: str) -> ByHand:
    """The values of an interest that `knows` ties carry. They hold as the tie does, but not before the day
    it was last confirmed: nobody knows since when they had been true by then."""
    knows = graph.edges[EdgeKind.KNOWS]
    pair = events.pairs_of(knows.source.astype(np.int64), knows.target.astype(np.int64))
    rows = np.flatnonzero((pair >= 0) & ~np.isnan(knows.array(name)))
    rows = rows[np.argsort(pair[rows], kind="stable")]
    since = np.maximum(knows.array("since"), knows.array("confirmed_on"))[rows].astype(np.int64)
    until = knows.array("until")[rows].astype(np.int64)
    until[until == NO_DAY] = np.iinfo(np.int32).max
    return ByHand(pair[rows], knows.array(name)[rows], since, until, rows)


def met(interest: Interest, contact: Ints, day: Ints, rules: Rules) -> Met:
    """An interest at points, sorted by contact: the best view of ours. O(points · views + moves before them).

    A view is the value set by hand; else base + (100 − base)·(1 − exp(−mass/scale)), with a negative mass
    base·exp(mass/scale): base is what the half-life left of the questionnaire's points, mass the decayed sum
    of the moves after its day. Equal views: the first member by id.
    """
    point, row = _views(interest, contact)
    on = day[point]
    test = _latest(interest, interest.pair[row], on)
    since = np.where(test >= 0, interest.events.assessments.day[test] if len(interest.score) else 0, NO_DAY)
    base = np.zeros(len(row))
    asked = test >= 0
    base[asked] = interest.score[test[asked]] * decay(on[asked] - since[asked], interest.half_life)
    hand = _set_by_hand(interest, interest.pair[row], on)
    first, end, mass = _moved(interest.moves, interest.series[row], since, on, rules)
    value = _value(base, mass, rules)
    value[hand >= 0] = interest.by_hand.value[hand[hand >= 0]]
    valid = _valid(interest, row, point, asked | (hand >= 0), len(contact))
    best = np.full(len(contact), -1, dtype=np.int64)
    kept = np.flatnonzero(valid)
    order = kept[np.lexsort((-row[kept], np.round(value[kept], _DECIMALS), point[kept]))]
    best[point[order]] = order  # the best view is written last and stays
    none = best < 0

    def chosen(values: np.ndarray[Any, Any], missing: float) -> np.ndarray[Any, Any]:
        return np.where(none, missing, np.append(values, missing)[best]).astype(values.dtype)

    return Met(
        value=chosen(value, 0.0),
        view=chosen(row, -1),
        test=chosen(test, -1),
        hand=chosen(hand, -1),
        base=chosen(base, 0.0),
        first=chosen(first, 0),
        end=chosen(end, 0),
        mass=chosen(mass, 0.0),
    )


def _views(interest: Interest, contact: Ints) -> tuple[Ints, Ints]:
    """Every point with every view of its contact: the point and the candidate."""
    first = np.searchsorted(interest.contact, contact)
    count = np.searchsorted(interest.contact, contact, side="right") - first
    point = np.repeat(np.arange(len(contact)), count)
    within = np.arange(len(point)) - np.repeat(np.cumsum(count) - count, count)
    return point, np.repeat(first, count) + within


def _latest(interest: Interest, pair: Ints, on: Ints) -> Ints:
    """The row of each pair's latest questionnaire up to a day, −1 without one."""
    tests = interest.events.assessments
    keys = tests.pair * _SPAN + tests.day
    place = np.searchsorted(keys, pair * _SPAN + on, side="right") - 1
    found = (place >= 0) & (pair >= 0)
    found[found] = tests.pair[place[found]] == pair[found]
    return np.where(found, place, -1)


def _set_by_hand(interest: Interest, pair: Ints, on: Ints) -> Ints:
    """The row of the value set by hand that holds for each pair on a day, the first by id; −1 without one."""
    held, given = np.full(len(pair), -1, dtype=np.int64), interest.by_hand
    if len(given.pair) == 0:
        return held
    first = np.searchsorted(given.pair, pair)
    count = np.searchsorted(given.pair, pair, side="right") - first
    for nth in range(int(count.max(initial=0))):
        row = np.minimum(first + nth, len(given.pair) - 1)
        holds = (nth < count) & (given.since[row] <= on) & (on < given.until[row])
        held = np.where((held < 0) & holds, row, held)
    return held


def _moved(moves: Moves, series: Ints, since: Ints, on: Ints, rules: Rules) -> tuple[Ints, Ints, Floats]:
    """The moves of a series after one day and up to another, and what is left of their mass then."""
    keys = moves.series * _SPAN + moves.day
    origin = np.where(since == NO_DAY, -_SPAN // 2, since)
    first = np.searchsorted(keys, series * _SPAN + origin, side="right")
    end = np.maximum(first, np.searchsorted(keys, series * _SPAN + on, side="right"))
    mass, count = np.zeros(len(series)), end - first
    for part in _slices(count):
        row = np.repeat(np.arange(part.start, part.stop), count[part])
        begin = np.cumsum(count[part]) - count[part]
        move = np.arange(len(row)) - np.repeat(begin, count[part]) + first[row]
        left = moves.mass[move] * decay(on[row] - moves.day[move], rules.positions.move_half_life_days)
        mass[part] = np.bincount(row - part.start, left, part.stop - part.start)
    return first, end, mass


def _slices(count: Ints) -> Iterator[slice]:
    """Consecutive rows with about as many moves as may be looked at together."""
    bounds = starts_of(np.cumsum(count) // _AT_ONCE)
    ends = np.append(bounds[1:], len(count))[: len(bounds)]
    return (slice(int(start), int(end)) for start, end in zip(bounds, ends, strict=True))


def _value(base: Floats, mass: Floats, rules: Rules) -> Floats:
    scale = rules.positions.move_scale
    up = base + (100 - base) * -np.expm1(-np.maximum(mass, 0.0) / scale)
    return np.asarray(np.where(mass >= 0, up, base * np.exp(np.minimum(mass, 0.0) / scale)))


def _valid(interest: Interest, row: Ints, point: Ints, said: Bools, points: int) -> Bools:
    """Whose view counts: everybody's, or that of who assessed or set a value; else nobody's."""
    if interest.always:
        return np.ones(len(row), dtype=bool)
    nobody = interest.pair[row] < 0
    spoken = np.bincount(point[said], minlength=points) > 0
    return np.asarray(np.where(nobody, ~spoken[point], said))
