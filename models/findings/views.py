"""Pictures as data."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from models.findings.base import Finding, Provenance


class LegendRow(Finding):
    """One row of a legend: what is on screen under `key`, and how often."""

    key: str
    label: str
    count: int


class Sign(Finding):
    """What a lens says at a mark; `tone`: up, down or other."""

    text: str
    tone: str


class Differing(Finding):
    """A person, or a tie, that differs between two times, and what of it, in words."""

    id: str
    name: str
    tie: bool
    kind_label: str | None = None
    fields: list[str] = Field(default_factory=list)


class Lens(Finding):
    """What a map shows through a lens: signs by the ids of people and ties, and what is said above it.

    `folded`: by the id of a mark, what of the people that it folds away. `lines`: ties that are only thought
    of. Between two times, `differing` names what is added, removed and changed, and `counts` counts it.
    """

    title: str
    says: str
    people: dict[str, Sign] = Field(default_factory=dict)
    ties: dict[str, Sign] = Field(default_factory=dict)
    folded: dict[str, Sign] = Field(default_factory=dict)
    lines: list[tuple[str, str]] = Field(default_factory=list)
    differing: dict[str, list[Differing]] = Field(default_factory=dict)
    counts: dict[str, int] = Field(default_factory=dict)


class View(Finding):
    """A picture as data: nodes with x and y, edges, options, legend, and tables that say the same."""

    view: str
    version: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    legend: list[LegendRow]
    tables: dict[str, list[dict[str, Any]]]
    provenance: Provenance
    panels: list[dict[str, Any]] = Field(default_factory=list)
    """Bands or department panels behind the nodes: key, label, x0, y0, x1, y1."""
    summary: dict[str, Any] = Field(default_factory=dict)
    """What the page says beside the map: chain, ranking, gaps."""
    lang: str = "en"
    bounds: dict[str, float] = Field(default_factory=dict)
    """What is drawn lies inside x0, y0, x1, y1."""
    theme: dict[str, Any] = Field(default_factory=dict)
    """The colours to draw with, for light and dark surroundings, and the font."""
    texts: dict[str, Any] = Field(default_factory=dict)
    """Title, subtitle and the headings of the tables, in the view's language."""
    lens: Lens | None = None
    """What is seen through the lens that was asked for, if one was."""
