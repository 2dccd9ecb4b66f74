"""The weekly list: what to have confirmed, and whom to assess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from models.cadence import Matter
from models.columns import NO_DAY, day_number, iso_day
from models.enums import EdgeKind, NodeKind
from models.findings.cadence import ConfirmList, Drawn, Stale
from models.graph import AccountGraph
from models.kinds import EDGE_SPECS
from queries.cadence.weights import Weighed, Weighing
from queries.draws import GAMMA, edge_keys, mix
from queries.numbers import significant
from queries.people import People
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.strength import CadenceRules
from queries.strength.by_contact import assessed_days, best_tie_rows
from queries.strength.table import strength_table

__all__ = ["VERSION", "confirm_list"]

VERSION = "1"
_DECIMALS = 9
_Key = tuple[float, int, str, str]
"""Less the weight, the day, kind and id: what the order goes by."""


def confirm_list(graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES) -> ConfirmList:
    """The `stale_records` stale cards and ties that matter most, and `drawn_people` to be assessed.

    Stale: last confirmed more than `stale_days` ago, or never (what is confirmed after the day asked for is
    not confirmed yet). What hangs on a record is said by `Weighing.records`; nothing hanging on it, it is
    not listed. The weightiest first, of equal ones the one confirmed least lately, then by kind and id.

    Drawn by lot, the same all through an ISO week: people of theirs we know and have not assessed for
    `stale_days`. A person's lot is a hash of his id and the week, so that whoever joins or leaves the pool
    changes nothing for the others' lots. Whoever knows him best assesses. O(ties log ties + ranking).
    """
    weighing = Weighing.of(graph, on, rules)
    year, week, _ = on.isocalendar()
    return ConfirmList(
        items=_stale(graph, weighing, day_number(on), rules.cadence),
        week=f"{year}-W{week:02}",
        drawn=list(_drawn(graph, weighing.who, on, year * 100 + week, rules)),
        provenance=provenance_of(graph, on, rules, "weekly list", VERSION),
    )


def _stale(graph: AccountGraph, weighing: Weighing, today: int, rules: CadenceRules) -> list[Stale]:
    """The stale records that matter most."""
    found = [row for weighed in weighing.records() for row in _weightiest(weighed, today, rules)]
    found.sort(key=lambda row: row[0])
    return [
        _item(graph, rank, weighed, row, day, today)
        for rank, ((_, day, _, _), weighed, row) in enumerate(found[: rules.stale_records], start=1)
    ]


def _weightiest(weighed: Weighed, today: int, rules: CadenceRules) -> Iterator[tuple[_Key, Weighed, int]]:
    """The rows that may come first: the weightiest stale ones, and all that equal the last of these."""
    day = weighed.confirmed
    weight = np.round(weighed.weight, _DECIMALS)
    stale = np.flatnonzero((weight > 0) & ((day == NO_DAY) | (today - day > rules.stale_days)))
    stale = stale[np.lexsort((day[stale], -weight[stale]))]
    first = np.arange(len(stale)) < rules.stale_records
    last = stale[first][-1:]
    for row in stale[
        first | (np.isin(weight[stale], weight[last]) & np.isin(day[stale], day[last]))
    ].tolist():
        yield (-float(weight[row]), int(day[row]), str(weighed.kind), weighed.id(row)), weighed, row


def _item(graph: AccountGraph, rank: int, weighed: Weighed, row: int, day: int, today: int) -> Stale:
    source = _end(graph, weighed, row)
    target = int(weighed.target[row])
    return Stale(
        rank=rank,
        kind=weighed.kind,
        id=weighed.id(row),
        source_id=source and source[0],
        source=source and source[1],
        target_id=graph.contacts.ids[target],
        target=graph.contacts.texts("name")[target],
        confirmed_on=None if day == NO_DAY else date.fromisoformat(iso_day(day)),
        days=None if day == NO_DAY else today - day,
        weight=significant(float(weighed.weight[row])),
        because=Matter.CHAIN if weighed.chain[row] else weighed.because,
    )


def _end(graph: AccountGraph, weighed: Weighed, row: int) -> tuple[str, str] | None:
    """Id and name of where a tie begins; None for a card."""
    if weighed.source is None or not isinstance(weighed.kind, EdgeKind):
        return None
    table, place = graph.nodes[EDGE_SPECS[weighed.kind].source], int(weighed.source[row])
    return table.ids[place], table.texts("name")[place]


def _drawn(graph: AccountGraph, who: People, on: date, week: int, rules: Rules) -> Iterator[Drawn]:
    table = strength_table(graph, on=on, rules=rules)
    best = best_tie_rows(table, len(graph.contacts))
    assessed = assessed_days(graph, day_number(on))
    long_ago = (assessed == NO_DAY) | (day_number(on) - assessed > rules.cadence.stale_days)
    pool = np.flatnonzero((best >= 0) & who.counts & long_ago & (graph.contacts.array("placeholder") != 1))
    lots = edge_keys(NodeKind.CONTACT, [graph.contacts.ids[row] for row in pool.tolist()])
    lots = (lots ^ np.uint64(week)) + GAMMA
    mix(lots, np.empty_like(lots))
    for row in pool[np.argsort(lots, kind="stable")][: rules.cadence.drawn_people].tolist():
        day = int(assessed[row])
        yield Drawn(
            contact_id=graph.contacts.ids[row],
            name=graph.contacts.texts("name")[row],
            member_id=graph.nodes[NodeKind.MEMBER].ids[table.member[best[row]]],
            assessed_on=None if day == NO_DAY else date.fromisoformat(iso_day(day)),
        )
