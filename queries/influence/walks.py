"""Influence as the settled result of people listening to each other, by sparse iteration."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from queries.influence.ties import Ints, Ties
from queries.people import Floats
from queries.sorting import order_by

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
    What B keeps is kept_B = 1 − openness_B · L_B: what is left of column B of T. Both rankings are the
    solution of `z = q + T z`, scaled:

    * `keeps` (Friedkin–Johnsen): share_A = kept_A · z_A, which is Vᵀq with
      V = (I − D·W)⁻¹(I − D), D = openness · L: the part of the settled opinions of all, weighted by the
      prior q, that is A's own.
    * else (personalised PageRank with damping = openness): share = z / Σz. What is not listened to goes
      back to the prior, so x = d·Wᵀ L x + β·q for some β, hence x ∝ (I − T)⁻¹ q.

    As `kept · z` = Σq (sum z = q + T z over all people), x = z / Σz solves `x = T x + (kept · x) q / Σq`: it
    is where the walk settles that goes on by T and else begins anew. Iterated from q, x stays a
    distribution, and its distance from the solution falls by ρ = max openness · L at least, so that after
    a step δ it is at most δ·ρ/(1 − ρ), which is when the iteration stops. In accounts where influence mixes
    that is after 30 to 40 products, where the sum q + T q + T² q + … takes 180 for ρ = 0.85.
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
        """The shares on all ties, taken apart. They sum to Σq (1 unless it keeps) within the tolerance."""
        passed, kept = self._matrix(self.ties.weight[None, :])
        x = self._visits(passed, kept, TOLERANCE)[0]
        begun, whole = max((kept[0] * x).sum(), _LEAST), self.prior.sum()
        if self.keeps:
            scale, own = kept[0] * (whole / begun), kept[0] * self.prior
            passed_on = scale.take(self.ties.heard) * passed[0]
        else:
            passed_on, own = passed[0], self.prior * (begun / max(whole, _LEAST))
        carried = passed_on * x.take(self.ties.listener)
        share = own + np.bincount(self.ties.heard, weights=carried, minlength=self.ties.people)
        return Settled(share, own, carried)

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        passed, kept = self._matrix(weight)
        x = self._visits(passed, kept, tolerance)
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
        rows, people = kept.shape
        matrix = block_diagonal(passed, self.ties)
        order = by_length(matrix.indptr[: people + 1])
        step = renumbered(matrix, blocks(order, rows, people))
        begins = self.prior[order] / max(self.prior.sum(), _LEAST)
        x, whole = np.tile(begins, (rows, 1)), begins.sum()
        ratio = float((1 - kept).max(initial=0.0))
        enough = tolerance * (1 - ratio) / max(ratio, _LEAST) * ((1 - ratio) / 2 if self.keeps else 1)
        change, last = sys.float_info.max, math.inf
        while enough < change < last:  # what does not shrink is rounding
            for _ in range(_UNSEEN):
                before, x = x, (step @ x.ravel()).reshape(rows, people)
                x += (whole - x.sum(axis=1))[:, None] * begins
            last, change = change, np.abs(before - x).sum(axis=1).max(initial=0.0)
        settled = np.empty_like(x)
        settled[:, order] = x
        return settled


_LEAST = math.ulp(0.0)
"""In place of a sum that is 0, where 0 is divided by it."""


_UNSEEN = 3
"""Products between two looks at what the last one moved: looking costs a fourth of a product."""


def blocks(positions: np.ndarray[Any, Any], rows: int, people: int) -> np.ndarray[Any, Any]:
    """`positions` once per row, moved by `people` from row to row: the places in a block-diagonal matrix."""
    if rows == 1:
        return positions
    return np.asarray(positions + people * np.arange(rows, dtype=np.int64)[:, None]).ravel()


def block_diagonal(values: Floats, ties: Ties) -> Any:
    """The csr matrix (heard × listener) of each row of values, one after another on the diagonal."""
    rows, size = len(values), len(ties)
    starts = blocks(ties.starts()[:-1], rows, size)
    indptr = np.concatenate((starts, [rows * size]))
    columns = blocks(ties.listener, rows, ties.people)
    shape = (rows * ties.people, rows * ties.people)
    return csr_array((values.ravel(), columns, indptr.astype(columns.dtype)), shape=shape)


def by_length(starts: Ints) -> Ints:
    """The rows of a csr matrix from the shortest to the longest, equal ones as they stand.

    Where rows of one length follow one another a processor foresees where each ends, and a product of short
    rows takes half the time.
    """
    length = np.diff(starts)
    return order_by(length, size=int(length.max(initial=0)) + 1)


def renumbered(matrix: Any, order: Ints) -> Any:
    """A square csr matrix with rows and columns in this order. Each row keeps the order of its entries."""
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    rows = matrix[order]
    rows.indices = place.take(rows.indices)
    return rows
