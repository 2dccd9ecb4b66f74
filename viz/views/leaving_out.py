"""What a picture that leaves the page leaves out: rows of the legend that are hidden, personal fields."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from models.findings.views import View
from viz.texts import texts
from viz.views.frame import legend, legend_labels

Row = dict[str, Any]
PERSONAL = frozenset({"basis", "basis_label"})
"""Fields of a view's rows that are told only to who may see personal ones."""


def without_rows(view: View, hidden: Collection[str]) -> View:
    """The view without the people and ties of the legend rows `hidden` (their keys). O(nodes + edges).

    A tie goes with either of its ends, as it does on the page. The tables stay whole.
    """
    if not hidden:
        return view
    away = frozenset(hidden)
    nodes = [node for node in view.nodes if away.isdisjoint(node["keys"])]
    there = {node["id"] for node in nodes}
    edges = [
        edge
        for edge in view.edges
        if edge["key"] not in away and edge["from"] in there and edge["to"] in there
    ]
    rows = [row for row in legend(nodes, edges, view.lang) if row.key not in away]
    return view.model_copy(update={"nodes": nodes, "edges": edges, "legend": rows})


def left_out(hidden: Collection[str], lang: str) -> str | None:
    """The line that says which rows of the legend are not drawn; None if all are."""
    _, labels = texts(lang), legend_labels(lang)
    said = [labels[key] for key in hidden if key in labels]
    return _("without: {rows}", rows=_.separator.join(said)) if said else None


def without_personal(view: View) -> View:
    """The view without personal fields. O(edges + rows)."""
    tables = {name: [_plain(row) for row in rows] for name, rows in view.tables.items()}
    return view.model_copy(update={"edges": [_plain(edge) for edge in view.edges], "tables": tables})


def _plain(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in PERSONAL}
