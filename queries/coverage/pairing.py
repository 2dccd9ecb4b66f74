"""Whom to get to know next: the pair of equals whose tie would do most for the shape, then for trust."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.enums import Category, NodeKind, Rung
from models.findings.coverage import Pairing
from models.graph import AccountGraph
from queries.coverage.matrix import member_rungs
from queries.coverage.shape import shape
from queries.coverage.ties import CountedTies, Ints, worth_of
from queries.coverage.trust import CategoryBests
from queries.numbers import significant
from queries.people import Bools, Floats, People
from queries.rules import Rules

__all__ = ["goal_of", "pairings"]

_RUNGS = tuple(Rung)
_DECIMALS = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """Contacts whom an equal of ours could meet: who would, by which tie (row, −1 none), at what gain.

    `now` is what counts of the tie, `fills` which missing categories it would cover.
    """

    contact: Ints
    member: Ints
    row: Ints
    rung: Ints
    now: Floats
    gain: Floats
    trust_gain: Floats
    fills: Bools

    def best(self, most: int) -> list[int]:
        """Places of the best, by gain, trust gain, the shortest way to go, then contact id."""
        gain, trust = np.round(self.gain, _DECIMALS), np.round(self.trust_gain, _DECIMALS)
        order = np.lexsort((self.contact, -np.round(self.now, _DECIMALS), -trust, -gain))
        useful = (gain[order] > 0) | (trust[order] > 0)
        places: list[int] = order[useful][:most].tolist()
        return places


def goal_of(strands: Iterable[float], rules: Rules) -> float:
    """The points a new tie is taken to reach: the goal, or the strongest strand where that is weaker.

    So a pairing never makes one rung run ahead of the others, and never lowers the shape. O(rungs).
    """
    most = max(strands, default=0.0)
    return min(rules.coverage.goal_points, most) if most > 0 else rules.coverage.goal_points


def pairings(
    graph: AccountGraph,
    who: People,
    ties: CountedTies,
    strands: Mapping[int, float],
    bests: CategoryBests,
    weights: Sequence[float],
    rules: Rules,
) -> list[Pairing]:
    """The best pairs of equal standing, one for each contact: by gain of shape, then of trust, then by the
    strength that is there already, then by contact and member id.

    Equal standing is the same rung. A tie to who is against us would count for nothing, and a sour one is
    not mended by meeting more often, so neither is proposed; nor is a seat whose holder is unknown (占位).
    O(people + ties log ties); trying every pair is the definition, and stands in the tests.
    """
    goal = goal_of(strands.values(), rules)
    found = _candidates(graph, who, ties, strands, bests, np.array(weights), goal, rules)
    before = shape(list(strands.values()))
    members = graph.nodes[NodeKind.MEMBER].ids
    return [
        Pairing(
            member_id=members[found.member[place]],
            contact_id=graph.contacts.ids[found.contact[place]],
            rung=_RUNGS[found.rung[place]],
            strength=significant(ties.strength[row]) if row >= 0 else 0.0,
            goal=significant(goal),
            shape=None if before is None else significant(before + found.gain[place]),
            gain=significant(found.gain[place]),
            trust_gain=significant(found.trust_gain[place]),
            fills=[category for code, category in enumerate(Category) if found.fills[place, code]],
            evidence=[ties.evidence(row, ties.counted[row])] if row >= 0 else [],
        )
        for place in found.best(rules.coverage.pairings)
        for row in (int(found.row[place]),)
    ]


def _candidates(
    graph: AccountGraph,
    who: People,
    ties: CountedTies,
    strands: Mapping[int, float],
    bests: CategoryBests,
    weights: Floats,
    goal: float,
    rules: Rules,
) -> _Candidates:
    worth = worth_of(who, rules)
    contact, member, row = _equals(graph, who, ties, worth)
    now = np.append(ties.counted, 0.0)[row]  # row −1, no tie yet, picks the 0
    raised = np.maximum(now, goal * worth[contact])
    rung = who.rung[contact].astype(np.int64)
    there = raised[:, None] * who.shares[contact]
    missing = bests.worth < rules.coverage.goal_points
    return _Candidates(
        contact=contact,
        member=member,
        row=row,
        rung=rung,
        now=now,
        gain=_gains(strands, rung, raised),
        trust_gain=(np.maximum(0.0, there - bests.worth) * weights).sum(axis=1),
        fills=missing & (there >= rules.coverage.goal_points),
    )


def _equals(graph: AccountGraph, who: People, ties: CountedTies, worth: Floats) -> tuple[Ints, Ints, Ints]:
    """Each contact who can be met, with the one of ours of his rung who is nearest, and their tie's row.

    Nearest is whose tie counts most, else the first by id without a sour tie to him.
    """
    ours, theirs = member_rungs(graph), who.rung.astype(np.int64)
    placeholder = graph.contacts.array("placeholder") == 1
    open_to_us = who.counts & (worth > 0) & ~placeholder & (theirs >= 0)
    known: dict[int, list[int]] = {}
    for row in ties.best_first().tolist():
        if ours[ties.member[row]] == theirs[ties.contact[row]]:
            known.setdefault(int(ties.contact[row]), []).append(row)
    at_rung = [np.flatnonzero(ours == code).tolist() for code in range(len(_RUNGS))]
    met: list[tuple[int, int, int]] = []
    for contact in np.flatnonzero(open_to_us).tolist():
        rows = known.get(contact, [])
        if rows and ties.counted[rows[0]] > 0:
            met.append((contact, int(ties.member[rows[0]]), rows[0]))
            continue
        sour = {int(ties.member[row]) for row in rows}
        first = next((member for member in at_rung[theirs[contact]] if member not in sour), None)
        if first is not None:
            met.append((contact, first, -1))
    columns = np.array(met, dtype=np.int64).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]


def _gains(strands: Mapping[int, float], rung: Ints, raised: Floats) -> Floats:
    """What the shape gains if the strand of a rung is raised; each rung knows only a few heights."""
    gain, before = np.zeros(len(rung)), shape(list(strands.values()))
    if before is None:
        return gain
    for code, points in strands.items():
        here = np.flatnonzero((rung == code) & (raised > points))
        heights, place = np.unique(raised[here], return_inverse=True)
        shapes = [shape(list({**strands, code: height}.values())) or 0.0 for height in heights.tolist()]
        gain[here] = np.array(shapes)[place] - before if shapes else 0.0
    return gain
