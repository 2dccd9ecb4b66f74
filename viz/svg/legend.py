"""The legend of a picture, in groups beside the map or under it."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.views import LegendRow
from viz.layout.widths import text_width
from viz.svg.canvas import dashes, path, polygon, rect, text
from viz.svg.marks import attitude_mark, clock, ours_mark, pill, rival_mark
from viz.theme import LIGHT, STROKES, TONES

SWATCH, ROW, GAP = 40.0, 30.0, 28.0
SIZE = 16.0


def legend_lines(rows: Sequence[LegendRow], width: float) -> list[list[LegendRow]]:
    """The rows of a legend broken into lines of at most `width`."""
    lines: list[list[LegendRow]] = [[]]
    used = 0.0
    for row in rows:
        wide = _width(row)
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(row)
        used += wide
    return lines


def _width(row: LegendRow) -> float:
    return SWATCH + 8 + text_width(f"{row.label} {row.count}", SIZE) + GAP


def draw_legend(rows: Sequence[LegendRow], x: float, y: float, width: float) -> str:
    """The legend from its left top corner: sign, label, count."""
    parts = []
    for place, line in enumerate(legend_lines(rows, width)):
        at, middle = x, y + place * ROW + ROW / 2
        for row in line:
            parts.append(swatch(row.key, at + SWATCH / 2, middle))
            start = at + SWATCH + 8
            parts.append(text(row.label, start, middle + 5.5, SIZE, LIGHT["ink"]))
            after = start + text_width(f"{row.label} ", SIZE)
            parts.append(text(str(row.count), after, middle + 5.5, SIZE, LIGHT["muted"]))
            at += _width(row)
    return "".join(parts)


def swatch(key: str, x: float, y: float) -> str:
    """The sign of a legend row around (x, y)."""
    group, _, name = key.partition(":")
    match group:
        case "attitude":
            return attitude_mark(None if name == "unknown" else int(name), x, y, 10)
        case "kind" if name == "group":
            pages = ((x - 12 + off, y - 5 - off) for off in (3.0, 0.0))
            look = {"radius": 3, "stroke": LIGHT["muted"], "stroke_width": 1.2}
            return "".join(rect(at, top, 24, 12, LIGHT["surface"], **look) for at, top in pages)
        case "kind":
            return ours_mark(x, y, 9) if name == "ours" else rival_mark(x, y, 9)
        case "edge":
            return _line(key, x, y)
        case "tone":
            return rect(x - 15, y - 8, 30, 16, TONES[name][0], radius=4, stroke=LIGHT["line"], stroke_width=1)
        case "role":
            return rect(x - 15, y - 6, 30, 12, LIGHT["role"].get(name, LIGHT["role"]["other"])[0], radius=6)
        case _:
            return _mark(name, x, y)


def _line(key: str, x: float, y: float) -> str:
    stroke, colour = STROKES[key], LIGHT["edge"][key]
    arrow = stroke.arrow and key != "edge:reports_to"
    end = x + 17 - (9 if arrow else 0)
    line = path(
        f"M{x - 18:.1f} {y:.1f}H{end:.1f}",
        stroke=colour,
        stroke_width=3.0 if stroke.gain > 4 else 2.2,
        stroke_dasharray=dashes(stroke.dashes),
    )
    if not arrow:
        return line
    return line + polygon([(x + 18, y), (x + 8, y - 5), (x + 8, y + 5)], colour)


def _mark(name: str, x: float, y: float) -> str:
    if name == "key":
        return pill("#1", x - 15, y - 9, 12, 18, LIGHT["badge"], weight=700)
    if name == "stale":
        return clock(x, y, 7.5)
    if name == "chain":
        return rect(x - 17, y - 6, 34, 12, LIGHT["halo"], radius=6) + rect(
            x - 17, y - 1.5, 34, 3, LIGHT["chain"]
        )
    parts = [rect(x - 17, y - 10, 34, 20, LIGHT["hidden"], radius=6)] if name == "hidden" else []
    dashed = name in ("not_met", "placeholder")
    parts.append(
        rect(
            x - 13, y - 7, 26, 14, LIGHT["surface"], radius=4,
            stroke=LIGHT["dashed"] if dashed else LIGHT["line"], stroke_width=1.4,
            stroke_dasharray="3 2" if name == "not_met" else None,
        )
    )  # fmt: skip
    if name == "placeholder":
        parts.append(rect(x - 10, y - 4, 20, 8, "none", radius=2, stroke=LIGHT["dashed"], stroke_width=1))
    if name == "left":
        parts.append(path(f"M{x - 10:.1f} {y + 6:.1f}L{x + 10:.1f} {y - 6:.1f}", stroke=LIGHT["muted"]))
    return "".join(parts)
