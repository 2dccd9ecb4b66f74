"""Where accounts stand on the channel map: columns by depth, goods flow to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["HEIGHT", "WIDTH", "Bow", "ChannelLayout", "lay_channels"]

WIDTH, HEIGHT = 252.0, 62.0
"""A card."""
_ACROSS, _DOWN, _MARGIN = 130.0, 34.0, 12.0
_SWEEPS = 4
_BULGE = 60.0
_BESIDE = 22.0


@dataclass(frozen=True, slots=True)
class Bow:
    """A line from card to card as a cubic curve (eight numbers), and where its words stand."""

    points: tuple[float, float, float, float, float, float, float, float]
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChannelLayout:
    """The upper left corner of each card, the line of each pair in the order given, and the whole size."""

    places: Mapping[str, tuple[float, float]]
    lines: Sequence[Bow]
    width: float
    height: float


def lay_channels(depths: Mapping[str, int | None], links: Sequence[tuple[str, str]]) -> ChannelLayout:
    """Cards in a column per depth, those no goods reach in the last; within a column near whom they are
    linked with. O(sweeps · (links + accounts log accounts)).

    `depths`: the depth of each account, in the order in which equal ones stand. Links to accounts that are
    not there raise KeyError. Source of the sweeps: the barycentre
    heuristic of Sugiyama, Tagawa & Toda (1981).
    """
    last = max((depth for depth in depths.values() if depth is not None), default=-1) + 1
    column = {id_: last if depth is None else depth for id_, depth in depths.items()}
    used = sorted(set(column.values()))
    columns = [[id_ for id_ in depths if column[id_] == place] for place in used]
    _untangled(columns, links)
    tallest = max(map(len, columns), default=0)
    places = {}
    for across, ids in enumerate(columns):
        top = _MARGIN + (tallest - len(ids)) * (HEIGHT + _DOWN) / 2
        for down, id_ in enumerate(ids):
            places[id_] = (_MARGIN + across * (WIDTH + _ACROSS), top + down * (HEIGHT + _DOWN))
    bulge = _BULGE if any(column[source] == column[target] for source, target in links) else 0
    width = 2 * _MARGIN + len(columns) * WIDTH + max(0, len(columns) - 1) * _ACROSS + bulge
    height = 2 * _MARGIN + tallest * HEIGHT + max(0, tallest - 1) * _DOWN
    return ChannelLayout(places, _lines(places, links), width, height)


def _untangled(columns: list[list[str]], links: Sequence[tuple[str, str]]) -> None:
    """Sorts each column by the middle of its neighbours' places, to and fro."""
    near: dict[str, list[str]] = {id_: [] for ids in columns for id_ in ids}
    for source, target in links:
        near[source].append(target)
        near[target].append(source)
    for sweep in range(_SWEEPS):
        for ids in columns if sweep % 2 == 0 else reversed(columns):
            place = {id_: down - (len(each) - 1) / 2 for each in columns for down, id_ in enumerate(each)}
            middle = {
                id_: sum(place[other] for other in near[id_]) / len(near[id_]) if near[id_] else place[id_]
                for id_ in ids
            }
            ids.sort(key=middle.__getitem__)


def _lines(places: Mapping[str, tuple[float, float]], links: Sequence[tuple[str, str]]) -> list[Bow]:
    """Links of a pair leave beside each other, so that one there and one back are two lines."""
    drawn: dict[frozenset[str], int] = {}
    lines = []
    for source, target in links:
        pair = frozenset((source, target))
        nth = drawn.get(pair, 0)
        drawn[pair] = nth + 1
        lines.append(_bow(places[source], places[target], nth))
    return lines


def _bow(start: tuple[float, float], end: tuple[float, float], nth: int) -> Bow:
    (x0, y0), (x3, y3) = start, end
    aside = min(_BESIDE * nth, HEIGHT / 2)
    y0, y3 = y0 + HEIGHT / 2 + aside, y3 + HEIGHT / 2 + aside
    if x0 < x3:  # with the goods: from right side to left side
        x0 += WIDTH
        x1, x2 = x0 + (x3 - x0) / 2, x3 - (x3 - x0) / 2
    elif x0 > x3:  # against them
        x3 += WIDTH
        x1, x2 = x0 - (x0 - x3) / 2, x3 + (x0 - x3) / 2
    else:  # within a column, round the right side
        x0, x3 = x0 + WIDTH, x3 + WIDTH
        x1 = x2 = x0 + _BULGE
    at = 0.5 if nth == 0 else 0.28  # words of two lines of a pair stand apart
    label = tuple(
        (1 - at) ** 3 * a + 3 * (1 - at) ** 2 * at * b + 3 * (1 - at) * at**2 * c + at**3 * d
        for a, b, c, d in ((x0, x1, x2, x3), (y0, y0, y3, y3))
    )
    return Bow((x0, y0, x1, y0, x2, y3, x3, y3), (label[0], label[1]))
