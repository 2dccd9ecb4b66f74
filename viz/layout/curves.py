"""Curved ties as vis-network bends them, so that every picture of a map has the same lines."""

from __future__ import annotations

import math
from typing import NamedTuple

from viz.layout.boxes import Point


class Bend(NamedTuple):
    """How a curve leaves the straight line: clockwise ("curvedCW") or not, and how far."""

    clockwise: bool
    roundness: float

    @property
    def type(self) -> str:
        """The name vis-network has for it."""
        return "curvedCW" if self.clockwise else "curvedCCW"


def via_point(start: Point, end: Point, bend: Bend) -> Point:
    """The control point of the quadratic curve from start to end, by vis-network's own formula."""
    dx, dy = end[0] - start[0], start[1] - end[1]
    half = bend.roundness * 0.5
    turn = (half if bend.clockwise else -half) + 0.5
    angle = math.atan2(dy, dx) + turn * math.pi
    reach = (half + 0.5) * math.hypot(dx, dy)
    return start[0] + reach * math.sin(angle), start[1] + reach * math.cos(angle)


def on_curve(start: Point, via: Point, end: Point, t: float) -> Point:
    """The point of a quadratic curve at t from 0 to 1."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * start[0] + b * via[0] + c * end[0], a * start[1] + b * via[1] + c * end[1]


def leaves_at(start: Point, via: Point, end: Point, radius: float) -> float:
    """The t at which a curve that begins in the middle of a disc leaves it (0.5 if it never does)."""
    low, high = 0.0, 0.5
    if math.dist(on_curve(start, via, end, high), start) <= radius:
        return high
    for _ in range(24):
        middle = (low + high) / 2
        inside = math.dist(on_curve(start, via, end, middle), start) < radius
        low, high = (middle, high) if inside else (low, middle)
    return high


def part(start: Point, via: Point, end: Point, t0: float, t1: float) -> tuple[Point, Point, Point]:
    """The piece of a quadratic curve between two t, as start, control point and end."""
    first, last = on_curve(start, via, end, t0), on_curve(start, via, end, t1)

    def mixed(axis: int) -> float:
        a, b, c = start[axis], via[axis], end[axis]
        return (1 - t0) * (1 - t1) * a + (t0 * (1 - t1) + t1 * (1 - t0)) * b + t0 * t1 * c

    return first, (mixed(0), mixed(1)), last
