"""Overdue: who has not been met for longer than his rhythm allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.columns import NO_DAY, day_number, iso_day
from models.enums import NodeKind
from models.findings.base import Evidence
from models.findings.cadence import Overdue, OverdueContacts
from models.graph import AccountGraph
from queries.influence.ranking import influence_scores
from queries.numbers import significant
from queries.people import Bools, Floats, People, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.by_contact import best_tie_rows, last_contact_days
from queries.strength.cadence import cadence_days
from queries.strength.table import StrengthTable, strength_table, tie_ids

__all__ = ["VERSION", "late_contacts", "overdue"]

VERSION = "1"
Ints = np.ndarray[Any, np.dtype[np.int64]]
_DECIMALS = 9
_NEVER = np.iinfo(np.int64).max


def overdue(graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES) -> OverdueContacts:
    """Contacts whose last two-way contact with any of ours lies further back than their rhythm.

    Days since then less `cadence_days` (level, tier of the account) above 0, or no such contact at all.
    Asked of whom we know (a tie of ours, whatever its strength), of who plays a part in an open purchase,
    and of who has an influence of `least_influence` points; not of who has left or is restricted, nor of
    seats whose holder is unknown. The most influential first, then who is overdue longest, then by id.
    O(ties log ties + ranking).
    """
    return OverdueContacts(
        items=late_contacts(graph, on=on, rules=rules),
        provenance=provenance_of(graph, on, rules, "overdue contacts", VERSION),
    )


def late_contacts(
    graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES, ahead: int = -1
) -> list[Overdue]:
    """The contacts of `overdue`; with `ahead` also those due on the day or in so many days after it.

    The latter have `overdue_days` from 0 down. O(ties log ties + ranking).
    """
    case = _Case.of(graph, on, rules)
    silent = day_number(on) - case.last
    late = np.where(case.last == NO_DAY, _NEVER, silent - case.cadence)
    rows = np.flatnonzero(case.asked & (late >= -ahead))
    rows = rows[np.lexsort((rows, -late[rows], -np.round(case.influence[rows], _DECIMALS)))]
    return [case.item(rank, row, day_number(on)) for rank, row in enumerate(rows.tolist(), start=1)]


@dataclass(frozen=True, eq=False)
class _Case:
    """Everybody's numbers by position in the contact table."""

    graph: AccountGraph
    who: People
    influence: Floats
    cadence: Ints
    last: Ints
    asked: Bools
    table: StrengthTable
    best: Ints
    ties: list[str]

    @classmethod
    def of(cls, graph: AccountGraph, on: date, rules: Rules) -> _Case:
        who = people(graph.on(on), None, rules.influence.finance_share_of_clerks)
        influence = influence_scores(graph, on=on, rules=rules).score
        table = strength_table(graph, on=on, rules=rules)
        best = best_tie_rows(table, len(graph.contacts))
        holder = graph.contacts.array("placeholder") != 1
        matters = (best >= 0) | who.in_centre | (influence >= rules.cadence.least_influence)
        cadence = np.nan_to_num(cadence_days(graph, on=on, rules=rules.cadence)).astype(np.int64)
        return cls(
            graph=graph,
            who=who,
            influence=influence,
            cadence=cadence,
            last=last_contact_days(graph, on, rules),
            asked=who.counts & holder & matters,
            table=table,
            best=best,
            ties=tie_ids(graph, table, on),
        )

    def item(self, rank: int, contact: int, today: int) -> Overdue:
        last, cadence = int(self.last[contact]), int(self.cadence[contact])
        met, tie = last != NO_DAY, int(self.best[contact])
        members = self.graph.nodes[NodeKind.MEMBER].ids
        return Overdue(
            rank=rank,
            contact_id=self.graph.contacts.ids[contact],
            name=self.graph.contacts.texts("name")[contact],
            category=self.who.category(contact),
            last_contact=date.fromisoformat(iso_day(last)) if met else None,
            days=today - last if met else None,
            cadence_days=cadence,
            overdue_days=today - last - cadence if met else None,
            due=date.fromisoformat(iso_day(last + cadence)) if met else None,
            influence=significant(float(self.influence[contact])),
            in_centre=bool(self.who.in_centre[contact]),
            member_id=members[self.table.member[tie]] if tie >= 0 else None,
            evidence=[self._evidence(tie)] if tie >= 0 else [],
        )

    def _evidence(self, tie: int) -> Evidence:
        return Evidence(kind="knows", id=self.ties[tie], points=significant(float(self.table.strength[tie])))
