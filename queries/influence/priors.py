"""What each person weighs in a purchase before anybody listens to anybody."""

from __future__ import annotations

import numpy as np

from models.columns import code_of
from models.enums import Category, Level, Prior, Step
from queries.people import SIGNING, Floats, People
from queries.rules.influence import InfluenceRules

__all__ = ["gaps", "prior_of", "prior_parts"]


def prior_of(who: People, rules: InfluenceRules, prior: Prior, step: Step | None) -> Floats:
    """The prior q of every contact: it sums to 1 over those who count and is 0 for the others. O(people).

    Without a step q ∝ 3^(level step); an unknown level weighs the mean of the known ones. With a step
    each category holds the step's weight, shared inside it by buying centre, voice and signature; the
    weight of a category without people is spread over the others. Where nothing is known, all weigh the same.
    """
    if prior == Prior.FLAT:
        return _scaled(np.ones(len(who.counts)), who)
    if step is None:
        return _scaled(_by_level(who, rules), who)
    return _scaled(_by_step(who, rules, step), who)


def gaps(who: People, rules: InfluenceRules, step: Step | None) -> list[Category]:
    """The categories that weigh in a step and have nobody who counts; none without a step."""
    if step is None:
        return []
    held = who.shares[who.counts].sum(axis=0)
    weights = rules.steps[step]
    return [category for category in Category if weights[category] > 0 and held[code_of(category)] == 0]


def _by_level(who: People, rules: InfluenceRules) -> Floats:
    ladder = np.array([rules.level_ratio**step for step in range(len(Level))])
    known = who.level >= 0
    weight = np.where(known, ladder[who.level], 1.0)
    counted = weight[known & who.counts]
    if len(counted):
        weight[~known] = counted.sum() / len(counted)
    return weight


def prior_parts(who: People, rules: InfluenceRules, prior: Prior, step: Step) -> Floats:
    """The prior at a step by the category it comes from: a row per category, then one for no category.

    The rows add up to `prior_of`. O(people).
    """
    rest = len(Category)
    parts = np.zeros((rest + 1, len(who.counts)))
    held = _held(who, rules, step).T
    if prior == Prior.FLAT or not held.any():
        parts[rest] = prior_of(who, rules, prior, step)
    else:
        parts[:rest] = held / held.sum()
    return parts


def _by_step(who: People, rules: InfluenceRules, step: Step) -> Floats:
    prior = _held(who, rules, step).sum(axis=1)
    return prior if prior.sum() > 0 else _say(who, rules)


def _held(who: People, rules: InfluenceRules, step: Step) -> Floats:
    """What each person (row) holds of each category's weight."""
    held = who.shares * _say(who, rules)[:, None] * who.counts[:, None]
    total = held.sum(axis=0)
    weights = np.array([rules.steps[step][category] for category in Category])
    per_share = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return np.asarray(held * per_share)


def _say(who: People, rules: InfluenceRules) -> Floats:
    """How much of a category's weight one person draws, before the shares are made to add up."""
    ladder = np.array(rules.voice)
    unknown = np.isnan(who.voice)
    voice = np.where(unknown, 1.0, ladder[np.where(unknown, 0, who.voice).astype(np.int64)])
    say = voice * np.where(who.holding(*SIGNING), rules.signer, 1.0)
    if (who.in_centre & who.counts).any():
        say = say * np.where(who.in_centre, 1.0, rules.outside_buying_centre)
    return np.asarray(say)


def _scaled(weight: Floats, who: People) -> Floats:
    """`weight` over those who count, adding up to 1; the same for all where nobody weighs anything."""
    kept = weight * who.counts
    total = kept.sum()
    if total > 0:
        return np.asarray(kept / total)
    return np.asarray(who.counts / max(int(who.counts.sum()), 1))
