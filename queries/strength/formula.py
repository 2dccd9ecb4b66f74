"""Relationship strength in closed form, over arrays of ties (docs/rules.md §1). No graph, no dates.

S = 100·(B + (1−B)·0.85·s): depth B is what questionnaire and history have laid down, warmth s is what
passed lately. Not a weighted mean: there a first mail would lower a tie with a good questionnaire.
Sources: recency weighs most (Gilbert & Karahalios, CHI 2009); frequency alone misleads (Marsden & Campbell
1984); silence is not weakness, so decay ends at depth (Wiese et al. 2014); decayed sum of both directions
(Roth et al., KDD 2010).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from models.columns import code_of
from models.enums import Grade
from queries.rules.strength import StrengthRules

__all__ = [
    "confidence",
    "decay",
    "depth",
    "grade",
    "history",
    "strength",
    "two_way_mass",
    "two_way_share",
    "warmth",
]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def decay(age: np.ndarray[Any, Any], half_life: Floats | float) -> Floats:
    """What is left of a unit after `age` days: 2^(−age/half_life)."""
    return np.asarray(np.exp2(-age / half_life))


def two_way_mass(theirs: Floats, ours: Floats) -> Floats:
    """M = (√E_in + √E_out)²/2: the sum where both sides give alike, half of it where one side gives all."""
    roots = np.sqrt(theirs) + np.sqrt(ours)
    return np.asarray(roots * roots / 2)


def two_way_share(mine: Floats, other: Floats) -> Floats:
    """∂M/∂E of one side, 0 where that side gave nothing.

    M is homogeneous of degree one in (E_in, E_out), so E_in·∂M/∂E_in + E_out·∂M/∂E_out = M (Euler).
    """
    given = mine > 0
    root = np.sqrt(np.where(given, mine, 1.0))
    return np.where(given, (root + np.sqrt(other)) / (2 * root), 0.0)


def warmth(mass: Floats, rules: StrengthRules) -> Floats:
    """s = 1 − exp(−M/6), from 0 to 1."""
    return np.asarray(-np.expm1(-mass / rules.warmth_mass))


def history(months: Floats, rules: StrengthRules) -> Floats:
    """s₀ = 0.1 + 0.35·(1 − 2^(−max(0, m−1)/6)) of m months of two-way contact, from 0 to 1."""
    grown = 1 - np.exp2(-np.maximum(0.0, months - 1) / rules.history_months)
    return np.asarray(rules.stranger_depth + rules.history_depth * grown)


def depth(history: Floats, score: Floats, fade: Floats, rules: StrengthRules) -> Floats:
    """B = (k·a·s_q + k₀·s₀)/(k·a + k₀): questionnaire `score` 0–1, faded to a = `fade`, against history.

    Where there is no questionnaire `fade` is 0.
    """
    said = rules.assessment_weight * fade
    return (said * score + rules.prior_weight * history) / (said + rules.prior_weight)


def strength(depth: Floats, warmth: Floats, answered: Bools, rules: StrengthRules) -> Floats:
    """S in points: depth, and warmth in the room above it; at most 15 of warmth while nothing came back."""
    warm = 100 * (1 - depth) * rules.warmth_share * warmth
    return 100 * depth + np.where(answered, warm, np.minimum(warm, rules.unanswered_cap))


def grade(
    strength: Floats,
    given: Bools,
    score: Floats,
    age: Ints,
    steady: Bools,
    rules: StrengthRules,
) -> Ints:
    """The codes of the thermometer's words by its rules, but for liking: numbers alone do not make trusted.

    At most one step above a questionnaire (`given`, its `score` 0–1) whose `age` in days is below a year;
    no ally without any questionnaire; no trusted without one but by `steady` contact.
    """
    bounds = np.array(rules.grade_points)
    found = np.searchsorted(bounds, strength, side="right")
    said = np.searchsorted(bounds, 100 * score, side="right") + 1
    asked = np.where(age < rules.fresh_assessment_days, np.minimum(found, said), found)
    highest = np.where(steady, code_of(Grade.TRUSTED), code_of(Grade.FAMILIAR))
    return np.asarray(np.where(given, asked, np.minimum(found, highest)))


def confidence(mass: Floats, fade: Floats, rules: StrengthRules) -> Floats:
    """How much evidence S rests on: 1 − exp(−(k·a + M)/3), from 0 to 1."""
    return np.asarray(-np.expm1(-(rules.assessment_weight * fade + mass) / rules.confidence_mass))
