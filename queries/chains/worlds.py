"""Worlds: which steps carry and which do not, many at once as bits of 64-bit words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from queries.chains.spreading import Layout
from queries.chains.step_graph import Ints
from queries.draws import GAMMA, Words, mix
from queries.people import Floats

__all__ = ["in_all_worlds", "in_drawn_worlds"]

Counts = np.ndarray[Any, np.dtype[np.int64]]

_ALL = np.uint64(2**64 - 1)
_WORD = 64
_IN_A_WORD = 6
_PATTERNS = np.array(
    [sum(1 << bit for bit in range(_WORD) if bit >> step & 1) for step in range(_IN_A_WORD)], dtype=np.uint64
)
"""Bit b of pattern s says whether step s carries in world b."""


def in_all_worlds(source: Ints, target: Ints, probability: Floats, size: int, goal: int) -> Floats:
    """The probability that each of `size` nodes reaches `goal`, over all 2^m worlds of the m uncertain steps.

    Bit w of a row says whether the node reaches the goal in world w; rows grow from the goal backwards
    until nothing changes. O(2^m · (steps · depth / 64 + nodes)) time, 2^m / 8 bytes a node.
    """
    uncertain = np.flatnonzero(probability < 1)
    chances = probability[uncertain].tolist()
    chances += [0.0] * (_IN_A_WORD - len(chances))  # steps that never carry, to fill a word
    words = 2 ** len(chances) // _WORD
    carries: list[Words | None] = [None] * len(source)
    for place, step in enumerate(uncertain.tolist()):
        carries[step] = _pattern(place, words)
    rows = {goal: np.full(words, _ALL)}
    grown = True
    while grown:
        grown = False
        for step, (from_, to) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
            if to in rows:
                carried = carries[step]
                through = rows[to] if carried is None else rows[to] & carried
                before = rows.get(from_)
                joined = through if before is None else before | through
                if before is None or (joined != before).any():
                    rows[from_] = joined
                    grown = True
    reached = np.zeros(size)
    for node, row in rows.items():
        reached[node] = _expected(row, chances)
    return reached


def _pattern(place: int, words: int) -> Words:
    if place < _IN_A_WORD:
        return np.full(words, _PATTERNS[place])
    on = np.arange(words) >> (place - _IN_A_WORD) & 1
    return np.where(on == 1, _ALL, np.uint64(0))


def _expected(row: Words, chances: Sequence[float]) -> float:
    """The probability of the worlds of a row: folded over one step after the other."""
    octets = row.astype("<u8").view(np.uint8)
    bits = (np.arange(256)[:, None] >> np.arange(8) & 1).astype(np.float64)
    worlds = _folded(bits, chances[:3])[:, 0][octets]
    return float(_folded(worlds[None, :], chances[3:])[0, 0])


def _folded(worlds: Floats, chances: Sequence[float]) -> Floats:
    for chance in reversed(chances):
        without, carried = np.split(worlds, 2, axis=1)
        worlds = without + (carried - without) * chance
    return worlds


PLANES = 32
"""Bits of the random number a step's probability is compared with."""
_FULL_PLANES = 8
_CHUNK_WORDS = 2**16
_BLOCK_WORDS = 2**19


def in_drawn_worlds(
    source: Ints,
    target: Ints,
    probability: Floats,
    keys: Words,
    size: int,
    goals: Sequence[int],
    draws: int,
) -> Counts:
    """In how many of `draws` worlds each of `size` nodes reaches each goal, as (goals, nodes).

    Whether a step carries in a draw is a hash of its key and the draw (see `_carried`), so taking a step
    away changes nothing for the others.
    O(draws/64 · steps · (hashes + depth · goals)), numpy throughout.
    """
    counts = np.zeros((len(goals), size), dtype=np.int64)
    words = -(-draws // _WORD)
    width = max(1, min(words, _BLOCK_WORDS // max(1, len(source))))
    layout = Layout.of(source, target, size)
    keys = keys[layout.order]
    thresholds = np.rint(probability * 2.0**PLANES).astype(np.uint64)[layout.order]
    for first in range(0, words, width):
        block = range(first, min(first + width, words))
        carried = _carried(keys, thresholds, block)
        valid = np.full(len(block), _ALL)
        if block.stop == words and draws % _WORD:
            valid[-1] = np.uint64(2 ** (draws % _WORD) - 1)
        for place, goal in enumerate(goals):
            rows = layout.reaching(goal, carried, valid)
            counts[place] += np.bitwise_count(rows).sum(axis=1, dtype=np.int64)[layout.number]
    return counts


def _carried(keys: Words, thresholds: Words, block: range) -> Words:
    """Bits that say in which draws each step carries, as (steps, words of the block).

    Bit d of word w compares a 32-bit number with the step's threshold, bit plane by bit plane from the
    highest, plane i of 64 numbers at once being splitmix64's output 32·w + i from the state `key`.
    After a few planes nearly all numbers are decided, and only words with undecided ones go on.

    Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    carried = np.empty((len(keys), len(block)), dtype=np.uint64)
    at = np.array([_ahead(word * PLANES) for word in block])
    height = max(1, _CHUNK_WORDS // len(block))
    for top in range(0, len(keys), height):
        rows = slice(top, top + height)
        carried[rows] = _compared(keys[rows, None] + at, thresholds[rows])
    return carried


def _compared(states: Words, thresholds: Words) -> Words:
    certain = thresholds >> np.uint64(PLANES) == 1
    less = np.where(certain, _ALL, np.uint64(0))[:, None].repeat(states.shape[1], axis=1)
    even = ~less
    for plane, wanted in enumerate(_planes(thresholds)):
        if plane == _FULL_PLANES:
            break
        _decide(states, plane, wanted[:, None], less, even)
    less, even = less.ravel(), even.ravel()
    open_ = np.flatnonzero(even)
    row = open_ // states.shape[1]
    states, left, undecided = states.ravel()[open_], less[open_], even[open_]
    for plane, wanted in enumerate(_planes(thresholds)):
        if plane < _FULL_PLANES:
            continue
        _decide(states, plane, wanted[row], left, undecided)
        less[open_] = left
        on = np.flatnonzero(undecided)
        if not len(on):
            break
        open_, row, states, left, undecided = open_[on], row[on], states[on], left[on], undecided[on]
    return less.reshape(len(thresholds), -1)


def _planes(thresholds: Words) -> Iterator[Words]:
    """Bit after bit of each threshold from the highest, as words of all ones or zeros."""
    for plane in range(PLANES):
        yield np.uint64(0) - (thresholds >> np.uint64(PLANES - 1 - plane) & np.uint64(1))


def _decide(states: Words, plane: int, wanted: Words, less: Words, even: Words) -> None:
    """One more bit of each number: 0 where the threshold has 1 makes it less, 1 where it has 0 greater."""
    bits = states + _ahead(plane + 1)
    spare = np.empty_like(bits)
    mix(bits, spare)
    np.bitwise_xor(bits, wanted, out=bits)  # where number and threshold differ in this bit
    np.bitwise_and(bits, even, out=spare)
    even ^= spare
    spare &= wanted
    less |= spare


def _ahead(outputs: int) -> np.uint64:
    """What so many outputs of splitmix64 add to its state."""
    return np.uint64(outputs * int(GAMMA) % 2**64)
