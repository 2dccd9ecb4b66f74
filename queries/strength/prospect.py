"""One tie with what might still happen: its strength and word after meetings, calls or a questionnaire."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

import numpy as np

from models.columns import code_of
from models.enums import Grade, InteractionKind
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.state import TieState

__all__ = ["EPOCH", "Prospect"]

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Prospect:
    """A tie on a day, by its own evidence (handed-over depth left out), as plain numbers.

    `theirs`, `ours` are E of the two directions; `felt` and `heard` the sums behind liking; `months` = m,
    of which `this_month` comes from the calendar month of the day; `score` and `asked` are of the latest
    questionnaire (`asked` its day, None without any); `days` of two-way contact, the first on `first`.
    """

    today: int
    half_life: float
    theirs: float
    ours: float
    answered: bool
    felt: float
    heard: float
    months: float
    this_month: float
    score: float
    asked: int | None
    days: int
    first: int
    last: int

    @classmethod
    def of(cls, state: TieState, pair: int, senior: bool, rules: StrengthRules) -> Self:
        """The tie of a pair as it stands. O(rows)."""
        events, passed, today = state.events, state.passed, state.today
        held = events.two_way_day[(events.two_way_pair == pair) & (events.two_way_day <= today)]
        mine = (passed.flow.months.pair == pair) & passed.flow.months.two_way
        worth, ends = passed.month_worth(rules)[mine], passed.flow.months.last[mine]
        now = np.array([_month(int(day)) == _month(today) for day in ends], dtype=bool)
        row = int(state.test[pair])
        heard = float(passed.decay()[passed.flow.pair == pair].sum())
        return cls(
            today=today,
            half_life=rules.half_life_decision_days if senior else rules.half_life_days,
            theirs=float(passed.theirs[pair]),
            ours=float(passed.ours[pair]),
            answered=bool(passed.answered[pair]),
            felt=float(passed.liking[pair]) * heard,
            heard=heard,
            months=float(passed.month_sum[pair]),
            this_month=float(worth[now].sum()),
            score=float(events.assessments.score[row]) if row >= 0 else 0.0,
            asked=int(events.assessments.day[row]) if row >= 0 else None,
            days=len(held),
            first=int(held[0]) if len(held) else today,
            last=int(held[-1]) if len(held) else today,
        )

    def rated(self, score: float) -> Self:
        """The tie with a questionnaire of the day that gave this part of all points."""
        return replace(self, score=score, asked=self.today)

    def after(self, kind: InteractionKind, days: Sequence[int], rules: StrengthRules) -> Self:
        """The tie on the last of some later days, one neutral contact of a shared kind alone on each."""
        then, half = days[-1], rules.weights[kind] / 2
        kept = _left(then - self.today, self.half_life)
        each = [_left(then - day, self.half_life) for day in days]
        ends = {_month(day): day for day in days}  # of each month its last contact
        older = self.months - (self.this_month if _month(self.today) in ends else 0.0)
        months = older * _left(then - self.today, rules.month_half_life_days)
        months += math.fsum(_left(then - day, rules.month_half_life_days) for day in ends.values())
        return replace(
            self,
            today=then,
            theirs=self.theirs * kept + half * math.fsum(each),
            ours=self.ours * kept + half * math.fsum(each),
            answered=True,
            felt=self.felt * kept,
            heard=self.heard * kept + math.fsum(each),
            months=months,
            this_month=0.0,
            days=self.days + len(days),
            first=self.first if self.days else days[0],
            last=then,
        )

    def strength(self, rules: StrengthRules) -> float:
        """S in points."""
        fade = 0.0 if self.asked is None else _left(self.today - self.asked, rules.assessment_half_life_days)
        history = formula.history(np.array([self.months]), rules)
        depth = formula.depth(history, np.array([self.score]), np.array([fade]), rules)
        mass = formula.two_way_mass(np.array([self.theirs]), np.array([self.ours]))
        return float(
            formula.strength(depth, formula.warmth(mass, rules), np.array([self.answered]), rules)[0]
        )

    def word(self, rules: StrengthRules) -> int:
        """The code of the grade, by the same rules as `queries.strength.table` has."""
        grade = bisect_right(rules.grade_points, self.strength(rules))
        if self.asked is None:
            steady = self.days >= rules.trusted_days and self.last - self.first >= rules.trusted_span_days
            grade = min(grade, code_of(Grade.TRUSTED if steady else Grade.FAMILIAR))
        elif self.today - self.asked < rules.fresh_assessment_days:
            grade = min(grade, bisect_right(rules.grade_points, 100 * self.score) + 1)
        sour = bool(self.heard) and self.felt / self.heard < rules.sour_liking
        return min(grade, code_of(Grade.FAMILIAR)) if sour else grade


def _left(days: int, half_life: float) -> float:
    return float(2.0 ** (-days / half_life))


def _month(day: int) -> tuple[int, int]:
    at = EPOCH + timedelta(days=day)
    return at.year, at.month
