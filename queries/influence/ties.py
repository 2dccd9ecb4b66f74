"""Who listens to whom: the ties of an account read from the one who listens to the one who is heard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from models.columns import NOT_SET, code_of
from models.enums import Basis, EdgeKind, Line, TieDirection
from models.faults import Code, Fault, InvalidInput
from models.graph import AccountGraph, EdgeTable
from queries.draws import Words, edge_keys
from queries.people import Bools, Floats
from queries.rules import Rules
from queries.sorting import is_sorted, order_by

__all__ = ["NO_BASIS", "Ints", "Ties", "draw_keys", "listening", "mailing", "quarrels", "type_weights"]

Ints = np.ndarray[Any, np.dtype[np.int32]]

NO_BASIS, STATED, SOLID, DOTTED = "none", "stated", "solid", "dotted"
MOST_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Ties:
    """One entry per tie and way it is read, sorted by (who is heard, who listens, kind, id).

    `heard`, `listener` are positions in the contact table; `weight` is t·c of analysis; `formal` says
    reporting line; `table`, `row` name the edge (`edge` gives its id).
    """

    people: int
    heard: Ints
    listener: Ints
    weight: Floats
    formal: Bools
    table: np.ndarray[Any, np.dtype[np.int8]]
    row: Ints
    tables: tuple[EdgeTable, ...]

    def __len__(self) -> int:
        return len(self.weight)

    def where(self, keep: Bools) -> Ties:
        """The entries of a mask, in the same order. O(ties)."""
        columns = {name: getattr(self, name)[keep] for name in _COLUMNS}
        return replace(self, **columns)

    def edge(self, entry: int) -> tuple[EdgeKind, str]:
        """The kind and id of the edge behind an entry."""
        table = self.tables[self.table[entry]]
        return table.spec.kind, table.ids[self.row[entry]]

    def starts(self) -> Ints:
        """Where the entries of each contact begin, with the end of the last one behind: a csr's indptr."""
        counts = np.bincount(self.heard, minlength=self.people)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


_COLUMNS = ("heard", "listener", "weight", "formal", "table", "row")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The entries one table gives: rows of it, who is heard, who listens, t·c."""

    table: EdgeTable
    row: Ints
    heard: Ints
    listener: Ints
    weight: Floats

    def in_order(self, people: int) -> _Reading:
        """The entries sorted by (who is heard, who listens), equal ones as they stand. O(entries)."""
        if is_sorted(self.heard, self.listener):
            return self
        order = order_by(self.heard, self.listener, size=people)
        return _Reading(
            table=self.table,
            row=self.row.take(order),
            heard=self.heard.take(order),
            listener=self.listener.take(order),
            weight=self.weight.take(order),
        )


def type_weights(rules: Rules, given: Mapping[str, float] | None = None) -> dict[str, float]:
    """The weight of every type of tie, the given ones put in place of the rules'.

    Names are: a basis ("friendship", …; "none" without one), which sets t of derived influences and
    friendly bonds; "stated", t of stated influences; "solid" and "dotted", t·c of a reporting line; and
    an edge kind ("reports_to", "influences", "bond", "messages"), a factor on all its ties, 1 unless
    given (messages 0). So giving a default changes nothing, and 0 leaves a type out.
    Raises InvalidInput for other names and numbers outside 0–10.
    """
    table = rules.influence
    weights = {str(basis): t for basis, t in table.basis.items()}
    weights |= {NO_BASIS: table.no_basis, STATED: table.stated}
    weights |= {SOLID: table.solid_line, DOTTED: table.dotted_line}
    weights |= {str(kind): factor for kind, factor in table.kinds.items()}
    faults = []
    for name, weight in (given or {}).items():
        pointer = f"/weights/{name}"
        if name not in weights:
            faults.append(
                Fault(Code.UNKNOWN_TIE_TYPE, {"name": name, "known": ", ".join(weights)}, pointer=pointer)
            )
        elif not (math.isfinite(weight) and 0 <= weight <= MOST_WEIGHT):
            faults.append(
                Fault(Code.OUT_OF_RANGE, {"name": name, "low": 0, "high": int(MOST_WEIGHT)}, pointer=pointer)
            )
    if faults:
        raise InvalidInput(*faults)
    return weights | {name: float(weight) for name, weight in (given or {}).items()}


def listening(
    graph: AccountGraph,
    counts: Bools,
    rules: Rules,
    weights: Mapping[str, float],
    direction: TieDirection,
    opportunity_id: str | None,
) -> Ties:
    """The ties that carry influence, weighted t·c, among those who count. O(ties log ties).

    An influence limited to an opportunity holds in that one alone. "B reports to A", "B mails A" and
    "A influences B" all say that B listens to A; friendly bonds are read both ways, conflicts not at all.
    """
    readings = [
        *_lines(graph.edges[EdgeKind.REPORTS_TO], weights),
        *_influences(graph.edges[EdgeKind.INFLUENCES], rules, weights, direction, opportunity_id),
        *_bonds(graph.edges[EdgeKind.BOND], rules, weights),
        *_mails(graph.edges[EdgeKind.MESSAGES], rules, weights, direction),
    ]
    return _ties(graph, counts, readings)


def draw_keys(graph: AccountGraph, ties: Ties) -> Words:
    """What draws over ties are hashes of: a word per entry, made of its edge's kind and id. O(ties).

    `graph` is the one that `ties` were read from, which keeps the words of its edges.
    """
    keys = np.zeros(len(ties), dtype=np.uint64)
    for place, table in enumerate(ties.tables):
        kind, rows = table.spec.kind, np.flatnonzero(ties.table == place)
        words = graph.memo(("edge keys", kind), partial(edge_keys, kind, table.ids))
        keys[rows] = words[ties.row[rows]]
    return keys


def mailing(graph: AccountGraph, counts: Bools, direction: TieDirection) -> Ties:
    """Message ties alone, each weighing log(1 + active days), or log(1 + messages) where days are unknown."""
    table = graph.edges[EdgeKind.MESSAGES]
    days, messages = table.array("active_days"), table.array("count")
    weight = np.log1p(np.where(np.isnan(days), messages, days))
    return _ties(graph, counts, [_mail_reading(table, weight, direction)])


def quarrels(graph: AccountGraph, counts: Bools, rules: Rules, weights: Mapping[str, float]) -> Ties:
    """The conflict bonds among those who count, read both ways and weighed as friendly ones are.

    They carry no influence; the forecast reads them with a minus.
    """
    return _ties(graph, counts, list(_bonds(graph.edges[EdgeKind.BOND], rules, weights, friendly=False)))


def _lines(table: EdgeTable, weights: Mapping[str, float]) -> Iterator[_Reading]:
    dotted = table.array("line") == code_of(Line.DOTTED)
    weight = np.where(dotted, weights[DOTTED], weights[SOLID]) * weights[EdgeKind.REPORTS_TO]
    yield _Reading(table, _rows(table), table.target, table.source, weight)


def _influences(
    table: EdgeTable,
    rules: Rules,
    weights: Mapping[str, float],
    direction: TieDirection,
    opportunity_id: str | None,
) -> Iterator[_Reading]:
    stated = table.array("stated") != 0
    t = np.where(stated, weights[STATED], _type_of_basis(table, weights)) * weights[EdgeKind.INFLUENCES]
    weight = t * _certainty(table, rules)
    limit = table.texts("opportunity_id")
    if limit.count(None) < len(limit):
        weight *= np.array([deal is None or deal == opportunity_id for deal in limit], dtype=bool)
    heard, listener = table.source, table.target
    if direction == TieDirection.REVERSED:
        heard, listener = listener, heard
    yield _Reading(table, _rows(table), heard, listener, weight)


def _bonds(
    table: EdgeTable, rules: Rules, weights: Mapping[str, float], friendly: bool = True
) -> Iterator[_Reading]:
    polarity = table.array("polarity")
    meant = polarity > 0 if friendly else polarity < 0
    weight = _type_of_basis(table, weights) * _certainty(table, rules) * weights[EdgeKind.BOND] * meant
    heard = np.column_stack((table.source, table.target)).ravel()
    listener = np.column_stack((table.target, table.source)).ravel()
    yield _Reading(table, _rows(table).repeat(2), heard, listener, weight.repeat(2))


def _mails(
    table: EdgeTable, rules: Rules, weights: Mapping[str, float], direction: TieDirection
) -> Iterator[_Reading]:
    factor = weights[EdgeKind.MESSAGES]
    if factor:
        exchanged = -np.expm1(-table.array("count") / rules.chains.messages_scale)
        yield _mail_reading(table, factor * exchanged * table.array("confidence"), direction)


def _mail_reading(table: EdgeTable, weight: Floats, direction: TieDirection) -> _Reading:
    heard, listener = table.target, table.source
    if direction == TieDirection.REVERSED:
        heard, listener = listener, heard
    return _Reading(table, _rows(table), heard, listener, weight)


def _type_of_basis(table: EdgeTable, weights: Mapping[str, float]) -> Floats:
    by_code = np.array([*(weights[basis] for basis in Basis), weights[NO_BASIS]])
    assert NOT_SET == -1  # the last entry is the one without a basis
    return by_code.take(table.array("basis"), mode="wrap")


def _certainty(table: EdgeTable, rules: Rules) -> Floats:
    """c = weight · confidence."""
    weight = table.array("weight")
    known = np.where(np.isnan(weight), rules.influence.unknown_weight, weight)
    return np.asarray(known * table.array("confidence"))


def _rows(table: EdgeTable) -> Ints:
    return np.arange(len(table), dtype=np.int32)


def _ties(graph: AccountGraph, counts: Bools, readings: list[_Reading]) -> Ties:
    """The entries of readings, one per table, each in the order of its rows."""
    people, tables = len(graph.contacts), tuple(reading.table for reading in readings)
    runs = [reading.in_order(people) for reading in readings]
    row = np.concatenate([run.row for run in runs])
    heard = np.concatenate([run.heard for run in runs])
    listener = np.concatenate([run.listener for run in runs])
    weight = np.concatenate([run.weight for run in runs])
    place = np.arange(len(tables), dtype=np.int8).repeat([len(run.row) for run in runs])
    used = weight > 0
    if not counts.all():
        used &= counts[heard] & counts[listener]
    if not used.all():
        heard, listener, weight, place, row = (of[used] for of in (heard, listener, weight, place, row))
    # A stable sort by comparing merges what is in order already: a run per table.
    order = np.argsort(heard.astype(np.int64) * people + listener, kind="stable")
    place = place.take(order)
    formal = np.array([table.spec.kind is EdgeKind.REPORTS_TO for table in tables], dtype=bool)
    return Ties(
        people=people,
        heard=heard.take(order),
        listener=listener.take(order),
        weight=weight.take(order),
        formal=formal.take(place),
        table=place,
        row=row.take(order),
        tables=tables,
    )
