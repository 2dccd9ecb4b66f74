"""The signs of the drawing as SVG: attitudes, roles, strength, our people and competitors."""

from __future__ import annotations

import math
from typing import Any

from viz.layout.boxes import Point
from viz.layout.widths import text_width
from viz.svg.canvas import circle, element, path, polygon, rect, text
from viz.theme import LIGHT, bar_colour


def _star(x: float, y: float, radius: float) -> list[Point]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = -math.pi / 2 + corner * math.pi / 5
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return points


def _triangle(x: float, y: float, radius: float, tip: int) -> list[Point]:
    foot = y - tip * radius * 0.66
    return [(x, y + tip * radius), (x + radius * 0.92, foot), (x - radius * 0.92, foot)]


def attitude_key(attitude: int | None) -> str:
    """The name a theme has an attitude under."""
    return "unknown" if attitude is None else str(attitude)


def attitude_mark(attitude: int | None, x: float, y: float, radius: float, rim: float | None = 0) -> str:
    """A coloured disc with a sign of its own. `rim`: width of a light rim; None for no rim at all."""
    key = attitude_key(attitude)
    look = LIGHT["attitude"][key]
    edge: dict[str, Any] = {}
    if key == "unknown" and rim is not None:
        edge = {"stroke": look["rim"], "stroke_width": max(1.4, radius * 0.07)}
    elif rim:
        edge = {"stroke": LIGHT["surface"], "stroke_width": rim}
    return circle(x, y, radius, look["fill"], **edge) + _sign(key, x, y, radius, look["sign"])


def _sign(key: str, x: float, y: float, radius: float, fill: str) -> str:
    match key:
        case "2":
            return polygon(_star(x, y - radius * 0.03, radius * 0.68), fill)
        case "1":
            return polygon(_triangle(x, y - radius * 0.02, radius * 0.6, -1), fill)
        case "-1":
            return polygon(_triangle(x, y + radius * 0.02, radius * 0.6, 1), fill)
        case "0":
            return circle(x, y, radius * 0.46, fill)
        case "-2":
            arm = radius * 0.41
            cross = f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}"
            cross += f"M{x + arm:.1f} {y - arm:.1f}l{-2 * arm:.1f} {2 * arm:.1f}"
            return path(cross, stroke=fill, stroke_width=radius * 0.27, stroke_linecap="round")
        case _:
            return text("?", x, y + radius * 0.42, radius * 1.2, fill, weight=700, anchor="middle")


def pill_width(words: str, size: float, height: float, *, bold: bool = True) -> float:
    """How wide a pill around `words` is."""
    return text_width(words, size, bold=bold) + height * 0.72


def pill(
    words: str, x: float, y: float, size: float, height: float, colours: list[str], weight: int = 600
) -> str:
    """Words in a rounded box whose left top corner is (x, y)."""
    width = pill_width(words, size, height)
    fill, ink = colours
    return rect(x, y, width, height, fill, radius=height / 2) + text(
        words, x + width / 2, y + height / 2 + size * 0.36, size, ink, weight=weight, anchor="middle"
    )


def strength_bar(strength: float | None, x: float, y: float, width: float, height: float) -> str:
    """A bar 0–100 on its track."""
    track = rect(x, y, width, height, LIGHT["track"], radius=height / 2)
    if not strength:
        return track
    filled = max(height, width * strength / 100)
    return track + rect(x, y, filled, height, bar_colour(strength, LIGHT), radius=height / 2)


def clock(x: float, y: float, radius: float) -> str:
    """Nobody has confirmed this for long."""
    hands = f"M{x:.1f} {y - radius * 0.55:.1f}V{y:.1f}l{radius * 0.45:.1f} {radius * 0.2:.1f}"
    line = {"stroke": LIGHT["stale"], "stroke_width": radius * 0.24, "stroke_linecap": "round"}
    return circle(x, y, radius, "none", **line) + path(hands, **line)


def ours_mark(x: float, y: float, radius: float) -> str:
    """One of ours: a rounded square."""
    return rect(x - radius, y - radius, 2 * radius, 2 * radius, LIGHT["ours"], radius=radius * 0.3)


def rival_mark(x: float, y: float, radius: float) -> str:
    """A competitor's representative: a hexagon."""
    reach = radius * 1.12
    corners = [
        (x + reach * math.cos(math.pi / 3 * corner), y + reach * math.sin(math.pi / 3 * corner))
        for corner in range(6)
    ]
    return polygon(corners, LIGHT["rival"])


def described(label: str, *inside: str) -> str:
    """A group that readers of the screen hear as one picture with a label."""
    return element("g", *inside, role="img", aria_label=label)
