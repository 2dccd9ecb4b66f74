"""Threats: where a competitor is closer to who matters than we are, and what is known of him."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.columns import code_of
from models.enums import EdgeKind, NodeKind, OpportunityStatus, Step
from models.findings.base import Evidence
from models.findings.threats import Threat, Threats
from models.graph import AccountGraph
from queries.influence.ranking import Asked, influence_scores
from queries.naming import known_opportunity
from queries.numbers import significant
from queries.people import People, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.threats.competitors import competitor_threats, purchase_threats
from queries.threats.courted import Stake, courted

__all__ = ["VERSION", "threats"]

VERSION = "1"
_DECIMALS = 9
"""Points that differ by less are equal: they differ by the order of additions only."""


def threats(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
) -> Threats:
    """Each competitor's tie to a contact against ours, weighed by the contact's influence.

    Points of a threat = (their strength − our best)⁺ · influence / 100, 0–100; docs/rules.md §11. Influence,
    roles and deciders are those of the purchase (at `step`, if given), else of the account as a whole.

    Items: deciders where they lead first, then by points, then by contact and competitor. Who has left or
    is restricted is left out, and so is a competitor who is out of the purchase asked for.

    `purchases` sums what all competitors threaten in each open purchase (or in the one asked for), each by
    its own influence; `competitors` has each one's sum, the contacts and deciders where it leads, SWOT and
    the four questions for those purchases, and its products. O(purchases · ranking + ties log ties).
    Raises InvalidInput for an opportunity that is not there.
    """
    known_opportunity(graph, opportunity_id)
    today = graph.on(on)
    who = people(today, opportunity_id, rules.influence.finance_share_of_clerks)
    everybody = courted(graph, who, on=on, rules=rules)

    def stake_in(id_: str | None) -> Stake:
        scores = influence_scores(graph, on=on, rules=rules, asked=Asked(opportunity_id=id_, step=step))
        return Stake.of(today, everybody, scores.score, id_)

    whole = stake_in(opportunity_id)
    stakes = [whole] if opportunity_id else [stake_in(id_) for id_ in _open_purchases(graph)]
    return Threats(
        items=_items(today, who, whole, rules),
        competitors=competitor_threats(today, on, who, whole, stakes, rules),
        purchases=purchase_threats(today, stakes),
        provenance=provenance_of(
            graph, on, rules, "threats", VERSION, opportunity_id=opportunity_id, step=step
        ),
    )


def _open_purchases(graph: AccountGraph) -> list[str]:
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    still = deals.array("status") == code_of(OpportunityStatus.OPEN)
    return [deals.ids[row] for row in np.flatnonzero(still).tolist()]


def _items(today: AccountGraph, who: People, stake: Stake, rules: Rules) -> list[Threat]:
    """The ties, deciders where they lead first, then by points; equal ones by contact and competitor."""
    rows, points = stake.courted, stake.points
    decides = who.deciders()[rows.contact]
    calm = ~(decides & (rows.lead > 0))
    order = np.lexsort((rows.competitor, rows.contact, -np.round(points, _DECIMALS), calm))
    influence, lead = stake.influence[rows.contact], rows.lead
    strong = rules.threats.contested_points
    courts, contacts, rivals = today.edges[EdgeKind.COURTS], today.contacts, today.nodes[NodeKind.RIVAL]
    firms, members = today.nodes[NodeKind.COMPETITOR], today.nodes[NodeKind.MEMBER]
    found = []
    for rank, row in enumerate(order.tolist(), start=1):
        contact, edge, member = int(rows.contact[row]), int(rows.edge[row]), int(rows.member[row])
        theirs, ours = float(rows.theirs[row]), float(rows.ours[row])
        found.append(
            Threat(
                rank=rank,
                contact_id=contacts.ids[contact],
                name=contacts.texts("name")[contact],
                category=who.category(contact),
                decides=bool(decides[row]),
                competitor_id=firms.ids[rows.competitor[row]],
                rival_id=rivals.ids[courts.source[edge]],
                theirs=significant(theirs),
                ours=significant(ours),
                member_id=members.ids[member] if member >= 0 else None,
                lead=significant(float(lead[row])),
                influence=significant(float(influence[row])),
                points=significant(float(points[row])),
                contested=min(theirs, ours) >= strong,
                evidence=_evidence(courts.ids[edge], theirs, rows.tie[row], ours),
            )
        )
    return found


def _evidence(courts: str, theirs: float, knows: str | None, ours: float) -> list[Evidence]:
    """Both ties with their strengths."""
    found = [Evidence(kind=EdgeKind.COURTS, id=courts, points=significant(theirs))]
    if knows is not None:
        found.append(Evidence(kind=EdgeKind.KNOWS, id=knows, points=significant(ours)))
    return found
