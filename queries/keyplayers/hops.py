"""Distances among people in ties, from many people at once: breadth first, 64 starts to a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.people import Floats

__all__ = ["Distances", "Hops"]

Places = np.ndarray[Any, np.dtype[np.int64]]
Words = np.ndarray[Any, np.dtype[np.uint64]]

_WORD = 64
_BLOCK_WORDS = 1 << 21
"""Words that one level of the search touches at most, so that memory does not grow with the starts."""


@dataclass(frozen=True, slots=True)
class Distances:
    """For each person, over the starts that get to him, himself not: how many, Σ d, Σ d², Σ 1/d, Σ 1/d²."""

    reached: Floats
    hops: Floats
    hop_squares: Floats
    near: Floats
    near_squares: Floats


@dataclass(frozen=True, slots=True)
class Hops:
    """Who is one tie away from whom: every pair once, nobody from himself, sorted by (to, source)."""

    people: int
    source: Places
    to: Places

    @classmethod
    def of(cls, people: int, source: Places, to: Places) -> Hops:
        """The pairs of ties, in any order, parallel ones among them. O(ties log ties)."""
        pair = np.unique(to.astype(np.int64) * people + source)
        to, source = np.divmod(pair, max(people, 1))
        apart = to != source
        return cls(people, source[apart], to[apart])

    def both_ways(self) -> Hops:
        """The same ties whichever way they run."""
        ends = np.concatenate((self.source, self.to)), np.concatenate((self.to, self.source))
        return Hops.of(self.people, *ends)

    def turned(self) -> Hops:
        """Every tie the other way round."""
        return Hops.of(self.people, self.to, self.source)

    def without(self, gone: np.ndarray[Any, np.dtype[np.bool_]]) -> Hops:
        """The pairs of which nobody is gone. Who is gone stays in the numbering, apart from all."""
        left = ~(gone[self.source] | gone[self.to])
        return Hops(self.people, self.source[left], self.to[left])

    def distances(self, starts: Places) -> Distances:
        """How far everybody is from `starts`. O(starts/64 · ties · depth) time, numpy throughout."""
        totals = np.zeros((5, self.people))
        width = self._width(starts)
        for first in range(0, len(starts), width * _WORD):
            for distance, fresh in self._levels(starts[first : first + width * _WORD], width):
                count = np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
                totals += np.array([1, distance, distance**2, 1 / distance, 1 / distance**2])[:, None] * count
        return Distances(*totals)

    def near_from(self, starts: Places) -> Floats:
        """Σ 1/d from each of `starts` to everybody else. O(starts/64 · ties · depth + starts · people)."""
        near = np.zeros(len(starts))
        width = self._width(starts)
        for first in range(0, len(starts), width * _WORD):
            block = starts[first : first + width * _WORD]
            for distance, fresh in self._levels(block, width):
                near[first : first + len(block)] += (
                    _bits(fresh).sum(axis=0, dtype=np.int64)[: len(block)] / distance
                )
        return near

    def nearness(self, starts: Places, dtype: type[np.floating[Any]] = np.float64) -> Any:
        """How near each person (row) is to each of `starts` (column): 1/max(1, d), 0 where no way leads.

        O(starts/64 · ties · depth + starts · people · depth) time, one array of `dtype`.
        """
        found = np.zeros((self.people, len(starts)), dtype=dtype)
        found[starts, np.arange(len(starts))] = 1
        width = self._width(starts)
        for first in range(0, len(starts), width * _WORD):
            block = starts[first : first + width * _WORD]
            for distance, fresh in self._levels(block, width):
                met = _bits(fresh)[:, : len(block)].view(np.bool_)
                np.copyto(found[:, first : first + len(block)], dtype(1 / distance), where=met)
        return found

    def _width(self, starts: Places) -> int:
        """How many words of starts are searched at once."""
        return max(1, min(-(-len(starts) // _WORD), _BLOCK_WORDS // max(len(self.source), self.people, 1)))

    def _levels(self, starts: Places, width: int) -> Iterator[tuple[int, Words]]:
        """Distance by distance, who is met first by which start: bit s of a row says start s."""
        seen = np.zeros((self.people, width), dtype=np.uint64)
        place = np.arange(len(starts))
        bits = np.uint64(1) << (place % _WORD).astype(np.uint64)
        np.bitwise_or.at(seen, (starts, place // _WORD), bits)
        fresh, distance = seen.copy(), 0
        begin = np.flatnonzero(np.diff(self.to, prepend=-1))
        met = self.to[begin]
        while len(met):
            distance += 1
            joined = np.bitwise_or.reduceat(fresh[self.source], begin, axis=0)
            joined &= ~seen[met]
            if not joined.any():
                return
            fresh = np.zeros_like(seen)
            fresh[met] = joined
            seen[met] |= joined
            yield distance, fresh


def _bits(words: Words) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Rows of words as rows of bits, the lowest first."""
    return np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, bitorder="little")
