"""The people of an account as go-betweens: who is not asked, who was asked lately, who is pleased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import SECONDS_A_DAY, code_of, day_number, iso_day
from models.enums import EdgeKind, InteractionKind, NodeKind
from models.findings.base import Evidence
from models.graph import AccountGraph
from models.introductions import Bar, Occasion
from queries.complaints.opened import open_complaints
from queries.complaints.pleased import pleased_lately, taking_part
from queries.people import Bools, People, people
from queries.rules import Rules
from queries.strength.by_contact import best_tie_rows
from queries.strength.flows import Ints
from queries.strength.table import StrengthTable, strength_table, tie_ids

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One account on a day; what is known of people stands by their position in its table.

    `best` is the row of our strongest tie in `table`, −1 without one; `bars` why somebody is not asked;
    `asks` how many referrals he took part in lately; `occasions` what pleased him last, the day and record.
    """

    on: date
    whole: AccountGraph
    day: AccountGraph
    who: People
    table: StrengthTable
    ties: list[str]
    best: Ints
    bars: dict[int, tuple[Bar, tuple[Evidence, ...]]]
    asks: dict[int, int]
    occasions: dict[int, tuple[Occasion, date, str]]

    @property
    def named(self) -> Bools:
        """Who neither left nor is restricted, and no seat whose holder is unknown."""
        return np.asarray(self.who.counts & (self.day.contacts.array("placeholder") != 1))

    def strength(self, contact: int) -> float | None:
        """Our strongest tie to somebody."""
        row = int(self.best[contact])
        return float(self.table.strength[row]) if row >= 0 else None


def standing(graph: AccountGraph, on: date, rules: Rules) -> Standing:
    """An account's people as go-betweens on a day. O(ties log ties + interactions)."""
    day = graph.on(on)
    who = people(day, None, rules.influence.finance_share_of_clerks)
    table = strength_table(graph, on=on, rules=rules)
    best = best_tie_rows(table, len(graph.contacts))
    ties = tie_ids(graph, table, on)
    return Standing(
        on=on,
        whole=graph,
        day=day,
        who=who,
        table=table,
        ties=ties,
        best=best,
        bars=_bars(day, on, who, table, ties, best, rules),
        asks=_asks(day, on, rules),
        occasions=_occasions(day, on, rules),
    )


def _bars(
    day: AccountGraph, on: date, who: People, table: StrengthTable, ties: list[str], best: Ints, rules: Rules
) -> dict[int, tuple[Bar, tuple[Evidence, ...]]]:
    """Who is against us, has a complaint open, whose strongest tie is sour, who does not want to refer us.

    Of several reasons the first of these.
    """
    found: dict[int, tuple[Bar, tuple[Evidence, ...]]] = {}
    knows, plays = day.edges[EdgeKind.KNOWS], day.edges[EdgeKind.PLAYS]
    for row in np.flatnonzero(knows.array("referral_ok") == 0).tolist():
        found[int(knows.target[row])] = Bar.UNWILLING, (Evidence(kind=EdgeKind.KNOWS, id=knows.ids[row]),)
    rows = best[best >= 0]
    for row in rows[table.liking[rows] < rules.strength.sour_liking].tolist():
        found[int(table.contact[row])] = Bar.SOUR, (Evidence(kind=EdgeKind.KNOWS, id=ties[row]),)
    complaints = day.nodes[NodeKind.INTERACTION].ids
    for row in reversed(open_complaints(day, day_number(on))):  # the oldest is told
        complaint = Evidence(kind=NodeKind.INTERACTION, id=complaints[row])
        found |= dict.fromkeys(taking_part(day, row), (Bar.COMPLAINT, (complaint,)))
    against = who.attitude < 0
    for contact in np.flatnonzero(against).tolist():
        votes = np.flatnonzero((plays.source == contact) & (plays.array("attitude") < 0)).tolist()
        evidence = tuple(Evidence(kind=EdgeKind.PLAYS, id=plays.ids[row]) for row in votes)
        found[contact] = Bar.OPPOSED, evidence
    return found


def _asks(day: AccountGraph, on: date, rules: Rules) -> dict[int, int]:
    table, today = day.nodes[NodeKind.INTERACTION], day_number(on)
    at = table.array("at") // SECONDS_A_DAY
    lately = (at <= today) & (at > today - rules.introductions.ask_days)
    referral = table.array("kind") == code_of(InteractionKind.REFERRAL)
    found: dict[int, int] = {}
    for row in np.flatnonzero(referral & lately).tolist():
        for contact in taking_part(day, row):
            found[contact] = found.get(contact, 0) + 1
    return found


def _occasions(day: AccountGraph, on: date, rules: Rules) -> dict[int, tuple[Occasion, date, str]]:
    """What pleased people lately who have nothing open."""
    table = day.nodes[NodeKind.INTERACTION]
    complaint = table.array("kind") == code_of(InteractionKind.COMPLAINT)
    return {
        contact: (
            Occasion.COMPLAINT_CLOSED if complaint[row] else Occasion.SURVEY,
            date.fromisoformat(iso_day(moment)),
            table.ids[row],
        )
        for contact, (moment, row) in pleased_lately(day, day_number(on), rules.advice).items()
    }
