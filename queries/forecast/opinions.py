"""What everybody thinks of us before anybody listens to anybody: as entered, else guessed from ties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import code_of
from models.enums import EdgeKind, NodeKind, OpportunityStatus
from models.findings.base import Evidence
from models.graph import AccountGraph
from queries.people import Bools, Floats, People
from queries.rules import Rules
from queries.strength.by_contact import best_tie_rows
from queries.strength.table import strength_table, tie_ids
from queries.threats.courted import out_of

__all__ = ["Opinions", "opinions"]

ATTITUDE_TOP = 2.0


@dataclass(frozen=True, slots=True)
class Opinions:
    """By contact position: `value` −1…1, whether it was entered (`stated`), and what it rests on."""

    value: Floats
    stated: Bools
    evidence: tuple[tuple[Evidence, ...], ...]


def opinions(
    graph: AccountGraph, who: People, on: date, rules: Rules, opportunity_id: str | None
) -> Opinions:
    """The opinion everybody begins with. O(ties log ties).

    Entered: attitude / 2. Unknown: `guessed`·(our best tie, with a minus if it is sour, − their best)/100.
    """
    stated = ~np.isnan(who.attitude)
    ours, our_ids = _ours(graph, on, rules)
    theirs, their_ids = _theirs(graph.on(on), opportunity_id)
    guess = rules.forecast.guessed * (ours - theirs) / 100
    value = np.where(stated, np.nan_to_num(who.attitude) / ATTITUDE_TOP, guess) * who.counts
    said = _said(graph.on(on), opportunity_id)
    evidence = tuple(
        tuple(said.get(place, ())) if stated[place] else _both(our_ids.get(place), their_ids.get(place))
        for place in range(len(value))
    )
    return Opinions(value, stated, evidence)


def _ours(graph: AccountGraph, on: date, rules: Rules) -> tuple[Floats, dict[int, Evidence]]:
    """Our best tie to each contact in points, negative where it is sour, and its record."""
    table, found = strength_table(graph, on=on, rules=rules), np.zeros(len(graph.contacts))
    ids, evidence = tie_ids(graph, table, on), dict[int, Evidence]()
    sour = table.liking < rules.strength.sour_liking
    for place, row in enumerate(best_tie_rows(table, len(found)).tolist()):
        if row >= 0:
            found[place] = -table.strength[row] if sour[row] else table.strength[row]
            evidence[place] = Evidence(kind=EdgeKind.KNOWS, id=ids[row])
    return found, evidence


def _theirs(day: AccountGraph, opportunity_id: str | None) -> tuple[Floats, dict[int, Evidence]]:
    """The best tie to each contact of competitors that are not out of the purchase, and its record."""
    firms = day.nodes[NodeKind.COMPETITOR].ids
    out = {firms[place] for place in out_of(day, opportunity_id).tolist()}
    idle = [firm in out for firm in day.nodes[NodeKind.RIVAL].texts("competitor_id")]
    courts, found = day.edges[EdgeKind.COURTS], np.zeros(len(day.contacts))
    strength, evidence = courts.array("strength"), dict[int, Evidence]()
    for row in range(len(courts)):
        place = int(courts.target[row])
        if strength[row] > found[place] and not idle[courts.source[row]]:
            found[place] = strength[row]
            evidence[place] = Evidence(kind=EdgeKind.COURTS, id=courts.ids[row])
    return found, evidence


def _said(day: AccountGraph, opportunity_id: str | None) -> dict[int, list[Evidence]]:
    """The roles that state an attitude, by contact; without a purchase, those in all open ones."""
    plays, deals = day.edges[EdgeKind.PLAYS], day.nodes[NodeKind.OPPORTUNITY]
    read = deals.array("status") == code_of(OpportunityStatus.OPEN)
    if opportunity_id is not None:
        read = np.arange(len(deals)) == deals.position[opportunity_id]
    found: dict[int, list[Evidence]] = {}
    for row in np.flatnonzero(~np.isnan(plays.array("attitude"))).tolist():
        if read[plays.target[row]]:
            found.setdefault(int(plays.source[row]), []).append(
                Evidence(kind=EdgeKind.PLAYS, id=plays.ids[row])
            )
    return found


def _both(*found: Evidence | None) -> tuple[Evidence, ...]:
    return tuple(item for item in found if item is not None)
