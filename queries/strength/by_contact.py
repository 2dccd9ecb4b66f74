"""What is known of a contact, whichever of ours knows it."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, day_number
from models.enums import NodeKind
from models.graph import AccountGraph
from queries.rules import Rules
from queries.strength.events import tie_events
from queries.strength.flows import Floats, Ints
from queries.strength.table import StrengthTable
from queries.strength.tallies import tally_until

__all__ = ["assessed_days", "best_rows", "best_tie_rows", "last_contact_days"]


def best_tie_rows(table: StrengthTable, contacts: int) -> Ints:
    """The row in `table` of each contact's strongest tie, −1 for who has none. O(ties log ties).

    Strengths that differ in the order of additions only are equal; of equal ones the first member by id.
    """
    return best_rows(table.member, table.contact, table.strength, contacts)


def best_rows(member: Ints, contact: Ints, strength: Floats, contacts: int) -> Ints:
    """The same of ties given as columns."""
    best = np.full(contacts, -1, dtype=np.int64)
    order = np.lexsort((-member, np.round(strength, 9)))
    best[contact[order]] = order  # the strongest is written last and stays
    return best


def last_contact_days(graph: AccountGraph, on: date, rules: Rules) -> Ints:
    """The day number of each contact's last two-way contact with any of ours, NO_DAY without one.

    Also of ties that have ended: they were spoken with. O(pairs), O(rows) if there are later ones.
    """
    events = tie_events(graph, rules)
    _, _, tally = tally_until(graph, events, day_number(on), rules)
    last = np.full(len(graph.contacts), NO_DAY, dtype=np.int64)
    np.maximum.at(last, events.contact, tally.last)
    return last


def assessed_days(graph: AccountGraph, today: int) -> Ints:
    """The day number of each contact's last questionnaire up to a day, NO_DAY without one. O(records)."""
    table, position = graph.nodes[NodeKind.ASSESSMENT], graph.contacts.position
    day = table.array("at") // SECONDS_A_DAY
    about = np.array([position.get(id_, -1) for id_ in table.texts("contact_id")], dtype=np.int64)
    rows = np.flatnonzero((about >= 0) & (day <= today))
    last = np.full(len(graph.contacts), NO_DAY, dtype=np.int64)
    np.maximum.at(last, about[rows], day[rows])
    return last
