"""How ties bend: over the labels, apart from each other, around the circles that stand in their way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from viz.layout.boxes import Circle
from viz.layout.curves import Bend, on_curve, via_point

USUAL, FLAT = 0.12, 0.22
_STEP = 0.1
"""How much more each further tie of the same two people bends."""
_MARGIN = 5.0
_SAMPLES = 20


def bends(
    ends: Sequence[tuple[str, str]], circles: Mapping[str, Circle], ceiling: float = -np.inf
) -> list[Bend]:
    """A bend for each tie, in the order given. O(ties · circles).

    Ties from left to right bend clockwise and the others the other way, so that both arc upwards, flat
    ones higher. Where that would run through somebody's circle or above the `ceiling`, the other side or a
    wider arc is taken.
    """
    ids = list(circles)
    place = {id_: row for row, id_ in enumerate(ids)}
    discs = np.array([(c.x, c.y, c.r + _MARGIN) for c in circles.values()], dtype=np.float64).reshape(-1, 3)
    used: Counter[tuple[str, str, bool]] = Counter()
    found = []
    for source, target in ends:
        start, end = circles[source], circles[target]
        flat = abs(end.y - start.y) < 140
        usual = FLAT if flat else USUAL
        up = end.x >= start.x
        pair = (min(source, target), max(source, target))
        choices = [
            (up, usual),
            (not up, usual),
            (up, usual + 0.12),
            (not up, usual + 0.12),
            (up, usual + 0.25),
        ]
        best, least = Bend(up, usual), float("inf")
        others = np.ones(len(ids), dtype=bool)
        others[[place[source], place[target]]] = False
        for rank, (clockwise, roundness) in enumerate(choices):
            # A way back that turns the other way lies on the same side as the way there.
            side = clockwise == (source < target)
            bend = Bend(clockwise, roundness + _STEP * used[(*pair, side)])
            points = _sampled(start, end, bend)
            cost = rank + 4.0 * _hits(points, discs[others]) + 6.0 * used[(*pair, side)]
            cost += 3.0 * bool(points[:, 1].min() < ceiling)
            if cost < least:
                best, least = bend, cost
        used[(*pair, best.clockwise == (source < target))] += 1
        found.append(best)
    return found


Array = np.ndarray[Any, np.dtype[np.float64]]


def _sampled(start: Circle, end: Circle, bend: Bend) -> Array:
    a, b = (start.x, start.y), (end.x, end.y)
    via = via_point(a, b, bend)
    return np.array([on_curve(a, via, b, step / _SAMPLES) for step in range(1, _SAMPLES)])


def _hits(points: Array, discs: Array) -> int:
    """How many circles the curve runs through."""
    apart = (points[:, None, :] - discs[None, :, :2]) ** 2
    inside = apart.sum(axis=2) < discs[:, 2] ** 2
    return int(inside.any(axis=0).sum())
