"""The influence map as SVG: bands, chain, ties with arrows that end at the circles, people, labels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from models.findings.views import View
from viz.layout.boxes import Point
from viz.layout.curves import leaves_at, on_curve, part
from viz.svg.canvas import circle, dashes, element, number, path, polygon, text
from viz.svg.cards import fitted, spoken
from viz.svg.ground import bands
from viz.svg.groups import group_mark, spoken_group
from viz.svg.marks import attitude_mark, described, ours_mark, pill, pill_width, rival_mark
from viz.texts import Texts, texts
from viz.theme import JOB_SIZE, LIGHT, NAME_SIZE, ROLE_SIZE

Row = dict[str, Any]
_GAP, _CHAIN, _DISC = 3.0, 19.0, 15.0
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def people_map(view: View, lang: str) -> list[str]:
    """Everything between the bands and the labels, from bottom to top."""
    _ = texts(lang)
    nodes = {node["id"]: node for node in view.nodes}
    steps = sorted((edge for edge in view.edges if edge["chain"] is not None), key=lambda edge: edge["chain"])
    return [
        bands(view.panels),
        element("g", *(_chain_ground(edge, nodes) for edge in steps)) if steps else "",
        element("g", *(tie(edge, nodes) for edge in view.edges)) if view.edges else "",
        *(
            described(spoken_group(node, _), group_mark(node, _))
            if node["kind"] == "group"
            else described(spoken(node, _), _mark(node, _))
            for node in view.nodes
        ),
        *(_disc(edge, nodes) for edge in steps),
        *(_label(node) for node in view.nodes),
    ]


def _ends(edge: Row, nodes: Mapping[str, Row]) -> tuple[Point, Point, Point]:
    start, end = nodes[edge["from"]], nodes[edge["to"]]
    return (start["x"], start["y"]), (edge["via"][0], edge["via"][1]), (end["x"], end["y"])


def _curve(points: tuple[Point, Point, Point]) -> str:
    (x0, y0), (x1, y1), (x2, y2) = points
    places = [number(value) for value in (x0, y0, x1, y1, x2, y2)]
    return f"M{places[0]} {places[1]}Q{places[2]} {places[3]} {places[4]} {places[5]}"


def _chain_ground(edge: Row, nodes: Mapping[str, Row]) -> str:
    """The pale broad stroke under a step of the chain."""
    return path(_curve(_ends(edge, nodes)), stroke=LIGHT["halo"], stroke_width=_CHAIN, stroke_linecap="round")


def tie(edge: Row, nodes: Mapping[str, Row]) -> str:
    """A curve from the rim of one mark to the rim of the other, with an arrow if it has a direction."""
    start, via, end = _ends(edge, nodes)
    t0 = leaves_at(start, via, end, nodes[edge["from"]]["r"] + 1)
    tip = 1 - leaves_at(end, via, start, nodes[edge["to"]]["r"] + _GAP)
    arrow = edge["arrows"]["to"]
    length = (9 + 2.2 * edge["width"]) * (arrow["scaleFactor"] / 0.6) ** 0.5 if arrow["enabled"] else 0.0
    reach = nodes[edge["to"]]["r"] + _GAP + length * 0.8
    t1 = 1 - leaves_at(end, via, start, reach) if length else tip
    colour, opacity = edge["color"]["color"], number_2(edge["color"]["opacity"])
    line = path(
        _curve(part(start, via, end, t0, max(t1, t0))),
        stroke=colour,
        stroke_width=edge["width"],
        stroke_dasharray=dashes(edge["dashes"]),
        stroke_opacity=opacity,
    )
    if not length:
        return line
    head = _arrow(on_curve(start, via, end, t1), on_curve(start, via, end, tip), length)
    return line + polygon(head, colour, fill_opacity=opacity)


def _arrow(back: Point, tip: Point, length: float) -> list[Point]:
    """A triangle with its tip at the rim."""
    away = math.dist(back, tip) or 1.0
    ux, uy = (tip[0] - back[0]) / away, (tip[1] - back[1]) / away
    foot, half = (tip[0] - ux * length, tip[1] - uy * length), length * 0.42
    return [tip, (foot[0] - uy * half, foot[1] + ux * half), (foot[0] + uy * half, foot[1] - ux * half)]


def number_2(value: float) -> str:
    """An opacity with two decimals."""
    return f"{value:.2f}"


def _mark(node: Row, _: Texts) -> str:
    x, y, r = node["x"], node["y"], node["r"]
    parts = []
    if node["hidden"]:
        parts.append(circle(x, y, r + 9, "none", stroke=LIGHT["hidden"], stroke_width=13))
    if node["chain"]:
        parts.append(circle(x, y, r + 6.5, "none", stroke=LIGHT["chain"], stroke_width=5))
    if node["kind"] == "ours":
        parts += [ours_mark(x, y, r), _word(_("us"), x, y, r * 0.72)]
    elif node["kind"] == "rival":
        word = _("them")
        parts += [rival_mark(x, y, r), _word(word, x, y, r * (0.55 if len(word) > 2 else 0.7))]
    else:
        parts.append(attitude_mark(node["attitude"], x, y, r, 2 if node["met"] else None))
        edge: Row = {"stroke": LIGHT["dashed"], "stroke_dasharray": "5 4"}
        if not node["met"]:
            parts.append(circle(x, y, r, "none", stroke_width=2, **edge))
        if node["placeholder"]:
            parts.append(circle(x, y, r + 5, "none", stroke_width=1.5, **edge))
    return "".join(parts)


def _word(word: str, x: float, y: float, size: float) -> str:
    return text(word, x, y + size * 0.36, size, LIGHT["surface"], weight=700, anchor="middle")


def _disc(edge: Row, nodes: Mapping[str, Row]) -> str:
    """The number of a step of the chain, in the middle of its curve."""
    x, y = on_curve(*_ends(edge, nodes), 0.5)
    fill, ink = LIGHT["badge"]
    ring = circle(x, y, _DISC, fill, stroke=LIGHT["surface"], stroke_width=2)
    return ring + text(str(edge["chain"] + 1), x, y + 6, 17, ink, weight=700, anchor="middle")


def _label(node: Row) -> str:
    """Name, job and role in the box the layout found free; the rank beside the circle."""
    box = node["label"]
    align = box["align"]
    at = {"left": box["x"], "center": box["x"] + box["w"] / 2, "right": box["x"] + box["w"]}[align]
    anchor, y = _ANCHORS[align], box["y"]
    halo, grown = LIGHT["canvas"], box["grown"]
    name, size = fitted(node["name"], NAME_SIZE * grown, box["w"] + 2)
    parts = [text(name, at, y + 20 * grown, size, LIGHT["ink"], weight=700, anchor=anchor, halo=halo)]
    if node["job"]:
        below, size = y + 43 * grown, JOB_SIZE * grown
        parts.append(text(node["job_cut"], at, below, size, LIGHT["muted"], anchor=anchor, halo=halo))
    if node["role_label"]:
        size, tall = ROLE_SIZE * grown, 25 * grown
        width = pill_width(node["role_label"], size, tall)
        left = at - {"left": 0.0, "center": width / 2, "right": width}[align]
        colours = LIGHT["role"].get(node["roles"][0], LIGHT["role"]["other"])
        top = y + (51 if node["job"] else 29) * grown
        parts.append(pill(node["role_label"], left, top, size, tall, colours))
    if node["badge"]:
        x, top = node["x"] + node["r"] * 0.5, node["y"] - node["r"] - 12
        parts.append(pill(f"#{node['rank']}", x, top, 15, 22, LIGHT["badge"], weight=700))
    return "".join(parts)
