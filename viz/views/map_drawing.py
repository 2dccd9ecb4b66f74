"""The geometry of the influence map: circles, columns, curves and labels of what was chosen to be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from models.enums import Level, NodeKind
from models.findings.chains import Chain
from models.graph import AccountGraph
from viz.labels import label
from viz.layout.bands import BAND_NAME, SIDE, Bands, Mark, column_height, in_column, lay_bands, reach
from viz.layout.boxes import Box, Circle, Point, around, fit_scale
from viz.layout.curves import Bend, on_curve, via_point
from viz.layout.order import Person, in_order
from viz.layout.routes import bends
from viz.layout.spots import Points, Spot, place_labels
from viz.layout.widths import cut
from viz.texts import texts
from viz.theme import (
    JOB_SIZE,
    LIGHT,
    NAME_SIZE,
    SIDE_RADIUS,
    STROKES,
    UNCONFIRMED_OPACITY,
    circle_radius,
)
from viz.views.map_sides import (
    JOB_ROOM,
    JOB_ROOM_OF_MANY,
    MANY,
    NAME_ROOM,
    label_size,
    name_of,
    side,
)
from viz.views.people import Fields, Roster

Row = dict[str, Any]
MARGIN = 24.0
HIDDEN_RING, CHAIN_RING = 12.0, 6.0
LEAST_NAME = 11.5
"""Pixels a name should be tall when the whole map is on the smallest screen."""
GROWTHS = (1.0, 1.1, 1.2, 1.3, 1.4)
"""How many times as large as usual labels may be laid out to be so."""
DISC = 17.0
"""Radius of the numbered discs of the chain."""
SAMPLES = 24
_BESIDE = (("ours", BAND_NAME), ("rival", MARGIN / 2))
GROUPS = "groups"
"""The level of a mark that stands for a group of people: these have the lowest band."""
GROUP_ROOM = 180.0
"""What groups stand further apart: the ties of all of them begin and end there."""
_BANDS: tuple[str | None, ...] = (*(str(level) for level in reversed(Level)), None, GROUPS)
_LEVELS = {str(level): level for level in Level}


class MapDrawing:
    """Where everything on the map stands. `shown`: contacts, the most important first; `ties`: rows."""

    def __init__(
        self,
        graph: AccountGraph,
        people: Roster,
        shown: Sequence[str],
        ties: Sequence[Row],
        chain: Chain | None,
        lang: str,
    ) -> None:
        self._graph, self._people, self._shown, self._ties = graph, people, shown, ties
        self._lang = lang
        self._steps = {id_: place for place, id_ in enumerate(chain.path, 1)} if chain else {}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of everybody a tie can end at, by id."""
        found = {row["id"]: row["name"] for row in self._people.fields}
        for kind in (NodeKind.MEMBER, NodeKind.RIVAL):
            table = self._graph.nodes[kind]
            found |= {id_: name_of(table, id_, self._lang)[0] for id_ in table.ids}
        return found

    @cached_property
    def _sides(self) -> dict[str, Fields]:
        """Our people and the competitors' that have a tie on the map."""
        ends = {"knows": (NodeKind.MEMBER, "ours"), "courts": (NodeKind.RIVAL, "rival")}
        found: dict[str, Fields] = {}
        for row in self._ties:
            if row["kind"] in ends:
                node_kind, kind = ends[row["kind"]]
                found.setdefault(row["from"], side(self._graph, node_kind, row["from"], kind, self._lang))
        return dict(sorted(found.items()))

    @cached_property
    def _levels(self) -> list[tuple[str | None, list[str]]]:
        """The bands from top to bottom with their people, empty ones left out."""
        of_level: dict[str | None, list[str]] = {level: [] for level in _BANDS}
        for id_ in self._shown:
            of_level[self._people.of(id_)["level"]].append(id_)
        return [(level, ids) for level, ids in of_level.items() if ids]

    @cached_property
    def _order(self) -> list[list[str]]:
        """The people of each band from left to right; those aside at the end of the last."""
        ties: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        pulls: dict[str, dict[str, float]] = {"knows": defaultdict(float), "courts": defaultdict(float)}
        for row in self._ties:
            weight = 0.3 + (row["weight"] if row["weight"] is not None else 0.5)
            if row["kind"] in pulls:
                pulls[row["kind"]][row["to"]] += weight / 2
            else:
                ties[row["from"]][row["to"]] += weight
                ties[row["to"]][row["from"]] += weight
        bands = [
            [
                Person(
                    id_, self._people.of(id_)["department"] or "", pulls["knows"][id_], pulls["courts"][id_]
                )
                for id_ in ids
            ]
            for _, ids in self._levels
        ]
        order = in_order(bands, ties, [level == Level.DECISION for level, _ in self._levels])
        if self._aside:
            unknown = order.pop()
            order[-1] = [*order[-1], *unknown]
        return order

    @cached_property
    def _laid(self) -> tuple[float, Bands]:
        """How large the labels are, and the bands: the least growth that keeps names readable when the whole
        map is on the smallest screen, else the one that draws them largest."""
        best = (0.0, 1.0, Bands({}, {}, (), 0.0, 0.0))
        for grown in GROWTHS:
            marks = [[self._mark(id_, grown) for id_ in band] for band in self._order]
            left, right = (reach(self._widths(kind, grown), room) for kind, room in _BESIDE)
            laid = lay_bands(marks, left=left, right=right, aside=self._aside)
            frame = around(laid.rects).grown(MARGIN)
            tall = NAME_SIZE * grown * fit_scale(frame.width, frame.height)
            if tall > best[0]:
                best = (tall, grown, laid)
            if tall >= LEAST_NAME:
                break
        return best[1:]

    def _widths(self, kind: str, grown: float) -> list[float]:
        """How wide the labels of ours or of the competitors' are."""
        rows = (row for row in self._sides.values() if row["kind"] == kind)
        return [label_size(row, self._job_room, grown)[0] for row in rows]

    @property
    def _layout(self) -> Bands:
        return self._laid[1]

    @property
    def _aside(self) -> int:
        """How many people of unknown level stand at the end of the lowest band instead of below it."""
        level, ids = self._levels[-1] if self._levels else (None, [])
        return len(ids) if level is None and len(self._levels) > 1 else 0

    @property
    def _job_room(self) -> float:
        return JOB_ROOM if len(self._shown) <= MANY else JOB_ROOM_OF_MANY

    def _size(self, fields: Fields) -> tuple[float, float]:
        return label_size(fields, self._job_room, self._laid[0])

    def _radius(self, id_: str) -> float:
        row = self._people.of(id_)
        return circle_radius(row.get("size", row["score"]) or 0.0)

    def _reach(self, id_: str) -> float:
        """The radius with the rings around the circle, which labels keep clear of."""
        row = self._people.of(id_)
        ring = HIDDEN_RING if row["hidden"] else CHAIN_RING if id_ in self._steps else 0.0
        return self._radius(id_) + ring

    def _mark(self, id_: str, grown: float) -> Mark:
        width, height = label_size(self._people.of(id_), self._job_room, grown)
        room = GROUP_ROOM if self._people.of(id_)["level"] == GROUPS else 0.0
        return Mark(id_, self._reach(id_), width, height, room)

    @cached_property
    def places(self) -> dict[str, Point]:
        """The centre of every mark by id."""
        layout = self._layout
        found: dict[str, Point] = {id_: layout.places[id_] for id_ in self._shown}
        for kind, x in (("ours", -SIDE), ("rival", layout.width + SIDE)):
            column = [id_ for id_, row in self._sides.items() if row["kind"] == kind]
            heights = {id_: column_height(self._size(self._sides[id_])[1]) for id_ in column}
            wanted = {id_: self._pull(id_) - SIDE_RADIUS for id_ in column}
            for id_, top in _centred(in_column(wanted, heights, 30.0), heights, layout.height).items():
                found[id_] = (x, top + SIDE_RADIUS)
        return found

    def _pull(self, id_: str) -> float:
        """The mean height of a member's or rival's contacts, by weight."""
        total = weighed = 0.0
        for row in self._ties:
            if row["from"] == id_:
                weight = 0.1 + (row["weight"] or 0.0)
                total += weight
                weighed += weight * self._layout.places[row["to"]][1]
        return weighed / total

    @cached_property
    def _circles(self) -> dict[str, Circle]:
        found = {id_: Circle(*self.places[id_], self._radius(id_)) for id_ in self._shown}
        return found | {id_: Circle(*self.places[id_], SIDE_RADIUS) for id_ in self._sides}

    @cached_property
    def _bends(self) -> list[Bend]:
        return bends([(row["from"], row["to"]) for row in self._ties], self._circles, ceiling=0.0)

    @cached_property
    def _labels(self) -> dict[str, Spot]:
        layout, people = self._layout, list(self._shown)
        rects = {id_: rect for (_, ids), rect in zip(self._levels, layout.rects, strict=True) for id_ in ids}
        within = {
            id_: Box(max(rect.x0, 0.0), rect.y0 + 4, min(rect.x1, layout.width), rect.y1 - 4)
            for id_, rect in rects.items()
        }
        rows = {id_: self._people.of(id_) for id_ in people}
        taken = [
            _badge_box(self._circles[id_]) for id_, row in rows.items() if row["badge"] or row.get("fold")
        ]
        taken += [Box(x - DISC - 3, y - DISC - 3, x + DISC + 3, y + DISC + 3) for x, y in self._discs()]
        circles = {id_: Circle(*self.places[id_], self._reach(id_)) for id_ in people}
        found = place_labels(circles, layout.homes, within, taken, self._line_points())
        for id_, row in self._sides.items():
            found[id_] = Spot(_below(self._circles[id_], *self._size(row)), "center")
        return found

    def _discs(self) -> Iterable[Point]:
        for row, bend in zip(self._ties, self._bends, strict=True):
            if row["chain"] is not None:
                start, end = self.places[row["from"]], self.places[row["to"]]
                yield on_curve(start, via_point(start, end, bend), end, 0.5)

    def _line_points(self) -> Points:
        points = [
            on_curve(start, via_point(start, end, bend), end, place / SAMPLES)
            for row, bend in zip(self._ties, self._bends, strict=True)
            for start, end in ((self.places[row["from"]], self.places[row["to"]]),)
            for place in range(1, SAMPLES)
        ]
        return np.array(points, dtype=np.float64).reshape(-1, 2)

    def nodes(self) -> list[Row]:
        """A row for every mark, those that matter most last, so that they lie on top."""
        rows = [self._node(self._sides[id_], SIDE_RADIUS) for id_ in self._sides]
        people = [
            self._node({"kind": "person", **self._people.of(id_)}, self._radius(id_)) for id_ in self._shown
        ]
        return rows + people[::-1]

    def _node(self, fields: Fields, radius: float) -> Row:
        x, y = self.places[fields["id"]]
        spot = self._labels[fields["id"]]
        return {
            **fields,
            "shape": "custom",
            "physics": False,
            "x": round(x, 2),
            "y": round(y, 2),
            "r": round(radius, 2),
            "chain": self._steps.get(fields["id"]),
            "label": {
                "x": round(spot.box.x0, 2),
                "y": round(spot.box.y0, 2),
                "w": round(spot.box.width, 2),
                "h": round(spot.box.height, 2),
                "align": spot.align,
                "grown": self._laid[0],
            },
            "name_cut": cut(fields["name"], NAME_SIZE, NAME_ROOM, bold=True),
            "job_cut": cut(fields["job"] or "", JOB_SIZE, self._job_room),
        }

    def edges(self) -> list[Row]:
        """A row for every tie."""
        return [self._edge(row, bend) for row, bend in zip(self._ties, self._bends, strict=True)]

    def _edge(self, row: Row, bend: Bend) -> Row:
        stroke = STROKES[row["key"]]
        start, end = self.places[row["from"]], self.places[row["to"]]
        via = via_point(start, end, bend)
        weight = row["weight"] if row["weight"] is not None else 0.3
        arrow = stroke.arrow or (0.5 if row["chain"] is not None else 0)
        return {
            **row,
            "width": round(stroke.thin + stroke.gain * weight, 2),
            "dashes": list(stroke.dashes) or False,
            "color": {
                "color": LIGHT["edge"][row["key"]],
                "opacity": UNCONFIRMED_OPACITY if row["stale"] else stroke.opacity,
            },
            "smooth": {"enabled": True, "type": bend.type, "roundness": bend.roundness},
            "arrows": {"to": {"enabled": bool(arrow), "scaleFactor": arrow or 0.5}},
            "via": [round(via[0], 2), round(via[1], 2)],
        }

    def panels(self) -> list[Row]:
        """The level bands."""
        return [
            {
                "key": f"level:{level or 'unknown'}",
                "label": self._band_name(level),
                "count": len(ids),
                "x0": rect.x0,
                "y0": rect.y0,
                "x1": rect.x1,
                "y1": max(rect.y1, self._floor) if rect.y1 == self._layout.height else rect.y1,
            }
            for (level, ids), rect in zip(self._levels, self._layout.rects, strict=True)
        ]

    def _band_name(self, level: str | None) -> str:
        _ = texts(self._lang)
        if level == GROUPS:
            return _("Groups")
        return label(_LEVELS[level], self._lang) if level else _("Level unknown")

    @cached_property
    def _floor(self) -> float:
        """The lowest point of labels in the columns."""
        return max((self._labels[id_].box.y1 + 14 for id_ in self._sides), default=0.0)

    def bounds(self) -> Box:
        """What holds bands, marks, labels and curves."""
        bands = [Box(row["x0"], row["y0"], row["x1"], row["y1"]) for row in self.panels()]
        curves = [Box(x, y, x, y) for x, y in self._line_points().tolist()]
        return around(
            [*bands, *curves, *(spot.box for spot in self._labels.values()),
             *(circle.box for circle in self._circles.values())]
        ).grown(MARGIN)  # fmt: skip


def _badge_box(circle: Circle) -> Box:
    """Where the rank stands, at the upper right of the circle."""
    x, y = circle.x + circle.r * 0.5, circle.y - circle.r
    return Box(x, y - 18, x + 46, y + 14)


def _below(circle: Circle, width: float, height: float) -> Box:
    top = circle.y + circle.r + 5
    return Box(circle.x - width / 2, top, circle.x + width / 2, top + height)


def _centred(tops: Mapping[str, float], heights: Mapping[str, float], height: float) -> dict[str, float]:
    """A column moved up where it reaches below the map, as far as its top allows."""
    if not tops:
        return {}
    over = max(tops[id_] + heights[id_] for id_ in tops) - height
    room = min(tops.values()) - 30.0
    up = min(max(over, 0.0), max(room, 0.0))
    return {id_: top - up for id_, top in tops.items()}
