"""Random draws over edges that depend on nothing but the edge's id: same on every store, run and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.enums import Kind

__all__ = ["GAMMA", "edge_keys", "happens", "mix"]

Words = np.ndarray[Any, np.dtype[np.uint64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_ID_BYTES = 64
GAMMA = np.uint64(0x9E3779B97F4A7C15)
"""What splitmix64 adds to its state before each output."""
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))


def edge_keys(kind: Kind, ids: Sequence[str]) -> Words:
    """One 64-bit word per edge (or node), made of its kind and id. O(edges)."""
    keys = np.zeros(len(ids), dtype=np.uint64)
    for column in _words([kind]).T:
        keys = _mixed(keys ^ column)
    for column in _words(ids).T:
        keys = _mixed(keys ^ column)
    return keys


def happens(keys: Words, draws: range, probability: float, seed: int = 0) -> Bools:
    """Whether each edge is struck in each draw, as (draws, edges). O(draws · edges).

    An edge's bits are a hash (splitmix64) of its key, the draw and the seed, so that taking one edge
    away changes nothing for the others.

    Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    rounds = _mixed(np.arange(draws.start, draws.stop, dtype=np.uint64) ^ np.uint64(seed))
    bits = _mixed(keys[None, :] ^ rounds[:, None])
    return np.asarray((bits >> np.uint64(11)) < np.uint64(round(probability * 2.0**53)))


def _words(texts: Sequence[str]) -> Words:
    """ASCII texts of at most 64 characters as rows of eight words, the same on every machine."""
    letters = np.array(texts, dtype=f"S{_ID_BYTES}")
    return letters.view("<u8").reshape(len(texts), _ID_BYTES // 8).astype(np.uint64)


def _mixed(words: Words) -> Words:
    mixed = words + GAMMA
    mix(mixed, np.empty_like(mixed))
    return mixed


def mix(words: Words, spare: Words) -> None:
    """splitmix64's output of its states, in place; `spare` is room of the same shape."""
    np.right_shift(words, _SHIFTS[0], out=spare)
    for shift, factor in zip(_SHIFTS[1:], _FACTORS, strict=True):
        words ^= spare
        words *= factor
        np.right_shift(words, shift, out=spare)
    words ^= spare
