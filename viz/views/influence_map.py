"""The influence map: who moves whom, in level bands, with our people, the competitors' and the best chain."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from models.columns import day_number
from models.enums import BuyingRole, EdgeKind, Step
from models.findings import Chain, Chains, Ranking, Strengths, View
from models.graph import AccountGraph
from viz.labels import label
from viz.network import SafeNetwork
from viz.texts import texts
from viz.views.frame import bounds_of, deal_line, legend, provenance, title_of, view_of
from viz.views.map_drawing import MapDrawing
from viz.views.options import influence_options
from viz.views.people import Fields, Roster, roster
from viz.views.summary import against_us, chain_summary, not_met, rival_ties, top_influencers
from viz.views.tables import by_rank, person_row, tie_row
from viz.views.ties import Ties

ALGORITHM = "influence"
MOST_PEOPLE, MOST_TIES, TIES_EACH, MOST_ROWS = 60, 120, 3, 1000
MOST_OURS, MOST_RIVALS = 8, 8
FAMILIAR_POINTS = 25.0
"""Ties of ours below are drawn only where they are a step of the chain."""
Row = dict[str, Any]


def influence_map(
    graph: AccountGraph,
    *,
    on: date,
    ranking: Ranking | None = None,
    strengths: Strengths | None = None,
    chains: Chains | None = None,
    lang: str = "en",
    opportunity_id: str | None = None,
    step: Step | None = None,
    limit: int = MOST_PEOPLE,
) -> View:
    """The influence map of an account as a picture in data.

    Parameters
    ----------
    graph : the whole account graph; what holds on the day `on` is chosen here.
    ranking, strengths, chains : the answers the map shows; each may be missing.
    lang : "zh" or else English.
    opportunity_id, step : whose roles, attitudes and influences are shown, and the step named.
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
    chain = best_chain(chains, people)
    rows = Ties(graph.on(on), people, opportunity_id, lang, day_number(on)).all(chain)
    shown = _chosen_people(people, rows, chain, limit)
    drawn = _chosen_ties(people, rows, set(shown))
    drawing = MapDrawing(graph, people, shown, drawn, chain, lang)
    nodes, edges = drawing.nodes(), drawing.edges()
    network = SafeNetwork(influence_options(len(nodes)))
    network.add_nodes(nodes)
    network.add_edges(edges)
    _ = texts(lang)
    everybody = sum(not row["left"] for row in people.fields)
    away = {"people": everybody - len(shown), "ties": len(rows) - len(edges)}
    counted = _("{count} of {all} people", count=len(shown), all=everybody)
    subtitle = [counted, *deal_line(graph, opportunity_id, step, lang)]
    return view_of(
        network,
        view=ALGORITHM,
        lang="zh" if lang == "zh" else "en",
        legend=legend(nodes, edges, lang),
        tables={
            "people": by_rank(
                person_row(row, lang, shown=row["id"] in drawing.places) for row in people.fields
            ),
            "ties": _tie_rows(rows, {row["id"] for row in edges}, drawing.names, lang),
        },
        panels=drawing.panels(),
        bounds=bounds_of(drawing.bounds()),
        summary={
            "chain": chain_summary(chain, drawing.names, lang),
            "top": top_influencers(people),
            "against": against_us(people),
            "rival_ties": rival_ties(rows, drawing.names),
            "not_met": not_met(people),
            "not_shown": {**away, "text": _("+{count} not shown", count=away["people"])},
            "step": str(step) if step else None,
        },
        texts={"title": title_of(graph, lang), "subtitle": " · ".join(subtitle)},
        provenance=provenance(
            graph, ALGORITHM, on, ranking, {"opportunity_id": opportunity_id, "step": step and str(step)}
        ),
    )


def best_chain(chains: Chains | None, people: Roster) -> Chain | None:
    """The chain the map lights: the most probable one to a person who decides, else to anybody."""
    if chains is None:
        return None

    def weight(chain: Chain) -> tuple[bool, float, str]:
        decides = BuyingRole.DECISION_MAKER in people.of(chain.target_id)["roles"]
        return not decides, -chain.probability, chain.target_id

    return min((chain for chain in chains.items if chain.rank == 1), key=weight, default=None)


def _chosen_people(people: Roster, rows: list[Row], chain: Chain | None, limit: int) -> list[str]:
    """Who has a circle, the most important first."""
    tied = {end for row in rows if row["kind"] not in ("knows", "courts") for end in (row["from"], row["to"])}
    on_chain = set(chain.path) if chain else set()

    def weight(row: Fields) -> tuple[Any, ...]:
        return row["id"] not in on_chain, not row["roles"], row["rank"] or len(people.fields) + 1, row["id"]

    wanted = [
        row
        for row in people.fields
        if row["id"] in on_chain
        or (not row["left"] and (row["id"] in tied or row["roles"] or row["key_player"] or row["badge"]))
    ]
    return [row["id"] for row in sorted(wanted, key=weight)[:limit]]


def _chosen_ties(people: Roster, rows: list[Row], shown: set[str]) -> list[Row]:
    """Ties with both ends on the map, the heaviest of them, at most so many of our people and theirs."""
    best: dict[str, str] = {}
    for member, contact, points in people.ours:
        row = people.of(contact)
        if (points or 0.0) >= FAMILIAR_POINTS and (row["roles"] or row["badge"] or row["hidden"]):
            best.setdefault(contact, member)
    kept: list[Row] = []
    load: dict[str, dict[str, float]] = {"knows": defaultdict(float), "courts": defaultdict(float)}
    for row in rows:
        ours = row["kind"] in load
        if row["to"] not in shown or (not ours and row["from"] not in shown):
            continue
        if row["kind"] == "knows" and row["chain"] is None and best.get(row["to"]) != row["from"]:
            continue
        if ours:
            load[row["kind"]][row["from"]] += (row["weight"] or 0.0) + 100 * (row["chain"] is not None)
        kept.append(row)
    sides = _heaviest(load["knows"], MOST_OURS) | _heaviest(load["courts"], MOST_RIVALS)
    kept = [row for row in kept if row["kind"] not in load or row["from"] in sides]

    def worth(row: Row) -> tuple[Any, ...]:
        scores = sum(people.of(row[end])["score"] or 0.0 for end in ("from", "to") if row[end] in shown)
        light = -(row["weight"] or 0.0)
        return row["chain"] is None, row["kind"] == "messages", light, -scores, row["id"]

    return sorted(kept, key=worth)[: min(MOST_TIES, TIES_EACH * max(len(shown), 12))]


def _heaviest(load: dict[str, float], most: int) -> set[str]:
    return set(sorted(load, key=lambda id_: (-load[id_], id_))[:most])


def _tie_rows(rows: list[Row], drawn: set[str], names: dict[str, str], lang: str) -> list[Row]:
    """The table of ties: those drawn first, then the heaviest."""
    kinds = {str(kind): label(kind, lang) for kind in EdgeKind}
    order = sorted(rows, key=lambda row: (row["id"] not in drawn, -(row["weight"] or 0.0), row["id"]))
    return [tie_row(row, names, kinds[row["kind"]], row["id"] in drawn) for row in order[:MOST_ROWS]]


__all__ = ["best_chain", "influence_map"]
