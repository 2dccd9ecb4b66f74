"""A matrix of who listens to whom, gone through from the bottom of the chart to its top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from queries.influence.ties import Ints, Ties
from queries.people import Floats
from queries.sorting import order_by

__all__ = ["Sweeps", "block_diagonal"]

_DOUBLINGS = 3
"""2³ ranks of a chart are told apart, from the top; what lies deeper is one with the lowest."""
_FEWEST, _MOST = 512, 16_384
"""Ranks at the top that hold fewer people together are one: a product by itself costs some microseconds.
Ranks that hold more are parts of at most so many, each of which already sees what came of the part before."""


@dataclass(frozen=True, slots=True)
class Sweeps:
    """T of each row of values (see `walks.Walk`), cut into the ranks of the chart, the lowest first.

    People are numbered by rank, inside a rank by how many listen to them: where rows of one length follow one
    another a processor foresees where each ends, and a product of short rows takes half the time. `order` is
    the old number of each new one, `parts` are first, end and matrix of each rank or piece of one (rows of
    values × people of it, by rows of values × people).

    T = L + N, where L holds the ties from one part to a later one: most of a chart, all influence that goes
    up and some between equals. It has no circles, so (I − L)⁻¹ is applied by going through the parts once,
    and one sweep, which costs a product with T, applies (I − L)⁻¹ N.
    """

    rows: int
    order: Ints
    parts: tuple[tuple[int, int, Any], ...]

    @classmethod
    def of(cls, values: Floats, ties: Ties) -> Sweeps:
        """The sweeps of each row of values, one value per tie. O(rows · ties)."""
        rows, people = len(values), ties.people
        matrix = block_diagonal(values, ties)
        rank = ranks(ties)
        order = by_rank_and_length(rank, matrix.indptr[: people + 1])
        place = np.empty(rows * people, dtype=np.int32)
        place[blocks(order, rows, people)] = np.arange(rows * people, dtype=np.int32)
        ranges = _cut(np.bincount(rank, minlength=1).tolist())
        moved = matrix[np.concatenate([blocks(order[first:end], rows, people) for first, end in ranges])]
        moved.indices = place.take(moved.indices)
        return cls(
            rows,
            order,
            tuple((first, end, _between(moved, rows * first, rows * end)) for first, end in ranges),
        )

    def carry(self, x: Floats, begins: Floats, scale: Floats) -> None:
        """Puts (I − L)⁻¹ (N x + scale · begins) in place of x, as (rows, people) in the new order.

        `scale` is one number per row. O(rows · ties).
        """
        for first, end, part in self.parts:
            carried = (part @ x.ravel()).reshape(self.rows, end - first)
            here = x[:, first:end]
            np.multiply(begins[:, first:end], scale[:, None], out=here)
            here += carried


def _cut(sizes: list[int]) -> list[tuple[int, int]]:
    """First and end of ranks that follow one another; the large ones come in pieces of about one size."""
    ranges, first = [], 0
    for size in sizes:
        pieces = -(-size // _MOST) or 1
        ranges += [
            (first + size * piece // pieces, first + size * (piece + 1) // pieces) for piece in range(pieces)
        ]
        first += size
    return ranges


def _between(matrix: Any, first: int, end: int) -> Any:
    """Rows of a csr matrix that follow one another, without a copy."""
    begin, close = matrix.indptr[first], matrix.indptr[end]
    part = slice(begin, close)
    starts = matrix.indptr[first : end + 1] - begin
    return csr_array((matrix.data[part], matrix.indices[part], starts), shape=(end - first, matrix.shape[1]))


def ranks(ties: Ties) -> Ints:
    """Each one's rank by the reporting lines among ties, 0 the lowest: a boss stands above his people.

    0 for all where there are no lines or few people. O(people + ties).
    """
    nobody = ties.people
    above = np.full(nobody + 1, nobody, dtype=np.int32)
    above[ties.listener[ties.formal]] = ties.heard[ties.formal]
    depth = (above < nobody).astype(np.int32)
    for _ in range(_DOUBLINGS):  # bosses, then theirs, then those four higher up
        depth += depth.take(above)
        above = above.take(above)
    held = np.cumsum(np.bincount(depth[:nobody], minlength=1))
    highest = np.searchsorted(held, min(_FEWEST, nobody))
    return np.asarray(depth.max() - np.maximum(depth[:nobody], highest), dtype=np.int32)


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


def by_rank_and_length(rank: Ints, starts: Ints) -> Ints:
    """The rows of a csr matrix by rank, then from the shortest to the longest, equal ones as they stand."""
    length = np.diff(starts)
    longest = int(length.max(initial=0)) + 1
    return order_by(rank * longest + length, size=(int(rank.max(initial=0)) + 1) * longest)
