"""What lies under the people: department panels, level bands, reporting lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from viz.layout.widths import cut
from viz.svg.canvas import dashes, element, number, path, rect, text
from viz.theme import LIGHT

Row = dict[str, Any]
LABEL = 20.0


def departments(panels: Iterable[Row]) -> str:
    """Department panels with name and number of people at the top."""
    parts = []
    for panel in panels:
        x, y, width = panel["x0"], panel["y0"], panel["x1"] - panel["x0"]
        depth = panel.get("depth")
        rim: Row = {} if depth is None else {"stroke": LIGHT["line"], "stroke_width": 1.2}
        fill = LIGHT["panel_other" if (depth or 0) % 2 else "panel"]
        parts.append(rect(x, y, width, panel["y1"] - y, fill, radius=12, **rim))
        name = cut(panel["label"], LABEL, width - 60, bold=True)
        parts.append(text(name, x + 12, y + 28, LABEL, LIGHT["muted"], weight=600))
        count = str(panel["count"])
        parts.append(text(count, x + width - 12, y + 28, 16, LIGHT["muted"], anchor="end"))
    return element("g", *parts) if parts else ""


def bands(panels: Iterable[Row]) -> str:
    """Level bands, their names written upwards at the left."""
    parts = []
    for place, band in enumerate(panels):
        x, y, height = band["x0"], band["y0"], band["y1"] - band["y0"]
        fill = LIGHT["panel_other" if place % 2 else "panel"]
        parts.append(rect(x, y, band["x1"] - x, height, fill, radius=14))
        label = text(band["label"], 0, 0, 24, LIGHT["muted"], weight=600, anchor="middle")
        turn = f"translate({number(x + 32)} {number(y + height / 2)}) rotate(-90)"
        parts.append(element("g", label, transform=turn))
    return element("g", *parts) if parts else ""


def reporting_lines(edges: Iterable[Row]) -> str:
    """Elbows from bosses to reports; dotted lines are dashed."""
    parts = []
    for edge in edges:
        corners = "L".join(f"{number(x)} {number(y)}" for x, y in edge["points"])
        solid = edge["kind"] == "reports_to"
        parts.append(
            path(
                f"M{corners}",
                stroke=LIGHT["wire"] if solid else LIGHT["edge"][edge["key"]],
                stroke_width=edge["width"],
                stroke_dasharray=dashes(edge["dashes"]),
                stroke_linejoin="round",
            )
        )
    return element("g", *parts) if parts else ""
