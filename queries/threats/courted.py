"""Whom competitors court, and how near they are beside our own best tie."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from models.columns import code_of
from models.enums import CompetitorStatus, EdgeKind, NodeKind
from models.graph import AccountGraph
from queries.people import Bools, Floats, People
from queries.rules import Rules
from queries.strength.by_contact import best_tie_rows
from queries.strength.table import strength_table, tie_ids

__all__ = ["Courted", "Stake", "courted", "out_of"]

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Courted:
    """Each competitor's best tie to each contact it courts, sorted by (contact, competitor) position.

    `edge` is the row of the `courts` tie on the day; `ours` our best strength (0 without a tie), `member`
    whose it is (−1 nobody's) and `tie` its id.
    """

    contact: Ints
    competitor: Ints
    edge: Ints
    theirs: Floats
    ours: Floats
    member: Ints
    tie: np.ndarray[Any, np.dtype[np.object_]]

    def __len__(self) -> int:
        return len(self.contact)

    @property
    def lead(self) -> Floats:
        """How far they are ahead of us, in points; 0 where they are not."""
        return np.maximum(0.0, self.theirs - self.ours)

    def where(self, keep: Bools) -> Courted:
        """The rows of a mask, in the same order. O(rows)."""
        return Courted(*(getattr(self, column.name)[keep] for column in fields(self)))


def courted(graph: AccountGraph, who: People, *, on: date, rules: Rules) -> Courted:
    """Whom competitors court on a day, among those who count. O(ties log ties).

    Of several reps of one competitor the strongest tie counts, of equal ones the first by rep and id.
    """
    courts = graph.on(on).edges[EdgeKind.COURTS]
    firms = graph.nodes[NodeKind.COMPETITOR].position
    of_rival = [firms[id_] for id_ in graph.nodes[NodeKind.RIVAL].texts("competitor_id")]
    firm = np.array(of_rival, dtype=np.int64)[courts.source]
    contact, strength = courts.target.astype(np.int64), courts.array("strength")
    rows = np.flatnonzero(who.counts[contact])
    rows = rows[np.lexsort((rows, -strength[rows], firm[rows], contact[rows]))]
    pair = contact[rows] * max(len(firms), 1) + firm[rows]
    rows = rows[np.flatnonzero(np.diff(pair, prepend=-1))]
    table = strength_table(graph, on=on, rules=rules)
    best = best_tie_rows(table, len(graph.contacts))[contact[rows]]
    # One more row stands for nobody's tie: −1 picks it.
    return Courted(
        contact=contact[rows],
        competitor=firm[rows],
        edge=rows,
        theirs=strength[rows],
        ours=np.append(table.strength, 0.0)[best],
        member=np.append(table.member, -1)[best],
        tie=np.array([*tie_ids(graph, table, on), None], dtype=object)[best],
    )


def out_of(today: AccountGraph, opportunity_id: str | None) -> Ints:
    """The competitors (positions) that are out of a purchase on the day; none without one. O(rows)."""
    deals = today.edges[EdgeKind.COMPETES_IN]
    place = today.nodes[NodeKind.OPPORTUNITY].position.get(opportunity_id or "", -1)
    gone = (deals.target == place) & (deals.array("status") == code_of(CompetitorStatus.OUT))
    return np.asarray(deals.source[gone], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Stake:
    """What competitors threaten in a purchase (None: in the account as a whole), by influence 0–100 there.

    Of the competitors that are out of the purchase nothing is left.
    """

    opportunity_id: str | None
    courted: Courted
    influence: Floats

    @classmethod
    def of(
        cls, today: AccountGraph, everybody: Courted, influence: Floats, opportunity_id: str | None
    ) -> Stake:
        """The stake of one purchase; `today` is the graph as it stands on the day. O(rows)."""
        left = ~np.isin(everybody.competitor, out_of(today, opportunity_id))
        return cls(opportunity_id, everybody.where(left), influence)

    @cached_property
    def points(self) -> Floats:
        """What each row threatens: lead · influence / 100."""
        return self.courted.lead * self.influence[self.courted.contact] / 100

    def total(self, competitor: int | None = None) -> float:
        """The sum of the points, of one competitor or of all; it does not depend on the order. O(rows)."""
        rows = slice(None) if competitor is None else self.courted.competitor == competitor
        return math.fsum(self.points[rows].tolist())
