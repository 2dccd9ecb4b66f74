"""The influence map: level bands with people in staggered rows between two columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from viz.layout.boxes import Box, fit_scale
from viz.theme import SIDE_RADIUS

SIDE = 190.0
"""From the people's outermost place to the column of ours or theirs."""
EDGE, BAND_NAME = 120.0, 52.0
"""From a column, or the people where there is none, to the edge of the bands at least; and what the name of a
band takes of it at the left."""
BAND_GAP, BAND_PAD, BAND_HEAD, FIRST_HEAD = 24.0, 22.0, 58.0, 84.0
"""Ties between people of the first band arc above it."""
GAP_X, GAP_Y = 14.0, 18.0
ASIDE_HEAD, ASIDE_GAP = 130.0, 60.0
"""Left and right of the edge between the last band's people and those aside: labels and its name."""
READABLE = 0.58
"""At this scale names are nearly 13 pixels high."""
_WIDTHS = (700, 850, 1000, 1150, 1300, 1450, 1600, 1750, 1900, 2150, 2400)


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle to place: its radius and the size of its label; `room` is what it stands further apart."""

    id: str
    r: float
    label_width: float
    label_height: float
    room: float = 0.0

    @property
    def wide(self) -> float:
        """What it takes of a row by its label."""
        return self.label_width + self.room


@dataclass(frozen=True, slots=True)
class Bands:
    """Centres by id, the rectangle of each band, and the home of each label.

    A home is the free space below a circle that no other circle or home reaches. People stand between 0
    and `width`.
    """

    places: Mapping[str, tuple[float, float]]
    homes: Mapping[str, Box]
    rects: tuple[Box, ...]
    width: float
    height: float


def reach(label_widths: Iterable[float], room: float = 0.0) -> float:
    """How far the bands reach beyond the people where a column of marks with such labels stands, if any do;
    `room` is left free between the labels and the edge."""
    widest = max(label_widths, default=None)
    return EDGE if widest is None else SIDE + max(EDGE, widest / 2 + room)


def lay_bands(
    bands: Sequence[Sequence[Mark]], *, left: float = EDGE, right: float = EDGE, aside: int = 0
) -> Bands:
    """Places people, band by band from left to right, `left` and `right` of whom the bands reach on; the last
    `aside` marks of the last band get a rectangle of their own at its right end, the last of all.

    Of the layouts that leave names readable on the smallest screen, the one with room for labels beside
    the circles is taken, then the widest; where none does, the one that can be drawn largest. O(n).
    """
    least = max((mark.wide + GAP_X for band in bands for mark in band), default=200.0)
    side = left + right

    def worth(one: tuple[bool, Bands]) -> tuple[float, bool, float]:
        airy, laid = one
        scale = fit_scale(laid.width + side, laid.height + 2 * BAND_GAP)
        return (READABLE, airy, laid.width) if scale >= READABLE else (scale, False, 0.0)

    tried = [
        (airy, _laid(bands, max(float(width), least), airy, (left, right), aside))
        for airy in (True, False)
        for width in _WIDTHS
    ]
    return max(tried, key=worth)[1]


def _laid(
    bands: Sequence[Sequence[Mark]], width: float, airy: bool, beyond: tuple[float, float], aside: int
) -> Bands:
    places: dict[str, tuple[float, float]] = {}
    homes: dict[str, Box] = {}
    rects = []
    x0, x1 = -beyond[0], width + beyond[1]
    y = 0.0
    for place, band in enumerate(bands):
        top, y = y, y + (FIRST_HEAD if place == 0 else BAND_HEAD)
        last = place == len(bands) - 1
        main, apart = (band[: len(band) - aside], band[len(band) - aside :]) if last else (band, ())
        room = _aside_width(main, apart, width)
        for part, start, across in (
            (main, 0.0, width - room - (ASIDE_GAP if apart else 0.0)),
            (apart, width - room + ASIDE_HEAD, room - ASIDE_HEAD),
        ):
            down = y
            for row, height in _rows(part, across, airy and not last):
                above = down + max(mark.r for mark, _ in row)
                for mark, x in row:
                    places[mark.id] = (start + x, above)
                    homes[mark.id] = _home(mark, start + x, above)
                down += height
        y = max([y, *(homes[mark.id].y1 for mark in band)]) + BAND_PAD
        rects.append(Box(x0, top, x1, y))
        if apart:
            split = width - room
            rects[-1:] = [Box(x0, top, split, y), Box(split + BAND_GAP / 2, top, x1, y)]
        y += BAND_GAP
    return Bands(places, homes, tuple(rects), width, y - BAND_GAP if bands else 0.0)


def _home(mark: Mark, x: float, y: float) -> Box:
    top, half = y + mark.r + 5, mark.label_width / 2
    return Box(x - half, top, x + half, top + mark.label_height)


def _aside_width(main: Sequence[Mark], apart: Sequence[Mark], width: float) -> float:
    """What the people aside take of the width, in as many rows as the others: at most two fifths."""
    if not apart:
        return 0.0
    widest = max(max(mark.label_width, 2 * mark.r) for mark in (*main, *apart)) + GAP_X
    rows = max(1, -(-len(main) * widest // width))
    return float(min(ASIDE_HEAD + widest * -(-len(apart) // rows), 0.4 * width))


def _rows(band: Sequence[Mark], width: float, airy: bool) -> list[tuple[list[tuple[Mark, float]], float]]:
    """A band's rows: marks with their x, and how far down the next row begins.

    Neighbours alternate between the rows. Where a label fits between the circles next to it, rows need
    only be a label apart; else a whole circle and label.
    """
    if not band:
        return []
    radius, label = max(mark.r for mark in band), max(mark.wide for mark in band)
    widest = max(label, 2 * radius) + (2 * radius if airy else 0.0) + GAP_X
    count = int(max(1, -(-len(band) * widest // width)))
    rows: list[list[tuple[Mark, float]]] = [[] for _ in range(min(count, len(band)))]
    for place, mark in enumerate(band):
        rows[place % len(rows)].append((mark, width * (place + 0.5) / len(band)))
    interlocked = width / len(band) >= label / 2 + radius + GAP_X
    deep = 0.0 if interlocked else 2 * radius + 5
    return [(row, deep + max(mark.label_height for mark, _ in row) + GAP_Y) for row in rows]


def in_column(wanted: Mapping[str, float], heights: Mapping[str, float], top: float) -> dict[str, float]:
    """Heights of a column of marks near the ones wanted, none over another, none above `top`.

    Marks are merged into groups that stand around the mean of their wishes (isotonic regression by
    pooling adjacent violators). `heights`: what each mark with its label takes. O(n log n).
    """
    ids = sorted(wanted, key=lambda id_: (wanted[id_], id_))
    groups: list[tuple[list[str], float, float]] = []  # ids, mean wish of the group's top, height
    for id_ in ids:
        group = ([id_], max(wanted[id_], top), heights[id_])
        while groups and groups[-1][1] + groups[-1][2] > group[1]:
            before = groups.pop()
            size, more = len(before[0]), len(group[0])
            wish = (before[1] * size + (group[1] - before[2]) * more) / (size + more)
            group = (before[0] + group[0], max(wish, top), before[2] + group[2])
        groups.append(group)
    places: dict[str, float] = {}
    for members, start, _ in groups:
        at = start
        for id_ in members:
            places[id_] = at
            at += heights[id_]
    return places


def column_height(label_height: float) -> float:
    """What one of ours or theirs takes in a column: the mark, its label and the gap to the next."""
    return 2 * SIDE_RADIUS + 5 + label_height + GAP_Y
