"""Rectangles and circles of a drawing, and whether they touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere."""
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def grown(self, by: float) -> Box:
        """The box with a margin on all sides."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def overlaps(self, other: Box) -> bool:
        """Whether the insides of the two meet; touching sides do not."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True, slots=True)
class Circle:
    """A disc around (x, y)."""

    x: float
    y: float
    r: float

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.r, self.y - self.r, self.x + self.r, self.y + self.r)

    def overlaps(self, box: Box) -> bool:
        """Whether the disc and the inside of the box meet."""
        dx = max(box.x0 - self.x, 0.0, self.x - box.x1)
        dy = max(box.y0 - self.y, 0.0, self.y - box.y1)
        return dx * dx + dy * dy < self.r * self.r


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all; an empty one at the origin for none."""
    given = list(boxes)
    if not given:
        return Box(0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = zip(*given, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


SCREEN = (1366.0, 612.0)
"""What the smallest screen pictures are laid out for, 1366 × 768 pixels, leaves between the page's bars."""


def fit_scale(width: float, height: float) -> float:
    """The scale at which a drawing of this size fills the smallest screen."""
    return min(SCREEN[0] / max(width, 1.0), SCREEN[1] / max(height, 1.0))
