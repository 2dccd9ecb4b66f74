"""On how many shortest ways between others people stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from queries.keyplayers.hops import Hops, Places
from queries.people import Floats

__all__ = ["dependencies"]

_BLOCK = 1 << 18
"""Numbers of one table of people and starts at once: what the caches hold."""


def dependencies(ties: Hops, starts: Places) -> tuple[Floats, Floats]:
    """For each person, over `starts`: the sum of Brandes' dependencies and the sum of their squares.

    A start's dependency on a person is the part of its shortest ways to everybody else on which that
    person stands between. O(starts · ties · depth), many starts at once as columns of a table.

    Source: U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology
    25 (2001).
    """
    onward = _matrix(ties.to, ties.source, ties.people)
    back = _matrix(ties.source, ties.to, ties.people)
    total, squares = np.zeros(ties.people), np.zeros(ties.people)
    width = max(1, _BLOCK // max(ties.people, 1))
    for first in range(0, len(starts), width):
        found = _dependency(onward, back, starts[first : first + width])
        total += found.sum(axis=1)
        squares += (found * found).sum(axis=1)
    return total, squares


def _matrix(row: Places, column: Places, people: int) -> Any:
    return csr_array((np.ones(len(row)), (row, column)), shape=(people, people))


def _dependency(onward: Any, back: Any, starts: Places) -> Floats:
    """The dependency of each start (column) on each person (row)."""
    people, columns = onward.shape[0], np.arange(len(starts))
    distance = np.full((people, len(starts)), -1, dtype=np.int32)
    ways = np.zeros(distance.shape)
    distance[starts, columns], ways[starts, columns] = 0, 1
    front, far = ways.copy(), 0
    while front.any():
        far += 1
        front = (onward @ front) * (distance < 0)
        distance[front > 0] = far
        ways += front
    # From the farthest inwards: who is one step nearer carries his part of the ways of those behind him.
    inverse = np.divide(1.0, ways, out=np.zeros_like(ways), where=ways > 0)
    carried = np.zeros_like(ways)
    for level in range(far - 1, 0, -1):
        behind = (distance == level) * (1 + carried) * inverse
        carried += (distance == level - 1) * (back @ behind) * ways
    carried[starts, columns] = 0
    return carried
