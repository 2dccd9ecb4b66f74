"""The org chart of a large account: groups as cards, opened ones as panels with what is in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.columns import code_of
from models.enums import EdgeKind, Line
from models.findings.views import View
from models.graph import AccountGraph
from queries.influence.ranking import Standings
from queries.strength.table import StrengthTable
from viz.labels import label
from viz.layout.boxes import Box
from viz.layout.forest import OrgLayout, lay_out
from viz.layout.nests import Nest, Nested, lay_nests
from viz.layout.tree import Seat
from viz.network import SafeNetwork
from viz.views.big.facts import Facts
from viz.views.big.frame import Drawn, framed
from viz.views.big.grouping import Group, kept_bosses, kept_sizes
from viz.views.frame import bounds_of
from viz.views.options import org_chart_options
from viz.views.org_chart import ALGORITHM, line_places, line_row
from viz.views.tables import tie_row

Row = dict[str, Any]


def grouped_chart(
    graph: AccountGraph,
    *,
    on: date,
    standings: Standings,
    strengths: StrengthTable,
    lang: str = "en",
    opportunity_id: str | None = None,
    unfold: str | None = None,
    contact_id: str | None = None,
) -> View:
    """The org chart of an account of more than `MOST_WHOLE` people, as a picture in data.

    `unfold`: keys of groups that stand open, joined by commas; `contact_id`: somebody to whom the way is
    opened. People of an opened group stand under their boss if he is in it too. The tables hold what is
    drawn. O(people + ties) once, then O(drawn).
    """
    facts = Facts(graph.on(on), standings, strengths, lang, opportunity_id)
    drawn = Drawn.of(graph, on, facts, unfold, contact_id)
    chart = _Chart(drawn, kept_bosses(graph, on), kept_sizes(graph, on))
    trees, layout = chart.laid()
    nodes = [*chart.group_cards(layout), *chart.cards(trees, layout)]
    edges = list(chart.lines(trees, layout))
    kinds = {"reports_to": label(EdgeKind.REPORTS_TO, lang), "dotted": label(Line.DOTTED, lang)}
    names = {row["id"]: row["name"] for row in nodes}
    return framed(
        drawn,
        SafeNetwork.of(org_chart_options(len(nodes)), nodes, edges),
        view=ALGORITHM,
        ties=[tie_row(edge, names, kinds[edge["kind"]], True) for edge in edges],
        panels=chart.panels(layout),
        bounds=bounds_of(layout.bounds),
        parents={row["id"]: row["parent"] for row in nodes},
    )


@dataclass(frozen=True, slots=True)
class _Chart:
    drawn: Drawn
    boss: Mapping[str, str | None]
    under: Mapping[str, int]

    def laid(self) -> tuple[dict[str, OrgLayout], Nested]:
        """The people of each group that stands open, as trees of their own, and the places of all groups."""
        ids = self.drawn.graph.contacts.ids
        inside: dict[str | None, list[Group]] = defaultdict(list)
        for group, parent in self.drawn.opened.groups:
            inside[parent].append(group)
        people: dict[str, list[Seat]] = defaultdict(list)
        for place, (person, key) in enumerate(self.drawn.opened.people):
            people[key].append(Seat(ids[person], self._boss_in(ids[person], key), None, None, (place,)))
        trees = {key: lay_out(seats) for key, seats in people.items()}
        open_ = set(self.drawn.opened.keys)

        def nest(key: str | None) -> Nest:
            groups = [group.key for group in inside[key]]
            own = [] if key is None else [key]
            tree = trees.get(key or "")
            content = (tree.bounds.width, tree.bounds.height) if tree else None
            nests = [nest(one) for one in groups if one in open_]
            return Nest(key or "", own + [one for one in groups if one not in open_], nests, content)

        return trees, lay_nests(nest(None))

    def _boss_in(self, id_: str, key: str) -> str | None:
        """The boss, where he is drawn in the same group."""
        boss = self.boss[id_]
        return boss if boss is not None and self.drawn.home.get(boss) == key else None

    def group_cards(self, layout: Nested) -> Iterator[Row]:
        """Groups, those that stand open too: first in their own panels."""
        for group, parent in self.drawn.opened.groups:
            yield {**self.drawn.group_row(group, parent), **_placed(layout.cards[group.key])}

    def cards(self, trees: Mapping[str, OrgLayout], layout: Nested) -> Iterator[Row]:
        """The people of opened groups; `above`: the ids of all their bosses, the nearest first."""
        begin = _beginnings(trees, layout)
        heads = {self._boss_in(id_, key) for id_, key in self.drawn.home.items()}
        for id_, key in self.drawn.home.items():
            above = list(self._above(id_))
            yield {
                **self.drawn.people.of(id_),
                **_placed(trees[key].cards[id_].moved(*begin[key])),
                "kind": "card",
                "parent": above[0] if above else None,
                "parent_name": self._name(above[0]) if above else None,
                "above": above,
                "children": 0,
                "below": self.under[id_],
                "hang": self._boss_in(id_, key) is not None and id_ not in heads,
                "fold": None,
            }

    def _above(self, id_: str) -> Iterator[str]:
        """Everybody's bosses, the nearest first, drawn or not."""
        boss = self.boss[id_]
        while boss is not None:
            yield boss
            boss = self.boss[boss]

    def _name(self, id_: str) -> str:
        return self.drawn.facts.person(self.drawn.graph.contacts.position[id_])

    def lines(self, trees: Mapping[str, OrgLayout], layout: Nested) -> Iterator[Row]:
        """Reporting lines between people drawn in the same group."""
        graph, begin = self.drawn.graph, _beginnings(trees, layout)
        table = graph.edges[EdgeKind.REPORTS_TO]
        known = line_places(graph, [person for person, _ in self.drawn.opened.people])
        dotted = table.array("line") == code_of(Line.DOTTED)
        for key, tree in trees.items():
            dx, dy = begin[key]
            for id_, points in sorted(tree.lines.items()):
                boss = self.boss[id_]
                assert boss is not None  # only people with a boss have a line
                row = known[id_, boss]
                moved = tuple((x + dx, y + dy) for x, y in points)
                kind = "dotted" if dotted[row] else "reports_to"
                yield line_row(table.ids[row], boss, id_, kind, moved)

    def panels(self, layout: Nested) -> list[Row]:
        """A panel for each group that stands open, outer ones first."""
        named = {group.key: group for group, _ in self.drawn.opened.groups}
        return [
            {
                "key": panel.key,
                "label": self.drawn.facts.name(named[panel.key]),
                "count": len(named[panel.key].members),
                "depth": panel.depth,
                **bounds_of(panel.box),
            }
            for panel in layout.panels
        ]


def _beginnings(trees: Mapping[str, OrgLayout], layout: Nested) -> dict[str, tuple[float, float]]:
    """How far the people of each group are moved into its panel."""
    found = {}
    for panel in layout.panels:
        if panel.content is not None:
            bounds = trees[panel.key].bounds
            found[panel.key] = (panel.content[0] - bounds.x0, panel.content[1] - bounds.y0)
    return found


def _placed(box: Box) -> Row:
    x, y = box.centre
    return {"shape": "custom", "physics": False, "x": x, "y": y, "w": box.width, "h": box.height}
