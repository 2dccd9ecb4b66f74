"""Influence as the settled result of people listening to each other, by sparse iteration."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from queries.influence.ties import Ties
from queries.people import Floats

__all__ = ["TOLERANCE", "Settled", "Walk", "block_diagonal", "products"]

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
            passed_on = scale[self.ties.heard] * passed[0]
        else:
            passed_on, own = passed[0], self.prior * (begun / max(whole, _LEAST))
        carried = passed_on * x[self.ties.listener]
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
        begins = self.prior / max(self.prior.sum(), _LEAST)
        x, whole = np.tile(begins, (rows, 1)), begins.sum()
        ratio = float((1 - kept).max(initial=0.0))
        if ratio <= 0:
            return x
        enough = tolerance * (1 - ratio) / ratio * ((1 - ratio) / 2 if self.keeps else 1)
        change = math.inf
        with products(block_diagonal(passed, self.ties)) as step:
            while change > enough:
                before = x
                x = step(before.ravel()).reshape(rows, people)
                x += (whole - x.sum(axis=1))[:, None] * begins
                before -= x
                change = np.abs(before, out=before).sum(axis=1).max(initial=0.0)
        return x


_LEAST = math.ulp(0.0)
"""In place of a sum that is 0, where 0 is divided by it."""


_MANY = 200_000
"""Entries from which on a product is worth a second thread."""


@contextmanager
def products(matrix: Any) -> Iterator[Callable[[Floats], Floats]]:
    """The product of a csr matrix with a vector, many times: large ones half by half, on two cores.

    The compiled product lets other threads run, and each row is summed as it is in the whole, so the halves
    are equal to it in every bit.
    """
    if matrix.nnz < _MANY:
        yield matrix.__matmul__
        return
    middle = int(np.searchsorted(matrix.indptr, matrix.nnz // 2))
    upper, lower = matrix[:middle], matrix[middle:]

    def by_halves(x: Floats) -> Floats:
        above = beside.submit(upper.__matmul__, x)
        below = lower @ x
        return np.concatenate((above.result(), below))

    with ThreadPoolExecutor(1) as beside:
        yield by_halves


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
