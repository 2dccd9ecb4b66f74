"""Dots that would lie on each other, moved to the nearest free place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

Point = tuple[float, float]
_RINGS = 60


def moved_apart(points: Sequence[Point], gap: float, least: float, most: float) -> list[Point]:
    """The points in order, each as near to its own place as those before it leave room.

    No two are nearer than `gap`, all lie between `least` and `most` in both directions; where there is no
    room at all, a point stays. O(points² · places tried).
    """
    taken: list[Point] = []
    for x, y in points:
        wanted = (min(max(x, least), most), min(max(y, least), most))
        free = (spot for spot in _around(wanted, gap / 2) if _within(spot, least, most))
        taken.append(next((spot for spot in free if _is_free(spot, taken, gap)), wanted))
    return taken


def _around(place: Point, step: float) -> Iterator[Point]:
    """A place, then rings of places around it, the nearest first."""
    yield place
    for ring in range(1, _RINGS):
        count = 6 * ring
        for turn in range(count):
            angle = 2 * pi * turn / count
            yield place[0] + ring * step * cos(angle), place[1] + ring * step * sin(angle)


def _within(spot: Point, least: float, most: float) -> bool:
    return all(least <= at <= most for at in spot)


def _is_free(spot: Point, taken: Sequence[Point], gap: float) -> bool:
    return all(hypot(spot[0] - x, spot[1] - y) >= gap for x, y in taken)
