"""A sheet as SVG: boxes, bars, dots and words, and lines between them."""

from __future__ import annotations

from typing import Any

from models.findings.views import View
from viz.layout.widths import cut
from viz.svg.canvas import circle, number, path, polygon, rect, text
from viz.svg.marks import described
from viz.theme import LIGHT, TONES

Row = dict[str, Any]
_SIZE, _SMALL = 17.0, 14.0
_WIRES = {"soft": LIGHT["wire"], "bad": TONES["bad"][1]}
"""Lines of a tone that is too light for a line."""


def sheet_marks(view: View) -> list[str]:
    """Grounds, lines on them, marks above. O(marks)."""
    grounds = [node for node in view.nodes if node.get("align") == "corner"]
    marks = [node for node in view.nodes if node.get("align") != "corner"]
    return [*map(_mark, grounds), *map(_line, view.edges), *map(_mark, marks)]


def _mark(node: Row) -> str:
    x, y = node["x"] - node["w"] / 2, node["y"] - node["h"] / 2
    fill, ink = TONES[node["tone"]]
    match node["kind"]:
        case "box":
            drawn = rect(x, y, node["w"], node["h"], fill, radius=7, stroke=LIGHT["line"], stroke_width=1)
            return described(node["name"], drawn + _lines(node, x, y, ink))
        case "bar":
            track = rect(x, y, node["w"], node["h"], LIGHT["track"], radius=4)
            return track + rect(x, y, node["w"] * node["value"], node["h"], fill, radius=4)
        case "dot":
            said = text(node["name"], node["x"] + 13, node["y"] + 5, 15, LIGHT["ink"], halo=LIGHT["canvas"])
            return described(node["name"], circle(node["x"], node["y"], node["w"] / 2, fill) + said)
        case _:
            size, bold = node.get("size", _SIZE), bool(node.get("bold"))
            words = cut(node["name"], size, node["w"], bold=bold)
            colour = LIGHT["muted"] if node.get("muted") else LIGHT["ink"]
            return text(words, x, node["y"] + size * 0.36, size, colour, weight=600 if bold else 400)


def _lines(node: Row, x: float, y: float, ink: str) -> str:
    align, room = node.get("align"), node["w"] - (4 if node.get("align") == "middle" else 16)
    if align == "corner":
        return text(cut(node["name"], 20, room), x + 14, y + 30, 20, LIGHT["muted"], weight=600)
    parts, count = [], len(node["lines"])
    for place, line in enumerate(node["lines"]):
        size = _SIZE if place == 0 else _SMALL
        middle = node["y"] + (place - (count - 1) / 2) * 20 + size * 0.36
        words = cut(line, size, room, bold=place == 0)
        at, anchor = (node["x"], "middle") if align == "middle" else (x + 10, None)
        parts.append(text(words, at, middle, size, ink, weight=600 if place == 0 else 400, anchor=anchor))
    return "".join(parts)


def _line(edge: Row) -> str:
    points = edge["points"]
    colour = _WIRES.get(edge["tone"], TONES[edge["tone"]][0])
    start, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    way = f"M{start}C{' '.join(rest)}" if edge.get("curve") else f"M{start}L{'L'.join(rest)}"
    parts = [path(way, stroke=colour, stroke_width=2.4, stroke_linejoin="round")]
    if edge["arrow"]:
        parts.append(_head(points[-2], points[-1], colour))
    if edge["label"]:
        (x0, y0), (x1, y1) = points[0], points[-1]
        x, y = edge.get("label_at") or ((x0 + x1) / 2, (y0 + y1) / 2)
        parts.append(
            text(edge["label"], x, y - 7, _SMALL, LIGHT["ink"], anchor="middle", halo=LIGHT["canvas"])
        )
    return "".join(parts)


def _head(before: list[float], tip: list[float], colour: str) -> str:
    """The head of an arrow, along its last stretch."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    foot = tip[0] - 11 * dx, tip[1] - 11 * dy
    sides = [(foot[0] - 5 * dy, foot[1] + 5 * dx), (foot[0] + 5 * dy, foot[1] - 5 * dx)]
    return polygon([(tip[0], tip[1]), *sides], colour)
