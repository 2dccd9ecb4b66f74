"""Where labels stand: the best of eight spots around each circle, never over a circle or another label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from viz.layout.boxes import Box, Circle

Points = np.ndarray[Any, np.dtype[np.float64]]
_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A label's box and how its text is aligned in it."""

    box: Box
    align: str


def place_labels(
    circles: Mapping[str, Circle],
    homes: Mapping[str, Box],
    within: Mapping[str, Box],
    taken: Sequence[Box],
    lines: Points,
) -> dict[str, Spot]:
    """A spot for every circle's label.

    Parameters
    ----------
    circles : all circles by id, in the order in which labels choose: the most important first.
    homes : by id, the box below the circle that is free of circles and other homes; a label takes it if
        nothing better is free, so there is always a spot.
    within : the box a label must stay in, by id.
    taken : boxes no label may cover unless it is at home, such as badges.
    lines : (p, 2) points of the ties; a spot is better the fewer of them it covers.

    Notes
    -----
    Greedy: a label may not enter the home of one that has not chosen yet. O(labels · (labels + points)).
    """
    discs = list(circles.values())
    open_homes = dict(homes)
    chosen: dict[str, Spot] = {}
    for id_, circle in circles.items():
        home = open_homes.pop(id_)
        walls = [*taken, *open_homes.values(), *(spot.box for spot in chosen.values())]
        best, least = Spot(home, "center"), _cost(home, taken, lines)
        for dislike, spot in _spots(circle, home):
            cost = dislike + _cost(spot.box, (), lines)
            if cost >= least or not _inside(spot.box, within[id_]):
                continue
            if any(spot.box.overlaps(wall) for wall in walls):
                continue
            if any(disc.overlaps(spot.box) for disc in discs):
                continue
            best, least = spot, cost
        chosen[id_] = best
    return chosen


def _cost(box: Box, taken: Sequence[Box], lines: Points) -> float:
    covered = np.count_nonzero(
        (lines[:, 0] > box.x0) & (lines[:, 0] < box.x1) & (lines[:, 1] > box.y0) & (lines[:, 1] < box.y1)
    )
    return float(covered) + 12.0 * sum(box.overlaps(other) for other in taken)


def _inside(box: Box, wall: Box) -> bool:
    return wall.x0 <= box.x0 and box.x1 <= wall.x1 and wall.y0 <= box.y0 and box.y1 <= wall.y1


def _spots(circle: Circle, home: Box) -> list[tuple[float, Spot]]:
    """Spots beside the circle, each with how much it is disliked (in points of line covered)."""
    w, h, r = home.width, home.height, circle.r + _GAP
    x, y, aside = circle.x, circle.y, (circle.r + _GAP) * 0.75
    return [
        (0.5, Spot(Box(x + r, y - h / 2, x + r + w, y + h / 2), "left")),
        (0.6, Spot(Box(x - r - w, y - h / 2, x - r, y + h / 2), "right")),
        (1.0, Spot(Box(x - w / 2, y - r - h, x + w / 2, y - r), "center")),
        (1.5, Spot(Box(x + aside, y + aside, x + aside + w, y + aside + h), "left")),
        (1.5, Spot(Box(x - aside - w, y + aside, x - aside, y + aside + h), "right")),
        (2.0, Spot(Box(x + aside, y - aside - h, x + aside + w, y - aside), "left")),
        (2.0, Spot(Box(x - aside - w, y - aside - h, x - aside, y - aside), "right")),
    ]
