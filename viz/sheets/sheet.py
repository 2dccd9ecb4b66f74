"""A sheet: boxes, bars, dots and words with places, lines between them, and tables that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.enums import ViewName
from models.findings.base import Provenance
from models.findings.views import LegendRow, View
from viz.layout.boxes import Box, around
from viz.naming import Names
from viz.network import SafeNetwork
from viz.texts import Texts, texts
from viz.theme import THEME
from viz.views.frame import VERSION, bounds_of, deal_line, title_of

Row = dict[str, Any]
MARGIN = 24.0
_STEPS = (0.01, 0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values by key, and what their columns are called, in order."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Row]


def heat(points: float, most: float = 100.0) -> str:
    """The tone of a cell: none at all, then by quarters of the most."""
    share = points / most
    return (
        f"heat{0 if share < 0.01 else 1 if share < 0.25 else 2 if share < 0.5 else 3 if share < 0.75 else 4}"
    )


@dataclass
class Sheet:
    """Collects the marks of one picture; every mark has an id of its own and a tone, a colour of the theme.

    Places are centres; `legend` names the tones that mean something, in order.
    """

    names: Names
    legend: Sequence[tuple[str, str]] = ()
    nodes: list[Row] = field(default_factory=list)
    edges: list[Row] = field(default_factory=list)

    @property
    def _(self) -> Texts:
        return texts(self.names.lang)

    def mark(self, kind: str, id_: str, box: Box, tone: str, lines: Iterable[str] = (), **more: Any) -> None:
        """A mark: "box", "bar" (its `value` a share of 1), "dot" or "word"."""
        x, y = box.centre
        said = [line for line in lines if line]
        self.nodes.append(
            {
                "id": id_,
                "kind": kind,
                "x": x,
                "y": y,
                "w": box.width,
                "h": box.height,
                "tone": tone,
                "lines": said,
                "name": " ".join(said),
                "keys": [f"tone:{tone}"],
                **more,
            }
        )

    def word(self, id_: str, text: str, x: float, y: float, width: float, **more: Any) -> None:
        """Words that begin at x, with their middle at y, cut to a width."""
        self.mark("word", id_, Box(x, y - 12, x + width, y + 12), "plain", [text], **more)

    def bar(self, id_: str, x: float, y: float, width: float, share: float, tone: str) -> None:
        """A bar that begins at x on a track of a width."""
        self.mark("bar", id_, Box(x, y - 8, x + width, y + 8), tone, value=max(0.0, min(1.0, share)))

    def line(
        self, id_: str, ends: tuple[str, str], tone: str, points: Sequence[tuple[float, float]], **more: Any
    ) -> None:
        """A line between two marks; `label` stands at its middle, `arrow` says whether it has a head."""
        source, target = ends
        self.edges.append(
            {
                "id": id_,
                "from": source,
                "to": target,
                "kind": "line",
                "key": f"tone:{tone}",
                "tone": tone,
                "points": [list(point) for point in points],
                "label": None,
                "arrow": False,
                **more,
            }
        )

    def view(
        self,
        name: ViewName,
        provenance: Provenance,
        *,
        people: Table,
        ties: Table,
        said: Iterable[str] = (),
        opportunity_id: str | None = None,
    ) -> View:
        """The picture as data. O(marks)."""
        graph, lang = self.names.graph, self.names.lang
        if not self.nodes:
            self.word("nothing", self._("There is nothing to draw yet."), 0, 0, 600)
        network = SafeNetwork.of({}, self.nodes, self.edges)
        counts: dict[str, int] = {}
        for key in [
            *(key for node in self.nodes for key in node["keys"]),
            *(edge["key"] for edge in self.edges),
        ]:
            counts[key] = counts.get(key, 0) + 1
        rows = [(f"tone:{tone}", label) for tone, label in self.legend]
        boxes = [
            Box(n["x"] - n["w"] / 2, n["y"] - n["h"] / 2, n["x"] + n["w"] / 2, n["y"] + n["h"] / 2)
            for n in self.nodes
        ]
        corners = [Box(x, y, x, y) for edge in self.edges for x, y in edge["points"]]
        tables = {"people": people, "ties": ties}
        return View(
            view=name,
            version=VERSION,
            nodes=network.nodes,
            edges=network.edges,
            options=network.options,
            legend=[
                LegendRow(key=key, label=label, count=counts[key]) for key, label in rows if key in counts
            ],
            tables={key: list(table.rows) for key, table in tables.items()},
            provenance=provenance,
            lang="zh" if lang == "zh" else "en",
            bounds=bounds_of(around([*boxes, *corners]).grown(MARGIN)),
            theme=THEME,
            texts={
                "title": title_of(graph, lang),
                "subtitle": " · ".join([*said, *deal_line(graph, opportunity_id, None, lang)]),
                "tables": {
                    key: {"title": table.title, "columns": [list(column) for column in table.columns]}
                    for key, table in tables.items()
                },
            },
        )
