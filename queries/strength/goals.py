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
from queries.rules import Rules
from queries.rules.strength import StrengthRules
from queries.strength.flows import Bools, Ints
from queries.strength.prospect import EPOCH, Prospects
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
    most `goal_acts`. Handed-over depth is left out, as it runs out. O(rows + pairs · acts²).
    """
    knows = graph.on(on).edges[EdgeKind.KNOWS]
    tied = state.events.pairs_of(knows.source.astype(np.int64), knows.target.astype(np.int64))
    wanted: dict[int, int] = {}
    for pair, target in zip(tied.tolist(), knows.array("target_grade").tolist(), strict=True):
        if target != NOT_SET:
            wanted.setdefault(pair, int(target))  # of parallel ties the first that has one
    places = [place for place, pair in enumerate(pairs.tolist()) if pair in wanted]
    if not places:
        return {}
    aimed = pairs[places]
    targets = np.array([wanted[pair] for pair in aimed.tolist()], dtype=np.int64)
    reached = grades[places] >= targets
    ways = _ways(Prospects.of(state, aimed, rules.strength), targets, ~reached, rules.strength)
    return {
        pair: StrengthGoal(target_grade=_GRADES[target], reached=done, ways=sorted(found, key=_acts))
        for pair, target, done, found in zip(
            aimed.tolist(), targets.tolist(), reached.tolist(), ways, strict=True
        )
    }


def _acts(way: WayThere) -> int:
    return way.acts


def _ways(ties: Prospects, targets: Ints, missed: Bools, rules: StrengthRules) -> list[list[WayThere]]:
    """For each tie that misses its target the shortest way of each kind that leads there."""
    ways: list[list[WayThere]] = [[] for _ in targets]
    for trials in (_forms(ties), *(_meetings(ties, kind, rules) for kind in KINDS)):
        left = missed.copy()
        for kind, acts, points, then in trials:
            word = then.word(rules)
            there = left & (word >= targets)
            left &= ~there
            if there.any():
                strength = then.strength(rules)
            for tie in np.flatnonzero(there).tolist():
                way = WayThere(
                    kind=kind,
                    acts=acts,
                    least_points=points,
                    on=EPOCH + timedelta(days=then.today),
                    strength=significant(strength[tie]),
                    grade=_GRADES[word[tie]],
                )
                ways[tie].append(way)
            if not left.any():
                break
    return ways


_Trial = tuple[str, int, int | None, Prospects]
"""A kind of act, how many, with how many points, and the ties afterwards."""


def _forms(ties: Prospects) -> Iterator[_Trial]:
    for points in range(_MOST_POINTS + 1):
        yield str(NodeKind.ASSESSMENT), 1, points, ties.rated(points / _MOST_POINTS)


def _meetings(ties: Prospects, kind: InteractionKind, rules: StrengthRules) -> Iterator[_Trial]:
    days = [ties.today + 1 + WEEK * place for place in range(rules.goal_acts)]
    for acts in range(1, rules.goal_acts + 1):
        if days[acts - 1] <= _LAST_DAY:
            yield str(kind), acts, None, ties.after(kind, days[:acts], rules)
