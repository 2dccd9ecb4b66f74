"""A person of the org chart as a card."""

from __future__ import annotations

from typing import Any

from viz.layout.widths import cut, text_width
from viz.svg.canvas import path, rect, text
from viz.svg.marks import (
    attitude_key,
    attitude_mark,
    clock,
    described,
    pill,
    pill_width,
    strength_bar,
)
from viz.texts import Texts
from viz.theme import LIGHT

RADIUS = 9.0
Row = dict[str, Any]


def fitted(name: str, size: float, room: float) -> tuple[str, float]:
    """A name that fits into the room: in smaller letters down to three quarters, then cut."""
    width = text_width(name, size, bold=True)
    smaller = max(size * min(1.0, room / width), size * 0.75) if width else size
    return cut(name, smaller, room + 0.5, bold=True), smaller


def spoken(node: Row, _: Texts) -> str:
    """A person in one line: name, job, department, attitude, strength, rank."""
    attitude = node["attitude_label"] or _("attitude unknown")
    met = _("strength {points}", points=round(node["strength"] or 0)) if node["met"] else _("not met")
    rank = _("rank {rank}", rank=node["rank"]) if node["rank"] else None
    parts = (node["name"], node["job"], node["department_name"], attitude, met, rank)
    return ", ".join(part for part in parts if part)


def card(node: Row, _: Texts) -> str:
    """The card of a person, everything a card can say."""
    x, y = node["x"] - node["w"] / 2, node["y"] - node["h"] / 2
    strike = f"M{x + 8:.1f} {y + node['h'] - 6:.1f}L{x + node['w'] - 6:.1f} {y + 6:.1f}"
    parts = [_frame(node, x, y), _body(node, x, y, _)]
    if node["left"]:
        parts.append(path(strike, stroke=LIGHT["muted"], stroke_width=2.2))
    return described(spoken(node, _), *parts)


def _frame(node: Row, x: float, y: float) -> str:
    w, h = node["w"], node["h"]
    parts = []
    if node["hidden"]:
        parts.append(rect(x - 5, y - 5, w + 10, h + 10, LIGHT["hidden"], radius=RADIUS + 5))
    parts.append(rect(x, y + 2, w, h, LIGHT["line"], radius=RADIUS, opacity="0.45"))
    parts.append(rect(x, y, w, h, LIGHT["surface"], radius=RADIUS))
    key = attitude_key(node["attitude"])
    stripe = LIGHT["stripe"] if key == "unknown" else LIGHT["attitude"][key]["fill"]
    left = f"M{x + RADIUS:.1f} {y:.1f}h-2v{h:.1f}h2a{RADIUS} {RADIUS} 0 0 1 {-RADIUS} {-RADIUS}"
    left += f"v{-(h - 2 * RADIUS):.1f}a{RADIUS} {RADIUS} 0 0 1 {RADIUS} {-RADIUS}z"
    parts.append(path(left, fill=stripe))
    edge: Row = {"stroke": LIGHT["line"], "stroke_width": 1.0}
    if not node["met"]:
        edge = {"stroke": LIGHT["dashed"], "stroke_width": 1.6, "stroke_dasharray": "6 4"}
    parts.append(rect(x, y, w, h, "none", radius=RADIUS, **edge))
    if node["placeholder"]:
        inner: Row = {"stroke": LIGHT["dashed"], "stroke_width": 1.0}
        parts.append(rect(x + 3.5, y + 3.5, w - 7, h - 7, "none", radius=RADIUS - 3, **inner))
    return "".join(parts)


def _body(node: Row, x: float, y: float, _: Texts) -> str:
    start, right = x + 51, x + node["w"] - 10
    room = right - start
    ink, muted = LIGHT["ink"], LIGHT["muted"]
    name, size = fitted(node["name"], 20, room - (38 if node["badge"] else 0))
    parts = [
        attitude_mark(node["attitude"], x + 29, y + 28, 14),
        text(name, start, y + 30, size, ink, weight=700),
        text(cut(node["job"] or "", 14.5, room), start, y + 50, 14.5, ink, weight=500),
        _third_line(node, start, right, y + 58, _),
        strength_bar(node["strength"] if node["met"] else None, start, y + 82, room - 34, 8),
    ]
    if node["badge"]:
        badge = f"#{node['rank']}"
        parts.append(
            pill(badge, right - pill_width(badge, 13, 20), y + 13, 13, 20, LIGHT["badge"], weight=700)
        )
    known = node["met"] and node["strength"] is not None
    points = str(round(node["strength"])) if known else "–"
    parts.append(text(points, right, y + 91, 14, ink if known else muted, weight=600, anchor="end"))
    return "".join(parts)


def _third_line(node: Row, left: float, right: float, top: float, _: Texts) -> str:
    """Buying role at the left (else the other name), our owner and the clock at the right."""
    parts, edge = [], right
    if node["owner"]:
        width = max(19.0, text_width(node["owner"], 11, bold=True) + 10)
        parts.append(rect(edge - width, top, width, 18, LIGHT["owner_fill"], radius=9))
        middle = edge - width / 2
        parts.append(text(node["owner"], middle, top + 13, 11, LIGHT["muted"], weight=600, anchor="middle"))
        edge -= width + 6
    if node["stale"]:
        parts.append(clock(edge - 8, top + 9, 6.5))
        edge -= 22
    if node["role_label"]:
        words = cut(node["role_label"], 12.5, edge - left - 16, bold=True)
        colours = LIGHT["role"].get(node["roles"][0], LIGHT["role"]["other"])
        parts.append(pill(words, left, top - 1, 12.5, 20, colours))
    else:
        second = _("Name not known") if node["placeholder"] else node["other_name"] or ""
        parts.append(text(cut(second, 12.5, edge - left), left, top + 13, 12.5, LIGHT["muted"]))
    return "".join(parts)


_CHIP, _CHIP_HEIGHT = 17.0, 28.0


def fold_chip(node: Row, _: Texts) -> str:
    """How many people are folded away under a card, and how many key players among them."""
    fold = node["fold"]
    if fold is None or fold["open"]:
        return ""
    words, x, y = _chip_words(fold, _), chip_left(node, _), node["y"] + node["h"] / 2 - 4
    width = pill_width(words, _CHIP, _CHIP_HEIGHT)
    rim: Row = {"stroke": LIGHT["accent"], "stroke_width": 1.2}
    edge = rect(x, y, width, _CHIP_HEIGHT, "none", radius=_CHIP_HEIGHT / 2, **rim)
    return pill(words, x, y, _CHIP, _CHIP_HEIGHT, LIGHT["chip"]) + edge


def chip_left(node: Row, _: Texts) -> float:
    """Where the chip of a card begins."""
    right: float = node["x"] + node["w"] / 2 - 6
    return right - pill_width(_chip_words(node["fold"], _), _CHIP, _CHIP_HEIGHT)


def _chip_words(fold: Row, _: Texts) -> str:
    if fold["keys"]:
        return _("+{count} ({keys} key)", count=fold["count"], keys=fold["keys"])
    return f"+{fold['count']}"
