"""What would bring a tie to the grade that is wanted of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from models.columns import NOT_SET
from models.enums import EdgeKind, Grade, InteractionKind, NodeKind
from models.findings.strength import StrengthGoal, WayThere
from models.graph import AccountGraph
from models.questionnaire import LATEST, QUESTIONNAIRES, Answer
from queries.numbers import significant
from queries.people import people
from queries.rules import Rules
from queries.rules.strength import StrengthRules
from queries.strength.flows import Ints
from queries.strength.prospect import EPOCH, Prospect
from queries.strength.state import TieState

__all__ = ["KINDS", "WEEK", "goals_of"]

KINDS = (InteractionKind.MEETING, InteractionKind.CALL)
WEEK = 7
_GRADES = tuple(Grade)
_LAST_DAY = (date.max - EPOCH).days
_MOST_POINTS = max(Answer) * len(QUESTIONNAIRES[LATEST])


def goals_of(
    graph: AccountGraph, state: TieState, pairs: Ints, grades: Ints, on: date, rules: Rules
) -> Mapping[int, StrengthGoal]:
    """For each of `pairs` (`grades` are theirs) with a target grade: what would reach it, fewest acts first.

    A questionnaire of the day: the fewest points that would do. Meetings or calls with the contact alone,
    neutral, one a week from the next day on: how many, as the word will stand on the day of the last, at
    most `goal_acts`. Handed-over depth is left out, as it runs out. O(pairs · (rows + acts²)).
    """
    then = graph.on(on)
    knows = then.edges[EdgeKind.KNOWS]
    tied = state.events.pairs_of(knows.source.astype(np.int64), knows.target.astype(np.int64))
    wanted: dict[int, int] = {}
    for pair, target in zip(tied.tolist(), knows.array("target_grade").tolist(), strict=True):
        if target != NOT_SET:
            wanted.setdefault(pair, int(target))  # of parallel ties the first that has one
    senior = people(then).decision()[state.events.contact]
    found = {}
    for pair, grade in zip(pairs.tolist(), grades.tolist(), strict=True):
        if pair in wanted:
            target = wanted[pair]
            tie = Prospect.of(state, pair, bool(senior[pair]), rules.strength)
            ways = [] if grade >= target else sorted(_ways(tie, target, rules.strength), key=_acts)
            found[pair] = StrengthGoal(target_grade=_GRADES[target], reached=grade >= target, ways=ways)
    return found


def _acts(way: WayThere) -> int:
    return way.acts


def _ways(tie: Prospect, target: int, rules: StrengthRules) -> Iterator[WayThere]:
    for points in range(_MOST_POINTS + 1):
        then = tie.rated(points / _MOST_POINTS)
        if then.word(rules) >= target:
            yield _way(then, str(NodeKind.ASSESSMENT), 1, points, rules)
            break
    for kind in KINDS:
        for acts in range(1, rules.goal_acts + 1):
            days = [tie.today + 1 + WEEK * place for place in range(acts)]
            if days[-1] > _LAST_DAY:
                break
            then = tie.after(kind, days, rules)
            if then.word(rules) >= target:
                yield _way(then, str(kind), acts, None, rules)
                break


def _way(then: Prospect, kind: str, acts: int, points: int | None, rules: StrengthRules) -> WayThere:
    return WayThere(
        kind=kind,
        acts=acts,
        least_points=points,
        on=EPOCH + timedelta(days=then.today),
        strength=significant(then.strength(rules)),
        grade=_GRADES[then.word(rules)],
    )
