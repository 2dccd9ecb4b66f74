"""Rules of the people in a purchase: which roles should be known by now, and who has no seat in the chart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.enums import EdgeKind, NodeKind, OpportunityStatus, Step
from models.graph import AccountGraph
from queries.alerts import Alert, Rule
from queries.deals.purchase import Purchase
from queries.people import people
from queries.rules.deals import AdviceRules

__all__ = ["part_alerts"]

_STEPS = tuple(Step)


def part_alerts(graph: AccountGraph, deal: Purchase, rules: AdviceRules) -> Iterator[Alert]:
    """What is not known of the people in an open purchase; `graph` as it stands on the day.

    Who has left or is under restriction fills no role and is not named. O(people + roles).
    """
    if deal.status is not OpportunityStatus.OPEN:
        return
    who = people(graph, deal.id)
    playing = np.flatnonzero(who.in_centre & who.counts).tolist()
    held = {role for contact in playing for role in who.roles[contact]}
    now = _STEPS.index(deal.step)
    missing = tuple(
        role for role, step in rules.roles_from.items() if _STEPS.index(step) <= now and role not in held
    )
    if missing:
        params = {"deal": deal.name, "step": deal.step, "roles": missing}
        yield Alert(Rule.ROLE_MISSING, params, (deal.key,), deal.id)
    unplaced = [contact for contact in playing if who.department[contact] < 0]
    if unplaced:
        names = tuple(graph.contacts.texts("name")[contact] for contact in unplaced)
        yield Alert(
            Rule.ROLE_UNPLACED,
            {"deal": deal.name, "people": names},
            _evidence(graph, deal, unplaced),
            deal.id,
        )


def _evidence(
    graph: AccountGraph, deal: Purchase, contacts: list[int]
) -> tuple[tuple[NodeKind | EdgeKind, str], ...]:
    """The contacts and what says that they play a part."""
    plays, target = graph.edges[EdgeKind.PLAYS], graph.nodes[NodeKind.OPPORTUNITY].position[deal.id]
    said = np.flatnonzero((plays.target == target) & np.isin(plays.source, contacts)).tolist()
    return (
        *((NodeKind.CONTACT, graph.contacts.ids[contact]) for contact in contacts),
        *((EdgeKind.PLAYS, plays.ids[row]) for row in said),
    )
