"""Burt's constraint: how much of a person's circle is one and the same circle."""

from __future__ import annotations

import numpy as np

from queries.keyplayers.hops import Hops, Places
from queries.people import Floats

__all__ = ["constraint"]

_BLOCK = 1 << 20


def constraint(ties: Hops) -> Floats:
    """The constraint of each person, from near 0 (bridges circles that do not meet) up; NaN without a tie.

    c_i = Σ_j (p_ij + Σ_q p_iq·p_qj)² over the people i is tied to, whichever way; p_ij = 1/number of them.
    Common acquaintances are looked up from the one of two who has fewer ties: O(Σ min(degree) · log ties),
    which no hub makes large.

    Source: R. S. Burt, Structural Holes (1992), chapter 2.
    """
    both = ties.both_ways()
    one = both.to
    degree = np.bincount(one, minlength=ties.people).astype(np.int64)
    part = np.divide(1.0, degree, out=np.zeros(ties.people), where=degree > 0)
    direct = part[one] * (1 + _through_others(both, degree, part))
    squared = np.bincount(one, weights=direct * direct, minlength=ties.people)
    return np.where(degree > 0, squared, np.nan)


def _through_others(both: Hops, degree: Places, part: Floats) -> Floats:
    """For each pair i, j: Σ 1/degree over those who are tied to both."""
    one, other = both.to, both.source  # sorted by both
    pair, begin = one * both.people + other, np.concatenate(([0], np.cumsum(degree)))
    small = degree[one] <= degree[other]
    fewer, more = np.where(small, one, other), np.where(small, other, one)
    size = degree[fewer]
    sums = np.zeros(len(one))
    for rows in np.split(np.arange(len(one)), np.flatnonzero(np.diff(np.cumsum(size) // _BLOCK)) + 1):
        count = size[rows]
        behind = np.repeat(begin[fewer[rows]] - np.cumsum(count) + count, count) + np.arange(count.sum())
        third, row = other[behind], np.repeat(np.arange(len(rows)), count)
        wanted = more[rows][row] * both.people + third
        found = pair[np.minimum(np.searchsorted(pair, wanted), max(len(pair) - 1, 0))] == wanted
        sums[rows] = np.bincount(row[found], weights=part[third[found]], minlength=len(rows))
    return sums
