"""Influence as the settled result of people listening to each other, by sparse iteration."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from queries.influence.ties import Ties
from queries.people import Floats

__all__ = ["TOLERANCE", "Settled", "Walk", "block_diagonal"]

TOLERANCE = 1e-12
"""How far from the exact solution a published sum may be, in shares of the whole."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Shares taken apart: `share` and `own` by contact, `carried` by tie; own + carried to it = share."""

    share: Floats
    own: Floats
    carried: Floats


@dataclass(frozen=True, slots=True)
class Walk:
    """How people make up their minds: a prior, ties, and how open each one is.

    Let L_B = min(1, Σ_A t·c / full) be how much B listens at all, W[B,A] = t·c / Σ_A t·c to whom, and T
    the matrix whose entry (A, B) is openness_B · L_B · W[B,A], that is openness_B · t·c / max(Σ_A t·c, full).
    Both rankings are the solution of `z = q + T z`, scaled:

    * `keeps` (Friedkin–Johnsen): share_A = (1 − openness_A · L_A) · z_A, which is Vᵀq with
      V = (I − D·W)⁻¹(I − D), D = openness · L: the part of the settled opinions of all, weighted by the
      prior q, that is A's own.
    * else (personalised PageRank with damping = openness): share = z / Σz. What is not listened to goes
      back to the prior, so x = d·Wᵀ L x + β·q for some β, hence x ∝ (I − T)⁻¹ q.

    z is the sum of q, T q, T² q, …: no term is negative, and each is in total at most ρ = max openness·L
    times the one before. What k terms leave out is at most |Tᵏq|·ρ/(1 − ρ) ≤ ρᵏ⁺¹/(1 − ρ); the iteration
    stops when the former is below the tolerance: after 40 products at most for ρ = 0.5, 180 for 0.85.
    One product costs O(ties); no dense solve, no BLAS.

    Source: Friedkin & Johnsen, "Social influence and opinions", Journal of Mathematical Sociology 15
    (1990); del Corso, Gullí & Romani, "Fast PageRank computation via a sparse linear system", Internet
    Mathematics 2 (2005).
    """

    ties: Ties
    prior: Floats
    openness: Floats
    full: float
    keeps: bool

    def settled(self) -> Settled:
        """The shares on all ties, taken apart. Their sum is 1 within the tolerance."""
        passed, kept = self._matrix(self.ties.weight[None, :])
        z = self._solution(passed, kept, TOLERANCE)[0]
        scale = kept[0] if self.keeps else np.full(len(z), 1 / max(z.sum(), math.ulp(1.0)))
        carried = scale[self.ties.heard] * passed[0] * z[self.ties.listener]
        own = scale * self.prior
        share = own + np.bincount(self.ties.heard, weights=carried, minlength=self.ties.people)
        return Settled(share, own, carried)

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        passed, kept = self._matrix(weight)
        z = self._solution(passed, kept, tolerance)
        return z * kept if self.keeps else z / np.maximum(z.sum(axis=1, keepdims=True), math.ulp(1.0))

    def _matrix(self, weight: Floats) -> tuple[Floats, Floats]:
        """For each row of weights: the entries of T, and 1 − openness · L of each person."""
        rows, people = len(weight), self.ties.people
        place = blocks(self.ties.listener, rows, people)
        listened = np.bincount(place, weights=weight.ravel(), minlength=rows * people).reshape(rows, people)
        rate = self.openness / np.maximum(listened, self.full)
        return weight * rate[:, self.ties.listener], 1 - rate * listened

    def _solution(self, passed: Floats, kept: Floats, tolerance: float) -> Floats:
        rows, people = kept.shape
        step = block_diagonal(passed, self.ties)
        ratio = float((1 - kept).max(initial=0.0))
        enough = tolerance * (1 - ratio) / ratio if ratio else math.inf
        term = np.tile(self.prior, rows)
        z = term.copy()
        while term.reshape(rows, people).sum(axis=1).max(initial=0.0) > enough:
            term = step @ term
            z += term
        return z.reshape(rows, people)


def blocks(positions: np.ndarray[Any, Any], rows: int, people: int) -> np.ndarray[Any, Any]:
    """`positions` once per row, moved by `people` from row to row: the places in a block-diagonal matrix."""
    return np.asarray(positions + people * np.arange(rows, dtype=np.int64)[:, None]).ravel()


def block_diagonal(values: Floats, ties: Ties) -> Any:
    """The csr matrix (heard × listener) of each row of values, one after another on the diagonal."""
    rows, size = len(values), len(ties)
    starts = blocks(ties.starts()[:-1], rows, size)
    indptr = np.concatenate((starts, [rows * size]))
    columns = blocks(ties.listener, rows, ties.people)
    shape = (rows * ties.people, rows * ties.people)
    return csr_array((values.ravel(), columns, indptr), shape=shape)
