"""How to approach a contact: what to ask and what to say, first what he cares about most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.approach import Topic
from models.columns import NOT_SET
from models.enums import Need, NodeKind, Personality, Want
from models.faults import Code, Fault, InvalidInput
from models.findings.approach import Approach
from models.graph import AccountGraph
from models.records import Body
from queries.approach.points import Points, Seat
from queries.approach.slots import installed_for, slots_for
from queries.approach.words.persons import CATEGORY, NEED, PERSONALITY, WANT
from queries.naming import known_contact, known_opportunity
from queries.people import people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "approach"]

VERSION = "1"


def approach(
    graph: AccountGraph,
    *,
    contact_id: str,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    dossiers: Sequence[Body] | None = None,
    lang: str = "en",
) -> Approach:
    """What to ask a contact and what to say to him, as sentences to be spoken in `lang`.

    Parameters
    ----------
    graph : the account; `on` picks the ties that hold on a day.
    opportunity_id : concerns and the name of this purchase; without it concerns of all open ones.
    dossiers : the account's dossiers as bodies of records; None for who has no right to them.

    Returns
    -------
    Approach : the four questions of SPIN for each concern, those he has stated before the usual ones of his
        category, then what he lives with, his wants and needs, the strong before the weak, then his category
        and personality. A sentence has no empty slot: what is not known becomes a word that fits.

    Raises
    ------
    InvalidInput : an unknown contact or purchase (`queries.naming`); a seat of which nobody knows the holder.

    Notes
    -----
    Rules: docs/rules.md §17. O(people + roles).
    """
    known_opportunity(graph, opportunity_id)
    contact = _contact(graph, contact_id)
    today = graph.on(on)
    who = people(today, opportunity_id, rules.influence.finance_share_of_clerks)
    dossier = next((body for body in dossiers or () if body["contact_id"] == contact_id), None)
    department = int(who.department[contact])
    installed = installed_for(today, department)
    slots = slots_for(today, department, opportunity_id, dossier, installed, on)
    seat = Seat(today, contact, who.category(contact), opportunity_id)
    points = Points(slots, lang)
    personality = _personality(today, contact)
    return Approach(
        items=[
            *points.spin(seat),
            *points.experience(installed, rules),
            *points.weighed(seat, Topic.WANT, Want, WANT),
            *points.weighed(seat, Topic.NEED, Need, NEED),
            *points.one(Topic.CATEGORY, seat.category, CATEGORY, seat.job),
            *points.one(Topic.PERSONALITY, personality, PERSONALITY, (seat.key,)),
        ],
        contact_id=contact_id,
        name=today.contacts.texts("name")[contact],
        category=seat.category,
        personality=personality,
        silent=["goals"] if dossiers is None and len(graph.nodes[NodeKind.DOSSIER]) else [],
        provenance=provenance_of(
            graph,
            on,
            rules,
            "approach by rule",
            VERSION,
            contact_id=contact_id,
            opportunity_id=opportunity_id,
        ),
    )


def _contact(graph: AccountGraph, contact_id: str) -> int:
    """The position of a contact to whom there may be an approach. Raises InvalidInput."""
    contact = known_contact(graph, contact_id)
    if graph.contacts.array("placeholder")[contact] == 1:
        raise InvalidInput(Fault(Code.NO_HOLDER, {"id": contact_id}, pointer="/contact_id"))
    return contact


def _personality(graph: AccountGraph, contact: int) -> Personality | None:
    code = int(graph.contacts.array("personality")[contact])
    return None if code == NOT_SET else tuple(Personality)[code]
