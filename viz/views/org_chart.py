"""The org chart: who is who and who reports to whom, as cards in department panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.columns import code_of
from models.enums import EdgeKind, Line, NodeKind
from models.findings.influence import Ranking
from models.findings.strength import Strengths
from models.findings.views import View
from models.graph import AccountGraph
from queries.strength.table import StrengthTable
from viz.labels import in_language, label
from viz.layout.boxes import Box, around
from viz.layout.forest import MARGIN, TRAY, OrgLayout, lay_out
from viz.layout.tree import Seat
from viz.layout.wires import dotted_line
from viz.network import SafeNetwork
from viz.texts import texts
from viz.theme import LIGHT, STROKES
from viz.views.frame import bounds_of, deal_line, provenance, title_of, view_of
from viz.views.hierarchy import FOLD_FROM, LONE, UNPLACED, Hierarchy, first_view, hierarchy, opened, way_to
from viz.views.options import org_chart_options
from viz.views.people import Roster, roster
from viz.views.summary import coverage, not_met, top_influencers
from viz.views.tables import by_rank, person_row, tie_row

ALGORITHM = "org-chart"
UNFOLD_ALL = "all"
Row = dict[str, Any]


def org_chart(
    graph: AccountGraph,
    *,
    on: date,
    ranking: Ranking | None = None,
    strengths: Strengths | StrengthTable | None = None,
    lang: str = "en",
    opportunity_id: str | None = None,
    unfold: str | None = None,
    contact_id: str | None = None,
) -> View:
    """The org chart of an account as a picture in data.

    Parameters
    ----------
    graph : the whole account graph; what holds on the day `on` is chosen here.
    ranking, strengths : the answers shown on the cards; without them cards carry no rank, no strength.
    lang : "zh" or else English.
    opportunity_id : whose roles and attitudes are shown; None takes all open opportunities together.
    unfold : ids of heads whose reports are shown beside the first view, joined by commas; "all" shows
        everybody; None folds charts of more than 40 cards. Unknown ids are ignored.
    contact_id : somebody who is shown with the way to him, whatever is folded.

    Notes
    -----
    Positions depend on the reporting lines, the departments and the folding alone: a new ranking moves no
    card unless it changes who is in the first view. People who left hang, last, under their last boss;
    people with neither department nor reporting line stand in a tray. O(people) but for sorting.
    """
    people = roster(
        graph, on=on, ranking=ranking, strengths=strengths, lang=lang, opportunity_id=opportunity_id
    )
    tree = hierarchy(graph, on, people)
    shown, asked = _shown(tree, people, unfold)
    if contact_id in people.position:
        shown |= set(way_to(tree, contact_id))
    chart = _Chart(graph, on, people, tree, shown, asked, lang)
    layout = lay_out(*chart.seats())
    nodes = [chart.card(id_, layout) for id_ in graph.contacts.ids if id_ in shown]
    edges = chart.lines(layout)
    return view_of(
        SafeNetwork.of(org_chart_options(len(nodes)), nodes, edges),
        view=ALGORITHM,
        lang=lang,
        tables=chart.tables(edges),
        panels=chart.panels(layout),
        bounds=bounds_of(_bounds(layout, edges)),
        summary={
            "top": top_influencers(people),
            "not_met": not_met(people),
            "coverage": coverage(people, lang),
            "not_shown": {"people": len(people.fields) - len(nodes)},
        },
        texts={"title": title_of(graph, lang), "subtitle": chart.subtitle(opportunity_id)},
        provenance=provenance(
            graph, ALGORITHM, on, ranking, {"opportunity_id": opportunity_id, "unfold": unfold}
        ),
    )


def _shown(tree: Hierarchy, people: Roster, unfold: str | None) -> tuple[set[str], frozenset[str]]:
    """Who is drawn, and the heads opened by the question."""
    everybody = set(people.position)
    if unfold == UNFOLD_ALL or (unfold is None and len(everybody) <= FOLD_FROM):
        heads = frozenset(tree.reports) if unfold == UNFOLD_ALL else frozenset()
        return everybody, heads
    important = [row["id"] for row in people.fields if row["badge"] or row["hidden"]]
    asked = frozenset(part for part in (unfold or "").split(",") if part in tree.reports)
    return opened(tree, first_view(tree, important), sorted(asked)), asked


def _bounds(layout: OrgLayout, edges: list[Row]) -> Box:
    points = [Box(x, y, x, y) for edge in edges for x, y in edge["points"]]
    wires = around([*points, *layout.cards.values()]).grown(MARGIN / 2)
    return around([layout.bounds, wires])


@dataclass(frozen=True, slots=True)
class _Chart:
    graph: AccountGraph
    on: date
    people: Roster
    tree: Hierarchy
    shown: set[str]
    asked: frozenset[str]
    lang: str

    def seats(self) -> tuple[list[Seat], list[Seat]]:
        """The cards of the tree and those of the tray."""
        placed: list[Seat] = []
        tray: list[Seat] = []
        for row in self.people.fields:
            id_ = row["id"]
            if id_ not in self.shown:
                continue
            head = self.tree.boss[id_]
            boss = None if head is None or head.startswith(LONE) else head
            order = self.tree.order[id_]
            chip = self._fold(id_) is not None
            seat = Seat(
                id_, boss, row["department"], self.tree.whole[id_], order, chip and not self._lone(id_)
            )
            (tray if head == UNPLACED else placed).append(seat)
        tray.sort(key=lambda seat: seat.order)
        return placed, tray

    def _lone(self, id_: str) -> bool:
        return (self.tree.boss[id_] or "").startswith(LONE)

    def _fold(self, id_: str) -> Row | None:
        """The chip on a card: of the person's own reports, or of the group the person is the first of."""
        group = self.tree.boss[id_]
        key = id_
        if group is not None and group.startswith(LONE):
            if id_ != next(person for person in self.tree.reports[group] if person in self.shown):
                return None
            key = group
        reports = self.tree.reports.get(key, ())
        away = [report for report in reports if report not in self.shown]
        if not away:
            count = len(reports) - (key != id_)
            return {"key": key, "count": count, "keys": 0, "open": True} if key in self.asked else None
        folded = [person for head in away for person in (head, *self.tree.below(head))]
        key_players = sum(bool(self.people.of(person)["key_player"]) for person in folded)
        return {"key": key, "count": len(folded), "keys": key_players, "open": False}

    def place_in_tree(self, id_: str) -> Row:
        """Where the tables say a person is: the boss, the head to unfold, whether there is a card."""
        head = self.tree.boss[id_]
        parent = None if head is None or head.startswith(LONE) else head
        return {"parent": parent, "fold_key": head, "shown": id_ in self.shown}

    def card(self, id_: str, layout: OrgLayout) -> Row:
        """The row of a person as a card."""
        box = layout.cards[id_]
        x, y = box.centre
        reports = self.tree.reports.get(id_, ())
        return {
            "id": id_,
            "kind": "card",
            "shape": "custom",
            "physics": False,
            "x": x,
            "y": y,
            "w": box.width,
            "h": box.height,
            **self.people.of(id_),
            "parent": self.place_in_tree(id_)["parent"],
            "children": len(reports),
            "below": self.tree.under.get(id_, 0),
            "hang": bool(id_ in layout.lines and not reports),
            "fold": self._fold(id_),
        }

    def lines(self, layout: OrgLayout) -> list[Row]:
        """Solid lines along their elbows, then dotted ones, from boss to report."""
        table, ids = self.graph.edges[EdgeKind.REPORTS_TO], self.graph.contacts.ids
        known = line_places(self.graph)
        dotted = table.array("line") == code_of(Line.DOTTED)
        edges = []
        for person, points in sorted(layout.lines.items()):
            boss = self.tree.boss[person]
            assert boss is not None  # only people with a boss have a line
            row = known[person, boss]
            edges.append(
                line_row(table.ids[row], boss, person, "dotted" if dotted[row] else "reports_to", points)
            )
        held = self.graph.on(self.on).edges[EdgeKind.REPORTS_TO]
        for row in np.flatnonzero(held.array("line") == code_of(Line.DOTTED)).tolist():
            person, boss = ids[held.source[row]], ids[held.target[row]]
            if person in layout.cards and boss in layout.cards and self.tree.boss[person] != boss:
                points = dotted_line(layout.cards[boss], layout.cards[person])
                edges.append(line_row(held.ids[row], boss, person, "dotted", points))
        return edges

    def tables(self, edges: list[Row]) -> dict[str, list[Row]]:
        """Everybody, folded away or not, and the lines drawn."""
        names = {row["id"]: row["name"] for row in self.people.fields}
        kinds = {"reports_to": label(EdgeKind.REPORTS_TO, self.lang), "dotted": label(Line.DOTTED, self.lang)}
        people = (person_row(row, self.lang, **self.place_in_tree(row["id"])) for row in self.people.fields)
        ties = [tie_row(edge, names, kinds[edge["kind"]], True) for edge in edges]
        return {"people": by_rank(people), "ties": ties}

    def panels(self, layout: OrgLayout) -> list[Row]:
        """Departments behind their people; the tray of unplaced people."""
        units, _ = self.graph.nodes[NodeKind.DEPARTMENT], texts(self.lang)
        counts: dict[str | None, int] = {}
        for row in self.people.fields:
            unit = TRAY if self.tree.boss[row["id"]] == UNPLACED else row["department"]
            counts[unit] = counts.get(unit, 0) + 1
        return [
            {
                "key": panel.unit,
                "label": _("Unplaced")
                if panel.unit == TRAY
                else in_language(units.texts("name")[units.position[panel.unit]], self.lang),
                "count": counts.get(panel.unit, 0),
                **bounds_of(panel.box),
            }
            for panel in layout.panels
        ]

    def subtitle(self, opportunity_id: str | None) -> str:
        """How many people and departments, how many of them folded away, whose roles are shown."""
        _ = texts(self.lang)
        everybody = self.people.fields
        units = {row["department"] for row in everybody if row["department"]}
        parts = [
            _.many("{count} person", "{count} people", len(everybody)),
            _.many("{count} department", "{count} departments", len(units)),
        ]
        if away := len(everybody) - len(self.shown):
            parts.append(_("{count} folded away", count=away))
        return " · ".join([*parts, *deal_line(self.graph, opportunity_id, None, self.lang)])


def line_places(graph: AccountGraph, of: Sequence[int] | None = None) -> dict[tuple[str, str], int]:
    """Where the last reporting line of each person to each boss stands in its table, by both ids.

    With `of` only of the people at these positions. O(lines).
    """
    table, ids = graph.edges[EdgeKind.REPORTS_TO], graph.contacts.ids
    rows = np.arange(len(table)) if of is None else np.flatnonzero(np.isin(table.source, of))
    ends = zip(rows.tolist(), table.source[rows].tolist(), table.target[rows].tolist(), strict=True)
    return {(ids[source], ids[target]): row for row, source, target in ends}


def line_row(id_: str, boss: str, person: str, kind: str, points: tuple[tuple[float, float], ...]) -> Row:
    """The row of a line from a boss to a report, along its corners."""
    key = f"edge:{kind}"
    stroke = STROKES[key]
    hidden = {"color": "rgba(0,0,0,0)", "highlight": "rgba(0,0,0,0)", "hover": "rgba(0,0,0,0)"}
    return {
        "id": id_,
        "from": boss,
        "to": person,
        "kind": kind,
        "key": key,
        "sign": None,
        "width": stroke.thin,
        "dashes": list(stroke.dashes) or False,
        "color": {**hidden, "drawn": LIGHT["edge"][key]},
        "arrows": "",
        "points": [[x, y] for x, y in points],
        "chain": None,
    }


__all__ = ["org_chart"]
