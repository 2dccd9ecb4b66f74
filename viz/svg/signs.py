"""What a lens says, drawn over a picture: signs on people, ties and chips, ties that are only thought of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.findings.views import Lens, Sign, View
from viz.layout.boxes import Point
from viz.layout.curves import on_curve
from viz.svg.canvas import number, path
from viz.svg.cards import chip_left
from viz.svg.marks import pill, pill_width
from viz.texts import texts
from viz.theme import LIGHT

SIZE, HEIGHT, GAP = 15.0, 22.0, 4.0
Row = dict[str, Any]


def lens_signs(view: View, lang: str) -> list[str]:
    """The signs of the view's lens, as the page has them. O(marks + edges)."""
    if view.lens is None:
        return []
    nodes = {node["id"]: node for node in view.nodes}
    return [
        *_thought(view.lens, nodes),
        *_on_ties(view, view.lens, nodes),
        *_on_marks(view.lens, nodes, lang),
    ]


def _thought(lens: Lens, nodes: Mapping[str, Row]) -> Iterator[str]:
    for one, other in lens.lines:
        if one in nodes and other in nodes:
            (x0, y0), (x1, y1) = ((nodes[id_]["x"], nodes[id_]["y"]) for id_ in (one, other))
            way = f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}"
            yield path(way, stroke=LIGHT["accent"], stroke_width=4, stroke_dasharray="10 7")


def _on_ties(view: View, lens: Lens, nodes: Mapping[str, Row]) -> Iterator[str]:
    for edge in view.edges:
        sign = lens.ties.get(edge["id"])
        if sign is not None:
            x, y = _middle(edge, nodes)
            yield _sign(sign, x - HEIGHT * 0.6, y - HEIGHT / 2)


def _middle(edge: Row, nodes: Mapping[str, Row]) -> Point:
    """Where the sign of a tie stands: in the middle of its curve, or of its last stretch."""
    if edge.get("points"):
        (x0, y0), (x1, y1) = edge["points"][-2:]
        return (x0 + x1) / 2, (y0 + y1) / 2
    start, end = ((nodes[edge[side]]["x"], nodes[edge[side]]["y"]) for side in ("from", "to"))
    return on_curve(start, (edge["via"][0], edge["via"][1]), end, 0.5)


def _on_marks(lens: Lens, nodes: Mapping[str, Row], lang: str) -> Iterator[str]:
    for id_, node in nodes.items():
        high = HEIGHT * _grown(node)
        own, below = lens.people.get(id_), lens.folded.get(id_)
        x, y = node["x"], node["y"]
        if "w" not in node:
            if sign := own or below:
                right = (node.get("label") or {}).get("align") == "right"
                at = x + (node["r"] if right else -node["r"]) * 0.55
                yield _sign(sign, at, y - high * 0.3, from_right=not right, grown=_grown(node))
            continue
        left, bottom = x - node["w"] / 2, y + node["h"] / 2
        if node["kind"] == "group":
            if below:
                yield _sign(below, left, bottom - HEIGHT * 0.45)
            continue
        if below:
            yield _sign(below, chip_left(node, texts(lang)) - GAP, bottom - 1, from_right=True)
        if own:
            top = y - node["h"] / 2 - HEIGHT * 0.7
            yield _sign(own, left - HEIGHT * 0.4, top if below else bottom - HEIGHT * 0.15)


def _grown(node: Row) -> float:
    """How much larger than usual the words beside a mark are."""
    grown: float = (node.get("label") or {}).get("grown", 1.0)
    return grown


def _sign(sign: Sign, x: float, y: float, *, from_right: bool = False, grown: float = 1.0) -> str:
    size, height = SIZE * grown, HEIGHT * grown
    left = x - pill_width(sign.text, size, height) if from_right else x
    return pill(sign.text, left, y, size, height, LIGHT["sign"][sign.tone], weight=700)
