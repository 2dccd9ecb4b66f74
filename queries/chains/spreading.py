"""How far a purchase spreads in many worlds at once: who reaches a person, as bits of 64-bit words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from queries.chains.step_graph import Ints
from queries.draws import Words

__all__ = ["Layout"]

Places = np.ndarray[Any, np.dtype[np.int64]]

_MANY = 3
"""With more than one step in so many to look at, all are: they lie in a row in memory then."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Steps put in an order in which those of many people are read at once: the first step of each, the
    second of each, and so on.

    People are numbered by how many steps leave them, most first (`number` gives each one's), so that the
    people with an r-th step are the first ones. `order` gives the places of the steps before,
    `source` and `target` their ends by the new numbers, `cuts` where the r-th steps begin and end.
    """

    number: Places
    order: Places
    source: Places
    target: Places
    cuts: list[int]

    @classmethod
    def of(cls, source: Ints, target: Ints, size: int) -> Layout:
        """The layout of steps, in any order, between `size` people. O(steps log steps)."""
        degree = np.bincount(source, minlength=size)
        number = np.empty(size, dtype=np.int64)
        number[np.argsort(-degree, kind="stable")] = np.arange(size)
        by_source = np.argsort(source, kind="stable")
        rank = np.empty(len(source), dtype=np.int64)
        rank[by_source] = np.arange(len(source)) - (np.cumsum(degree) - degree)[source[by_source]]
        order = np.lexsort((number[source], rank))
        cuts = np.concatenate(([0], np.cumsum(np.bincount(rank)))) if len(source) else np.zeros(1, np.int64)
        return cls(number, order, number[source[order]], number[target[order]], cuts.tolist())

    def reaching(self, goal: int, carried: Words, valid: Words) -> Words:
        """In which worlds each person (by new number) reaches `goal` (by its old one), a row of words each.

        `carried` are the worlds in which each step carries, in the order of the layout; `valid` those that
        are worlds at all. Rows grow from the goal until nothing changes: while few people are new, over the
        steps that lead to them, else over all. O(steps · depth · words).
        """
        rows = np.zeros((len(self.number), len(valid)), dtype=np.uint64)
        goal = int(self.number[goal])
        rows[goal] = valid
        room = np.empty((self.cuts[1] if len(self.target) else 0, len(valid)), dtype=np.uint64)
        grown = np.zeros(len(rows), dtype=bool)
        grown[goal] = True
        while True:
            steps = np.flatnonzero(grown[self.target])
            if not len(steps):
                return rows
            if _MANY * len(steps) > len(self.target):
                grown = self._over_all(rows, carried, room)
            else:
                grown = self._over_some(steps, rows, carried)

    def _over_all(self, rows: Words, carried: Words, room: Words) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Lets rows grow over every step once and says which did."""
        before = rows.copy()
        for begin, end in pairwise(self.cuts):
            through = room[: end - begin]
            np.take(rows, self.target[begin:end], axis=0, out=through, mode="clip")
            through &= carried[begin:end]
            rows[: end - begin] |= through
        return np.asarray((rows != before).any(axis=1))

    def _over_some(self, steps: Places, rows: Words, carried: Words) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Lets rows grow over some steps and says which did."""
        steps = steps[np.argsort(self.source[steps], kind="stable")]
        source = self.source[steps]
        begin = np.flatnonzero(np.r_[True, source[1:] != source[:-1]])
        through = rows[self.target[steps]]
        through &= carried[steps]
        joined = np.bitwise_or.reduceat(through, begin, axis=0)
        people = source[begin]
        joined &= ~rows[people]
        rows[people] |= joined
        grown = np.zeros(len(rows), dtype=bool)
        grown[people] = joined.any(axis=1)
        return grown
