"""What both maps of a large account share: what is drawn, what is said of it, and what is told beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.columns import day_number
from models.enums import Step
from models.findings.views import View
from models.graph import AccountGraph
from viz.network import SafeNetwork
from viz.texts import texts
from viz.views.big.facts import Facts
from viz.views.big.grouping import Group, grouping
from viz.views.big.opened import Opened, lumped, opened
from viz.views.frame import deal_line, provenance, title_of, view_of
from viz.views.people import Roster, roster
from viz.views.summary import TOP
from viz.views.tables import by_rank, person_row

Row = dict[str, Any]
_TOLD = ("top", "against", "not_met", "hidden")
_OF_GROUPS = (
    "id",
    "name",
    "people",
    "people_met",
    "strength",
    "attitudes",
    "key_people",
    "key_count",
    "fold",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What of a large account is drawn on a day: groups, the people of opened ones, and facts about both.

    `home`: the key of the group each drawn person stands in, by id. `people` are those drawn and those named
    beside the map.
    """

    graph: AccountGraph
    on: date
    facts: Facts
    everybody: Group
    opened: Opened
    home: Mapping[str, str]
    people: Roster
    said: Row
    unfold: str | None

    @classmethod
    def of(
        cls,
        graph: AccountGraph,
        on: date,
        facts: Facts,
        unfold: str | None,
        contact_id: str | None,
        most: int | None = None,
        chain: Sequence[int] = (),
    ) -> Drawn:
        """The groups of `unfold` (keys joined by commas) opened, and the way to a contact; of closed groups
        the `most` influential, the others taken together. Those of a `chain` (positions) are named, and
        their groups opened unless `unfold` says which are."""
        everybody = grouping(graph, on)
        asked = [key for key in (unfold or "").split(",") if key]
        wished = chain if unfold is None else ()
        shown = opened(everybody, asked, graph.contacts.position.get(contact_id or ""), wished)
        if most is not None:
            shown = lumped(shown, asked, facts.influence, most)
        said = facts.summary(everybody, TOP)
        wanted = {person for person, _ in shown.people}.union(chain, *(said[name] for name in _TOLD))
        people = roster(
            graph,
            on=on,
            ranking=facts.standings,
            strengths=facts.strengths,
            lang=facts.lang,
            opportunity_id=facts.opportunity_id,
            only=wanted,
        )
        ids = graph.contacts.ids
        home = {ids[person]: key for person, key in shown.people}
        return cls(graph, on, facts, everybody, shown, home, people, said, unfold)

    def group_row(self, group: Group, parent: str | None) -> Row:
        """A group with the chip that opens it or shuts it, and the key of the group it stands in."""
        row, open_ = self.facts.row(group), group.key in self.opened.keys
        fold = {"key": group.key, "count": row["people"], "keys": row["key_count"], "open": open_}
        told = {"children": group.size, "below": row["people"], "hang": False, "parent": parent}
        if open_:
            row |= {"counted": {}}
        return {**row, "fold": fold, **told}

    def hides(self, id_: str) -> bool:
        """Whether somebody of the account is not drawn one by one."""
        return id_ in self.graph.contacts.position and id_ not in self.home

    @property
    def today(self) -> int:
        """The number of the day."""
        return day_number(self.on)

    @property
    def text(self) -> str:
        """How many people there are, and how many of them are drawn one by one."""
        _ = texts(self.facts.lang)
        everybody, closed = len(self.everybody.members), len(self.opened.closed)
        parts = [
            _("{count} people", count=f"{everybody:,}"),
            _.many("{count} closed group", "{count} closed groups", closed),
        ]
        if self.opened.people:
            parts.append(_("{count} drawn one by one", count=len(self.opened.people)))
        return " · ".join(parts)


def framed(
    drawn: Drawn,
    network: SafeNetwork,
    *,
    view: str,
    ties: list[Row],
    panels: list[Row],
    bounds: dict[str, float],
    parents: Mapping[str, str | None],
    step: Step | None = None,
    chain: Row | None = None,
) -> View:
    """The view of what is drawn. Its tables hold the same groups, people and ties, and nobody else.

    Of a `chain` it is told who stands in a closed group: `hidden`, by id.
    """
    graph, facts = drawn.graph, drawn.facts
    lang, deal = facts.lang, facts.opportunity_id
    rows = [drawn.people.of(id_) for id_ in drawn.home]
    persons = (
        person_row(row, lang, parent=parents.get(row["id"]), fold_key=drawn.home[row["id"]], shown=True)
        for row in rows
    )
    groups = [{name: node[name] for name in _OF_GROUPS} for node in network.nodes if node["kind"] == "group"]
    ids = graph.contacts.ids
    told = {name: [_brief(drawn.people.of(ids[place])) for place in drawn.said[name]] for name in _TOLD}
    away = len(drawn.everybody.members) - len(rows)
    deals = deal_line(graph, deal, step, lang)
    asked = {"opportunity_id": deal, "unfold": drawn.unfold, "step": step and str(step)}
    return view_of(
        network,
        view=view,
        lang=lang,
        tables={"people": by_rank(persons), "groups": groups, "ties": ties},
        panels=panels,
        bounds=bounds,
        summary={
            **told,
            "coverage": drawn.said["coverage"],
            "chain": chain and {**chain, "hidden": [id_ for id_ in chain["path"] if drawn.hides(id_)]},
            "step": str(step) if step else None,
            "people": len(drawn.everybody.members),
            "opened": list(drawn.opened.keys),
            "refused": list(drawn.opened.refused),
            "not_shown": {
                "people": away,
                "ties": 0,
                "text": texts(lang)("+{count} not shown", count=away),
            },
        },
        texts={"title": title_of(graph, lang), "subtitle": " · ".join([drawn.text, *deals])},
        provenance=provenance(graph, view, drawn.on, facts.standings, asked),
    )


def _brief(row: Row) -> Row:
    names = ("id", "name", "job", "rank", "score", "hidden", "attitude", "attitude_label", "met", "strength")
    return {name: row[name] for name in names}
