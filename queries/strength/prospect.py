"""Ties with what might still happen: strength and word after meetings, calls or a questionnaire."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np

from models.columns import code_of
from models.enums import Grade, InteractionKind
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.flows import Bools, Floats, Ints, sum_by
from queries.strength.state import TieState

__all__ = ["EPOCH", "Prospects"]

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Prospects:
    """Some ties on a day, by their own evidence (handed-over depth left out), one value of each per tie.

    `theirs`, `ours` are E of the two directions; `felt` and `heard` the sums behind liking; `months` = m,
    of which `this_month` comes from the calendar month of the day; `score` and `asked` are of the latest
    questionnaire (`asked` its day where one was `given`); `days` of two-way contact, from `first` to `last`
    (the day itself where there was none).
    """

    today: int
    half_life: Floats
    theirs: Floats
    ours: Floats
    answered: Bools
    felt: Floats
    heard: Floats
    months: Floats
    this_month: Floats
    score: Floats
    asked: Ints
    given: Bools
    days: Ints
    first: Ints
    last: Ints

    @classmethod
    def of(cls, state: TieState, pairs: Ints, rules: StrengthRules) -> Self:
        """The ties of some pairs as they stand. O(rows)."""
        events, passed, today, tally = state.events, state.passed, state.today, state.passed.tally
        months = passed.flow.months
        now = months.two_way & (_months(months.last) == _months(np.array([today])))
        worth = np.where(now, passed.month_worth(rules), 0.0)
        this_month = sum_by(months.pair, worth, len(state.exists))[pairs]
        heard = passed.flow.sum_by_pair(passed.decay(), len(state.exists))[pairs]
        test, met = state.test[pairs], tally.days[pairs] > 0
        given = test >= 0
        asked = np.full(len(pairs), today)
        asked[given] = events.assessments.day[test[given]]
        return cls(
            today=today,
            half_life=passed.half_life[pairs],
            theirs=passed.theirs[pairs],
            ours=passed.ours[pairs],
            answered=passed.answered[pairs],
            felt=passed.liking[pairs] * heard,
            heard=heard,
            months=passed.month_sum[pairs],
            this_month=this_month,
            score=state.score[pairs],
            asked=asked,
            given=given,
            days=tally.days[pairs],
            first=np.where(met, tally.first[pairs], today),
            last=np.where(met, tally.last[pairs], today),
        )

    def rated(self, score: float) -> Self:
        """The ties with a questionnaire of the day each that gave this part of all points."""
        size = len(self.score)
        return replace(
            self,
            score=np.full(size, score),
            asked=np.full(size, self.today),
            given=np.ones(size, dtype=bool),
        )

    def after(self, kind: InteractionKind, days: Sequence[int], rules: StrengthRules) -> Self:
        """The ties on the last of some later days, one neutral contact of a shared kind alone on each."""
        then, half, size = days[-1], rules.weights[kind] / 2, len(self.score)
        kept = formula.decay(np.full(size, then - self.today), self.half_life)
        ages = then - np.array(days)
        passed = formula.decay(ages[:, None], self.half_life[None, :]).sum(axis=0)
        ends = dict(zip(_months(np.array(days)).tolist(), ages.tolist(), strict=True))  # of each its last
        begun = int(_months(np.array([self.today]))[0]) in ends
        older = self.months - self.this_month if begun else self.months
        months = older * _left(then - self.today, rules.month_half_life_days)
        months = months + math.fsum(_left(age, rules.month_half_life_days) for age in ends.values())
        return replace(
            self,
            today=then,
            theirs=self.theirs * kept + half * passed,
            ours=self.ours * kept + half * passed,
            answered=np.ones(size, dtype=bool),
            felt=self.felt * kept,
            heard=self.heard * kept + passed,
            months=months,
            this_month=np.zeros(size),
            days=self.days + len(days),
            first=np.where(self.days > 0, self.first, days[0]),
            last=np.full(size, then),
        )

    def strength(self, rules: StrengthRules) -> Floats:
        """S in points."""
        age = self.today - self.asked
        fade = np.where(self.given, formula.decay(age, rules.assessment_half_life_days), 0.0)
        depth = formula.depth(formula.history(self.months, rules), self.score, fade, rules)
        warmth = formula.warmth(formula.two_way_mass(self.theirs, self.ours), rules)
        return formula.strength(depth, warmth, self.answered, rules)

    def word(self, rules: StrengthRules) -> Ints:
        """The codes of the grades, liking included."""
        steady = (self.days >= rules.trusted_days) & (self.last - self.first >= rules.trusted_span_days)
        age = self.today - self.asked
        grade = formula.grade(self.strength(rules), self.given, self.score, age, steady, rules)
        sour = self.felt < rules.sour_liking * self.heard
        return np.asarray(np.where(sour, np.minimum(grade, code_of(Grade.FAMILIAR)), grade))


def _left(days: int, half_life: float) -> float:
    return float(2.0 ** (-days / half_life))


def _months(days: Ints) -> Ints:
    """The calendar months of day numbers."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
