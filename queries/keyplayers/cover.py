"""Choosing a few people who together are near many: all sets tried, or greedily with a known bound."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import Any

import numpy as np

from queries.people import Floats

__all__ = ["Cover"]

Places = np.ndarray[Any, np.dtype[np.int64]]
_BLOCK = 1 << 20
_DECIMALS = 9
"""Sums that differ by less differ by the order of additions only."""


@dataclass(frozen=True, slots=True)
class Cover:
    """How near each candidate (row) is to each person to be near to (column), 0–1.

    A set's joint nearness is Σ over columns of the largest of its rows: monotone, and each further row
    adds less the more are there (submodular).
    """

    near: np.ndarray[Any, np.dtype[np.floating[Any]]]

    def joint(self, rows: Places) -> float:
        """The joint nearness of a set."""
        return float(self.near[rows].max(axis=0, initial=0.0).sum(dtype=np.float64))

    def best(self, size: int) -> Places:
        """The best set of so many rows, of equal ones the first: all are tried. O(rows^size · columns)."""
        sets = np.array(list(combinations(range(len(self.near)), size)), dtype=np.int64).reshape(-1, size)
        at_once = max(1, _BLOCK // max(self.near.shape[1] * size, 1))
        worth = [
            self.near[sets[first : first + at_once]].max(axis=1).sum(axis=1, dtype=np.float64)
            for first in range(0, len(sets), at_once)
        ]
        best = int(np.argmax(np.round(np.concatenate(worth), _DECIMALS)))
        return self.in_order(sets[best])

    def in_order(self, rows: Places) -> Places:
        """A set in the order in which its rows add most, equal ones by position."""
        part = Cover(self.near[rows])
        return np.asarray(rows[part.greedy(len(rows))])

    def greedy(self, most: int) -> Places:
        """Up to `most` rows, each the one that adds most to those before it; equal ones by position.

        A row adds no more later than it did before, so only rows whose last known gain is the largest are
        looked at again. At least 1 − (1 − 1/k)^k ≥ 1 − 1/e of the best k rows.
        Sources: Nemhauser, Wolsey & Fisher, Mathematical Programming 14 (1978); Minoux 1978; Kempe,
        Kleinberg & Tardos, KDD 2003.
        """
        held = np.zeros(self.near.shape[1])
        alone = self.near.sum(axis=1, dtype=np.float64).tolist()
        gains = [(-round(worth, _DECIMALS), place) for place, worth in enumerate(alone)]
        heapify(gains)
        chosen: list[int] = []
        known = dict.fromkeys(range(len(self.near)), 0)
        while gains and len(chosen) < most:
            _, place = heappop(gains)
            if known[place] < len(chosen):
                known[place] = len(chosen)
                heappush(gains, (-round(float(self._gain(place, held)), _DECIMALS), place))
            else:
                chosen.append(place)
                np.maximum(held, self.near[place], out=held)
        return np.array(chosen, dtype=np.int64)

    def ceiling(self, rows: Places) -> float:
        """What no set of as many rows can surpass: the joint nearness and the largest gains beside it."""
        held = self.near[rows].max(axis=0, initial=0.0)
        gains = np.sort(self._gains(held))
        return min(float(held.sum()) + float(gains[::-1][: len(rows)].sum()), float(self.near.shape[1]))

    def _gain(self, place: int, held: Floats) -> float:
        return float(np.maximum(self.near[place] - held, 0.0).sum())

    def _gains(self, held: Floats) -> Floats:
        """What each row adds, a block of rows at a time."""
        at_once = max(1, _BLOCK // max(self.near.shape[1], 1))
        parts = [
            np.maximum(self.near[first : first + at_once] - held, 0.0).sum(axis=1)
            for first in range(0, len(self.near), at_once)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)
