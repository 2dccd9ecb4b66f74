"""The influence map of a large account: who moves whom among groups and the people of opened ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from models.enums import EdgeKind, Step
from models.findings.chains import Chains
from models.findings.views import View
from models.graph import AccountGraph
from queries.influence.ranking import Standings
from queries.strength.table import StrengthTable
from viz.labels import label
from viz.network import SafeNetwork
from viz.texts import texts
from viz.views.big.facts import Facts
from viz.views.big.frame import Drawn, framed
from viz.views.big.ties import Bundles
from viz.views.choice import best_chain
from viz.views.frame import bounds_of
from viz.views.influence_map import ALGORITHM
from viz.views.map_drawing import GROUPS, MapDrawing
from viz.views.options import influence_options
from viz.views.people import Roster
from viz.views.summary import chain_summary
from viz.views.tables import tie_row

MOST_MARKS = 24
"""So many closed groups have a mark of their own, unless the others are asked for."""
Row = dict[str, Any]


def grouped_map(
    graph: AccountGraph,
    *,
    on: date,
    standings: Standings,
    strengths: StrengthTable,
    chains: Chains | None = None,
    lang: str = "en",
    opportunity_id: str | None = None,
    step: Step | None = None,
    unfold: str | None = None,
    contact_id: str | None = None,
) -> View:
    """The influence map of an account of more than `MOST_WHOLE` people, as a picture in data.

    `unfold`, `contact_id` as on `grouped_chart`. Groups stand in a band of their own, the larger the more
    people they hold, opened ones as an empty ring; people of opened groups stand in the bands of their
    levels. Ties to people in a group are drawn to the group, those of a pair as one; the heaviest are shown.
    The groups of those on the chain of `chains` are opened as far as there is room, unless `unfold` says
    which are; its steps to somebody in a closed group end there. O(people + ties).
    """
    facts = Facts(graph.on(on), standings, strengths, lang, opportunity_id)
    chain = best_chain(chains, facts.roles)
    position = graph.contacts.position
    way = [position[id_] for id_ in chain.path if id_ in position] if chain else []
    drawn = Drawn.of(graph, on, facts, unfold, contact_id, MOST_MARKS, way)
    ties = Bundles(drawn).chosen(chain)
    people = _with_groups(drawn)
    shown = [row["id"] for row in people.fields if row["id"] in drawn.home or row.get("kind") == "group"]
    drawing = MapDrawing(graph, people, shown, ties, chain, lang)
    nodes, edges = drawing.nodes(), drawing.edges()
    kinds = {str(kind): label(kind, lang) for kind in EdgeKind}
    return framed(
        drawn,
        SafeNetwork.of(influence_options(len(nodes)), nodes, edges),
        view=ALGORITHM,
        ties=[
            tie_row(row, drawing.names, _kind(kinds[row["kind"]], row["count"], lang), True) for row in ties
        ],
        panels=drawing.panels(),
        bounds=bounds_of(drawing.bounds()),
        parents={},
        step=step,
        chain=chain_summary(chain, drawing.names, lang),
    )


def _kind(word: str, count: int, lang: str) -> str:
    """What the table calls a line: its kind, and of how many ties it is made."""
    return word if count == 1 else texts(lang)("{tie}, {count} ties", tie=word, count=count)


def _with_groups(drawn: Drawn) -> Roster:
    """People and, as rows beside theirs, groups: their size grows with the root of their number."""
    groups = [drawn.group_row(group, parent) for group, parent in drawn.opened.groups]
    largest = max((row["people"] for row in groups), default=1)
    for row in groups:
        row["size"] = 30.0 + float(70 * np.sqrt(row["people"] / largest)) if not row["fold"]["open"] else 30.0
        row["level"] = GROUPS
    fields = (*sorted(drawn.people.fields, key=lambda row: (row["rank"] or 10**9, row["id"])), *groups)
    position = {row["id"]: place for place, row in enumerate(fields)}
    return Roster(fields, position, drawn.people.people, drawn.people.ours)
