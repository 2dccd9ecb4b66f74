"""The people of an account as go-betweens: who is not asked, who was asked lately, who is pleased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, code_of, day_number, iso_day
from models.enums import EdgeKind, InteractionKind, NodeKind
from models.findings.base import Evidence
from models.graph import AccountGraph
from models.introductions import Bar, Occasion
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
        bars=_bars(day, who, table, ties, best, rules),
        asks=_asks(day, on, rules),
        occasions=_occasions(day, on, rules),
    )


def _bars(
    day: AccountGraph, who: People, table: StrengthTable, ties: list[str], best: Ints, rules: Rules
) -> dict[int, tuple[Bar, tuple[Evidence, ...]]]:
    """Who is against us, whose strongest tie of ours is sour, who does not want to refer us."""
    found: dict[int, tuple[Bar, tuple[Evidence, ...]]] = {}
    knows, plays = day.edges[EdgeKind.KNOWS], day.edges[EdgeKind.PLAYS]
    for row in np.flatnonzero(knows.array("referral_ok") == 0).tolist():
        found[int(knows.target[row])] = Bar.UNWILLING, (Evidence(kind=EdgeKind.KNOWS, id=knows.ids[row]),)
    rows = best[best >= 0]
    for row in rows[table.liking[rows] < rules.strength.sour_liking].tolist():
        found[int(table.contact[row])] = Bar.SOUR, (Evidence(kind=EdgeKind.KNOWS, id=ties[row]),)
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
        for contact in _present(day, row):
            found[contact] = found.get(contact, 0) + 1
    return found


def _occasions(day: AccountGraph, on: date, rules: Rules) -> dict[int, tuple[Occasion, date, str]]:
    """The last complaint settled or good mark given within `referral_days`, for each who took part."""
    table, today = day.nodes[NodeKind.INTERACTION], day_number(on)
    kind, resolved = table.array("kind"), table.array("resolved_on").astype(np.int64)
    at = (table.array("at") // SECONDS_A_DAY).astype(np.int64)
    settled = (kind == code_of(InteractionKind.COMPLAINT)) & (resolved <= today)
    good = table.array("score") >= rules.advice.referral_score
    marked = (kind == code_of(InteractionKind.SURVEY)) & good & (at <= today)
    when = np.where(settled, resolved, np.where(marked, at, NO_DAY))
    rows = np.flatnonzero((when != NO_DAY) & (when >= today - rules.advice.referral_days))
    found: dict[int, tuple[Occasion, date, str]] = {}
    for row in rows[np.argsort(when[rows], kind="stable")].tolist():
        occasion = Occasion.COMPLAINT_CLOSED if settled[row] else Occasion.SURVEY
        moment = date.fromisoformat(iso_day(int(when[row])))
        found |= dict.fromkeys(_present(day, row), (occasion, moment, table.ids[row]))
    return found


def _present(day: AccountGraph, row: int) -> Iterator[int]:
    """The positions of their people in an interaction."""
    position = day.contacts.position
    named = day.nodes[NodeKind.INTERACTION].texts("contact_ids")[row] or ()
    return (position[id_] for id_ in named if id_ in position)
