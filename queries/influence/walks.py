"""Influence as the settled result of people listening to each other, by sparse iteration."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np

from queries.influence.sweeps import Sweeps, blocks
from queries.influence.ties import Ties
from queries.people import Floats

__all__ = ["TOLERANCE", "Settled", "Walk"]

TOLERANCE = 1e-12
"""How far from the exact solution a published sum may be, in shares of the whole."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Shares taken apart: `share` and `own` by contact, `carried` by tie.

    own + what is carried to it = share, up to what was not settled yet.
    """

    share: Floats
    own: Floats
    carried: Floats


@dataclass(frozen=True, slots=True)
class Walk:
    """How people make up their minds: a prior, ties, and how open each one is.

    Let L_B = min(1, Σ_A t·c / full) be how much B listens at all, W[B,A] = t·c / Σ_A t·c to whom, and T
    the matrix whose entry (A, B) is openness_B · L_B · W[B,A], that is openness_B · t·c / max(Σ_A t·c, full).
    What B keeps is kept_B = 1 − openness_B · L_B: what is left of column B of T. Both rankings are the
    solution of `z = q + T z`, scaled:

    * `keeps` (Friedkin–Johnsen): share_A = kept_A · z_A, which is Vᵀq with
      V = (I − D·W)⁻¹(I − D), D = openness · L: the part of the settled opinions of all, weighted by the
      prior q, that is A's own.
    * else (personalised PageRank with damping = openness): share = z / Σz. What is not listened to goes
      back to the prior, so x = d·Wᵀ L x + β·q for some β, hence x ∝ (I − T)⁻¹ q.

    As `kept · z` = Σq (sum z = q + T z over all people), x = z / Σz solves `x = T x + (kept · x) q / Σq`: it
    is where the walk settles that goes on by T and else begins anew. With T = L + N as `Sweeps` splits it,

        x ← (I − L)⁻¹ (N x + (kept · x) q / Σq)

    sees the same walk only where it does not go up. What is added, s = (I − L) x, stays a distribution, and
    two of them come nearer by ρ = max openness · L at least. A sweep that moves x by δ leaves
    (I − T) x = β q + N δ, so that x / Σx is within 2 ρ |δ| / (1 − ρ) / Σx of the solution: that is when it
    ends. In accounts with a chart that is after 25 sweeps, where iterating x = T x + … takes 40
    products, and the sum q + T q + T² q + … 180 for ρ = 0.85. A sweep costs one product, O(ties); no dense
    solve, no BLAS.

    Source: Friedkin & Johnsen, "Social influence and opinions", Journal of Mathematical Sociology 15
    (1990); del Corso, Gullí & Romani, "Fast PageRank computation via a sparse linear system", Internet
    Mathematics 2 (2005); Varga, "Matrix Iterative Analysis" (1962), regular splittings.
    """

    ties: Ties
    prior: Floats
    openness: Floats
    full: float
    keeps: bool

    def settled(self) -> Settled:
        """The shares on all ties, taken apart. They sum to Σq (1 unless it keeps) within the tolerance."""
        passed, kept = self._matrix(self.ties.weight[None, :])
        x = self._visits(passed, kept, TOLERANCE)
        begun, whole = max((kept * x).sum(), _LEAST), self.prior.sum()
        if self.keeps:
            scale, own = kept[0] * (whole / begun), kept[0] * self.prior
            passed_on = scale.take(self.ties.heard) * passed[0]
        else:
            passed_on, own = passed[0], self.prior * (begun / max(whole, _LEAST))
        carried = passed_on * x[0].take(self.ties.listener)
        return Settled(self._shares(x, kept)[0], own, carried)

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        passed, kept = self._matrix(weight)
        return self._shares(self._visits(passed, kept, tolerance), kept)

    def _shares(self, x: Floats, kept: Floats) -> Floats:
        if not self.keeps:
            return x
        own = kept * x
        return np.asarray(own * (self.prior.sum() / np.maximum(own.sum(axis=1, keepdims=True), _LEAST)))

    def _matrix(self, weight: Floats) -> tuple[Floats, Floats]:
        """For each row of weights: the entries of T, and 1 − openness · L of each person."""
        rows, people = len(weight), self.ties.people
        place = blocks(self.ties.listener, rows, people)
        listened = np.bincount(place, weights=weight.ravel(), minlength=rows * people).reshape(rows, people)
        rate = self.openness / np.maximum(listened, self.full)
        return weight * np.take(rate, self.ties.listener, axis=1), 1 - rate * listened

    def _visits(self, passed: Floats, kept: Floats, tolerance: float) -> Floats:
        """x = z / Σz for each row; 0 throughout where nobody has a prior.

        Shares that are kept move at most 2 / least kept times as much as x does.
        """
        sweeps = Sweeps.of(passed, self.ties)
        begins = self.prior[sweeps.order][None, :] / max(self.prior.sum(), _LEAST)
        begun = kept.take(sweeps.order, axis=1)
        ratio = float((1 - kept).max(initial=0.0))
        enough = tolerance * (1 - ratio) / max(2 * ratio, _LEAST) * ((1 - ratio) / 2 if self.keeps else 1)
        x, change, last, unseen = np.zeros(kept.shape), sys.float_info.max, math.inf, _UNSEEN
        sweeps.carry(x, begins, np.ones(len(x)))
        # What does not shrink any more and lies below the tolerance is rounding.
        while change > enough and (change < last or change > TOLERANCE):
            for left in reversed(range(unseen)):
                before = x if left else x.copy()
                sweeps.carry(x, begins, np.einsum("ij,ij->i", begun, x))
            moved = np.abs(before - x).sum(axis=1) / np.maximum(x.sum(axis=1), _LEAST)
            last, change = change, moved.max(initial=0.0)
            unseen = _until(enough, change, last, unseen)
        settled = np.empty_like(x)
        settled[:, sweeps.order] = x / np.maximum(x.sum(axis=1, keepdims=True), _LEAST)
        return settled


_LEAST = math.ulp(0.0)
"""In place of a sum that is 0, where 0 is divided by it."""


_UNSEEN = 3
"""Sweeps before a look at what the last one moved, where it cannot be foretold: it costs a third of one."""


def _until(enough: float, change: float, last: float, made: int) -> int:
    """After how many sweeps more a change will be small enough, as it shrank in the last `made` ones."""
    if not 0 < change < last < sys.float_info.max or change <= enough:
        return _UNSEEN
    return min(math.ceil(made * math.log(enough / change) / math.log(change / last)), 2 * _UNSEEN)
