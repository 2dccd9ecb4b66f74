"""What hangs on a card or tie: the influence it stands for, and the chains that run over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.cadence import Matter
from models.columns import NO_DAY, day_number
from models.enums import EdgeKind, Kind, NodeKind
from models.graph import AccountGraph, EdgeTable, NodeTable
from queries.chains.paths import Tree, best_to
from queries.chains.steps import steps_of
from queries.influence.case import Asked, Case
from queries.people import Bools, Floats, People
from queries.rules import Rules
from queries.strength.table import strength_table

__all__ = ["Weighed", "Weighing", "confirmed_days"]

Ints = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
_CARRYING = (EdgeKind.REPORTS_TO, EdgeKind.INFLUENCES, EdgeKind.BOND)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The cards (contacts, `source` is None) or ties of one kind between people who count, in their order.

    Ends are positions, `confirmed` day numbers up to the day; `because` is what hangs on a record, or CHAIN
    where `chain`.
    """

    kind: Kind
    ids: tuple[str, ...]
    rows: Ints
    source: Ints | None
    target: Ints
    confirmed: Ints
    weight: Floats
    because: Matter
    chain: Bools

    def id(self, row: int) -> str:
        """The id of a record."""
        return self.ids[int(self.rows[row])]


@dataclass(frozen=True, eq=False)
class Weighing:
    """One account on one day, and everybody's influence 0–100 by position."""

    whole: AccountGraph
    day: AccountGraph
    on: date
    rules: Rules
    case: Case
    share: Floats
    carried: Floats
    points: float

    @classmethod
    def of(cls, graph: AccountGraph, on: date, rules: Rules) -> Weighing:
        """The account as a whole, no purchase in particular. O(ties log ties + ranking)."""
        day = graph.on(on)
        case = Case.of(day, rules, Asked())
        settled = case.model.settled()
        largest = float(settled.share.max(initial=0.0))
        points = 100 / largest if largest > 0 else 0.0
        return cls(graph, day, on, rules, case, settled.share, settled.carried, points)

    @property
    def who(self) -> People:
        """The account's people."""
        return self.case.who

    @property
    def influence(self) -> Floats:
        """Everybody's points."""
        return self.share * self.points

    def records(self) -> Iterator[Weighed]:
        """Every card and tie between people who count, by kind, with what hangs on it, 0–100.

        * A card: the contact's influence.
        * A reporting line, influence or bond: the points of the ranking that run over it.
        * A tie of ours or a competitor's: strength · the contact's influence / 100.
        * Any tie on our best chain to one of the `chain_deciders` most influential deciders: the chain's
          probability · the decider's influence, if that is more.

        O(ties log ties + deciders · steps log people).
        """
        used = self._chain_use()
        yield self._cards()
        for kind in _CARRYING:
            yield self._ties(kind, self._points_over(kind), Matter.INFLUENCE, used)
        for kind, near in ((EdgeKind.KNOWS, self._ours()), (EdgeKind.COURTS, self._theirs())):
            yield self._ties(kind, near, Matter.CLOSENESS, used)

    def _cards(self) -> Weighed:
        contacts, rows = self.day.contacts, np.flatnonzero(self.who.counts)
        return Weighed(
            kind=NodeKind.CONTACT,
            ids=contacts.ids,
            rows=rows,
            source=None,
            target=rows,
            confirmed=confirmed_days(contacts, self.on)[rows],
            weight=self.influence[rows],
            because=Matter.INFLUENCE,
            chain=np.zeros(len(rows), dtype=bool),
        )

    def _ties(
        self, kind: EdgeKind, weight: Floats, because: Matter, used: dict[tuple[EdgeKind, str], float]
    ) -> Weighed:
        table = self.day.edges[kind]
        rows = np.flatnonzero(self._counting(table))
        over = np.zeros(len(table))
        if worths := {id_: worth for (of, id_), worth in used.items() if of is kind}:
            over = np.array([worths.get(id_, 0.0) for id_ in table.ids])
        return Weighed(
            kind=kind,
            ids=table.ids,
            rows=rows,
            source=table.source[rows],
            target=table.target[rows],
            confirmed=self._confirmed(table)[rows],
            weight=np.maximum(weight, over)[rows],
            because=because,
            chain=(over > weight)[rows],
        )

    def _counting(self, table: EdgeTable) -> Bools:
        """The ties both of whose contacts count."""
        counts = self.who.counts[table.target]
        inside = table.spec.source is NodeKind.CONTACT
        return np.asarray(counts & self.who.counts[table.source] if inside else counts)

    def _confirmed(self, table: EdgeTable) -> Ints:
        """The day each tie was last confirmed; two-way contact confirms a tie of ours as well."""
        confirmed = confirmed_days(table, self.on)
        if table.spec.kind is not EdgeKind.KNOWS:
            return confirmed
        return np.asarray(np.maximum(confirmed, self._of_ours(table, "last_two_way", NO_DAY)), dtype=np.int64)

    def _points_over(self, kind: EdgeKind) -> Floats:
        """The points of the ranking that run over each tie of a kind, read both ways where it is."""
        ties, table = self.case.model.ties, self.day.edges[kind]
        of_kind = [place for place, each in enumerate(ties.tables) if each.spec.kind is kind]
        rows = np.isin(ties.table, of_kind)
        return np.asarray(self.points * np.bincount(ties.row[rows], self.carried[rows], len(table)))

    def _ours(self) -> Floats:
        table = self.day.edges[EdgeKind.KNOWS]
        return np.asarray(self._of_ours(table, "strength", 0.0) * self.influence[table.target] / 100)

    def _theirs(self) -> Floats:
        table = self.day.edges[EdgeKind.COURTS]
        return np.asarray(table.array("strength") * self.influence[table.target] / 100)

    def _of_ours(self, table: EdgeTable, column: str, missing: float) -> Floats:
        """A column of the strengths for each `knows` tie."""
        found = strength_table(self.whole, on=self.on, rules=self.rules)
        width = max(len(self.day.contacts), 1)
        keys = found.member * width + found.contact
        wanted = table.source.astype(np.int64) * width + table.target
        place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        if not len(keys):
            return np.full(len(table), missing)
        return np.where(keys[place] == wanted, getattr(found, column)[place], missing)

    def _chain_use(self) -> dict[tuple[EdgeKind, str], float]:
        """The most of probability · the decider's influence over the best chains each tie lies on."""
        steps = steps_of(self.whole, on=self.on, rules=self.rules)
        deciders = np.flatnonzero(self.who.decision() & self.who.counts)
        first = np.lexsort((deciders, -np.round(self.influence[deciders], 9)))
        used: dict[tuple[EdgeKind, str], float] = {}
        for decider in deciders[first[: self.rules.cadence.chain_deciders]].tolist():
            tree = best_to(steps, decider)
            worth = float(tree.probability[steps.team]) * float(self.influence[decider])
            for edge in _edges_on(tree):
                used[edge] = max(used.get(edge, 0.0), worth)
        return used


def confirmed_days(table: NodeTable | EdgeTable, on: date) -> Ints:
    """The day number each record was last confirmed on, NO_DAY without one up to the day. O(records)."""
    confirmed = table.array("confirmed_on")
    return np.where(confirmed > day_number(on), np.int32(NO_DAY), confirmed)


def _edges_on(tree: Tree) -> Iterator[tuple[EdgeKind, str]]:
    """The edges on our people's best path to the target; none if there is no path."""
    node, steps = tree.graph.team, tree.graph
    while tree.next[node] >= 0:
        step = int(tree.step[node])
        kind = steps.edge_kind(step)
        if kind is not None:
            yield kind, steps.edge_ids[step]
        node = int(tree.next[node])
