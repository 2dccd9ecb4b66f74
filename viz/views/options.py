"""The drawing options of vis-network: positions come from the server, nothing moves by itself."""

from __future__ import annotations

import copy
from typing import Any

_STILL: dict[str, Any] = {
    "autoResize": False,
    "layout": {"improvedLayout": False, "hierarchical": {"enabled": False}},
    "physics": {"enabled": False},
    "nodes": {"chosen": False},
}
_INTERACTION = {
    "hover": True,
    "hoverConnectedEdges": False,
    "tooltipDelay": 150,
    "dragNodes": False,
    "multiselect": False,
    "zoomSpeed": 0.6,
    "keyboard": {"enabled": False},
}
MANY = 1000
"""Above so many nodes edges are straight and hidden while the map moves."""


def org_chart_options(nodes: int) -> dict[str, Any]:
    """Cards with elbows of our own; the library's edges stay hidden."""
    edges = {"smooth": False, "chosen": False, "arrows": {"to": {"enabled": False}}}
    return _with({"edges": edges, "interaction": dict(_INTERACTION)}, nodes)


def influence_options(nodes: int) -> dict[str, Any]:
    """Curved ties with arrows; people can be dragged."""
    edges = {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6, "type": "arrow"}},
        "arrowStrikethrough": False,
        "selectionWidth": 2,
        "hoverWidth": 1.5,
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12},
        "color": {"inherit": False},
    }
    return _with({"edges": edges, "interaction": {**_INTERACTION, "dragNodes": True}}, nodes)


def _with(own: dict[str, Any], nodes: int) -> dict[str, Any]:
    options = {**copy.deepcopy(_STILL), **own}
    if nodes > MANY:
        options["edges"] = {**options["edges"], "smooth": False}
        options["interaction"] |= {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True}
        options["nodes"] |= {"scaling": {"label": {"drawThreshold": 8}}}
    return options
