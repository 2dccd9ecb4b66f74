"""Groups of people in the pictures of large accounts: cards of the org chart, marks of the influence map."""

from __future__ import annotations

import math
from typing import Any

from viz.layout.widths import cut, text_width
from viz.svg.canvas import circle, path, rect, text
from viz.svg.marks import described
from viz.texts import Texts
from viz.theme import LIGHT

Row = dict[str, Any]
RADIUS = 9.0
_ORDER = ("2", "1", "0", "-1", "-2")


def spoken_group(node: Row, _: Texts) -> str:
    """A group in one line: name, how many people, whom of them we met, who counts among them."""
    count = _.many("{count} person", "{count} people", node["people"])
    return ", ".join(part for part in (node["name"], count, _met(node, _), _first(node, _)) if part)


def _met(node: Row, _: Texts) -> str:
    known = node["strength"]
    strength = "" if known is None else " · " + _("strength {points}", points=round(known))
    return f"{node['job']}{strength}"


def _first(node: Row, _: Texts) -> str:
    return _.separator.join(person["name"] for person in node["key_people"])


def group_card(node: Row, _: Texts) -> str:
    """A group as a card on two others; one that stands open is only an outline."""
    x, y, w, h = node["x"] - node["w"] / 2, node["y"] - node["h"] / 2, node["w"], node["h"]
    line: Row = {"stroke": LIGHT["line"], "stroke_width": 1.0}
    open_, ink, muted = node["fold"]["open"], LIGHT["ink"], LIGHT["muted"]
    parts = [
        rect(x + off, y - off, w, h, LIGHT["panel"], radius=RADIUS, **line)
        for off in (() if open_ else (7, 3.5))
    ]
    ground = LIGHT["panel" if open_ else "surface"]
    parts.append(
        rect(x, y, w, h, ground, radius=RADIUS, **(line if not open_ else {**line, "stroke": muted}))
    )
    count = _number(node["people"])
    room = w - 34 - text_width(count, 16.5, bold=True)
    parts += [
        text(count, x + w - 12, y + 27, 16.5, muted, weight=600, anchor="end"),
        text(cut(node["name"], 19, room, bold=True), x + 13, y + 27, 19, ink, weight=700),
        text(cut(_met(node, _), 13.5, w - 26), x + 13, y + 48, 13.5, muted, weight=500),
        text(cut(_first(node, _), 13, w - 26), x + 13, y + 67, 13, muted),
        _bar(node, x + 13, y + 78, w - 26),
    ]
    return described(spoken_group(node, _), *parts)


def _bar(node: Row, x: float, y: float, width: float) -> str:
    """How many think what of us, from for to against."""
    parts, at = [rect(x, y, width, 9, LIGHT["track"], radius=4.5)], x
    for key in _ORDER:
        part = width * node["attitudes"][key] / max(node["people"], 1)
        if part:
            parts.append(rect(at, y, part, 9, LIGHT["attitude"][key]["fill"]))
        at += part
    return "".join(parts)


def group_mark(node: Row, _: Texts) -> str:
    """A group as a ring of what its people think of us around their number; an open one is dashed."""
    x, y, r = node["x"], node["y"], node["r"]
    if node["fold"]["open"]:
        ring: Row = {"stroke": LIGHT["dashed"], "stroke_width": 2, "stroke_dasharray": "5 4"}
        parts = [circle(x, y, r - 1, LIGHT["surface"], **ring)]
    else:
        wide = max(5.0, r * 0.24)
        parts = [circle(x, y, r - wide / 2, LIGHT["surface"], stroke=LIGHT["track"], stroke_width=wide)]
        parts += _arcs(node, wide)
    words = _number(node["people"])
    size = min(r * 0.62, r * 1.3 / max(2, len(words)) * 1.75)
    parts.append(text(words, x, y + size * 0.36, size, LIGHT["ink"], weight=700, anchor="middle"))
    return "".join(parts)


def _arcs(node: Row, wide: float) -> list[str]:
    parts, begin = [], -math.pi / 2
    radius = node["r"] - wide / 2
    for key in _ORDER:
        turn = 2 * math.pi * node["attitudes"][key] / max(node["people"], 1)
        look: Row = {"stroke": LIGHT["attitude"][key]["fill"], "stroke_width": wide}
        if turn > 2 * math.pi - 1e-9:
            parts.append(circle(node["x"], node["y"], radius, "none", **look))
        elif turn:
            (x0, y0), (x1, y1) = (
                (node["x"] + radius * math.cos(at), node["y"] + radius * math.sin(at))
                for at in (begin, begin + turn)
            )
            large = int(turn > math.pi)
            parts.append(
                path(f"M{x0:.2f} {y0:.2f}A{radius:.2f} {radius:.2f} 0 {large} 1 {x1:.2f} {y1:.2f}", **look)
            )
        begin += turn
    return parts


def _number(value: int) -> str:
    return f"{value:,}"
