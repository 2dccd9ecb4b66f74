"""The influence map: who moves whom, in level bands, with our people, the competitors' and the best chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.columns import day_number
from models.enums import EdgeKind, Step
from models.findings.chains import Chains
from models.findings.influence import Ranking
from models.findings.strength import Strengths
from models.findings.views import View
from models.graph import AccountGraph
from queries.strength.table import StrengthTable
from viz.labels import label
from viz.network import SafeNetwork
from viz.texts import texts
from viz.views.choice import MOST_PEOPLE, best_chain, chosen_people, chosen_ties
from viz.views.frame import bounds_of, deal_line, provenance, title_of, view_of
from viz.views.map_drawing import MapDrawing
from viz.views.options import influence_options
from viz.views.people import Roster, roster
from viz.views.summary import map_summary
from viz.views.tables import by_rank, person_row, tie_row
from viz.views.ties import Ties

ALGORITHM = "influence"
MOST_ROWS = 1000
"""Rows of the table of ties at most."""
Row = dict[str, Any]


def influence_map(
    graph: AccountGraph,
    *,
    on: date,
    ranking: Ranking | None = None,
    strengths: Strengths | StrengthTable | None = None,
    chains: Chains | None = None,
    lang: str = "en",
    opportunity_id: str | None = None,
    step: Step | None = None,
    limit: int = MOST_PEOPLE,
    contact_id: str | None = None,
) -> View:
    """The influence map of an account as a picture in data.

    Parameters
    ----------
    graph : the whole account graph; what holds on the day `on` is chosen here.
    ranking, strengths, chains : the answers the map shows; each may be missing.
    lang : "zh" or else English.
    opportunity_id, step : whose roles, attitudes and influences are shown, and the step named.
    contact_id : somebody who is on the map in any case.
    limit : so many people at most; those on the best chain first, then by role and rank. The others are
        in the table and counted in `summary.not_shown`.

    Notes
    -----
    On the map: people with an influence, bond or message tie, a role, a key player's rank, or a place on
    the best chain. Of our ties, the chain's and, from 25 points on, the strongest to each person with a
    role or a mark. At most three ties per person and 120 in all: the chain's first, then by weight and the
    scores of those they join. O(people + ties) but for sorting and the labels' search.
    """
    people = roster(
        graph, on=on, ranking=ranking, strengths=strengths, lang=lang, opportunity_id=opportunity_id
    )
    chain = best_chain(chains, lambda id_: people.of(id_)["roles"])
    rows = Ties(graph.on(on), people, opportunity_id, lang, day_number(on)).all(chain)
    shown = chosen_people(people, rows, chain, limit, contact_id)
    drawn = chosen_ties(people, rows, set(shown))
    drawing = MapDrawing(graph, people, shown, drawn, chain, lang)
    nodes, edges = drawing.nodes(), drawing.edges()
    return view_of(
        SafeNetwork.of(influence_options(len(nodes)), nodes, edges),
        view=ALGORITHM,
        lang=lang,
        tables=_tables(people, rows, edges, drawing, lang),
        panels=drawing.panels(),
        bounds=bounds_of(drawing.bounds()),
        summary={
            **map_summary(people, rows, chain, drawing.names, lang),
            "not_shown": _not_shown(people, len(shown), len(rows) - len(edges), lang),
            "step": str(step) if step else None,
        },
        texts=_texts(graph, people, len(shown), deal_line(graph, opportunity_id, step, lang), lang),
        provenance=provenance(
            graph, ALGORITHM, on, ranking, {"opportunity_id": opportunity_id, "step": step and str(step)}
        ),
    )


def _everybody(people: Roster) -> int:
    return sum(not row["left"] for row in people.fields)


def _not_shown(people: Roster, shown: int, ties: int, lang: str) -> Row:
    """How many people and ties are in the tables only."""
    away, _ = _everybody(people) - shown, texts(lang)
    return {"people": away, "ties": ties, "text": _("+{count} not shown", count=away)}


def _texts(graph: AccountGraph, people: Roster, shown: int, deal: list[str], lang: str) -> Row:
    _ = texts(lang)
    counted = _("{count} of {all} people", count=shown, all=_everybody(people))
    return {"title": title_of(graph, lang), "subtitle": " · ".join([counted, *deal])}


def _tables(people: Roster, rows: list[Row], edges: list[Row], drawing: MapDrawing, lang: str) -> Row:
    """Everybody and their ties; the table of ties has those drawn first, then the heaviest."""
    persons = (person_row(row, lang, shown=row["id"] in drawing.places) for row in people.fields)
    drawn = {row["id"] for row in edges}
    kinds = {str(kind): label(kind, lang) for kind in EdgeKind}
    order = sorted(rows, key=lambda row: (row["id"] not in drawn, -(row["weight"] or 0.0), row["id"]))
    ties = [tie_row(row, drawing.names, kinds[row["kind"]], row["id"] in drawn) for row in order[:MOST_ROWS]]
    return {"people": by_rank(persons), "ties": ties}


__all__ = ["influence_map"]
