"""What passed in each pair, summed once for all days after the last of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.columns import NO_DAY
from models.graph import AccountGraph
from queries.rules import Rules
from queries.rules.strength import StrengthRules
from queries.strength.events import TieEvents
from queries.strength.flows import Bools, Floats, Flow, Ints, sum_by
from queries.strength.formula import decay

__all__ = ["Tally", "tally_until"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the rows of each pair, as they stood on `day`, that of the last row.

    All rows of a pair fade with one half-life, so on a later day each sum is that of `day` times one factor:
    a question costs O(pairs), not O(rows). `theirs` E_in, `ours` E_out, `felt` Σ decay·sentiment and
    `weight` Σ decay hold a row for each half-life, the usual one and that of contacts at the decision level;
    `months` is m. `answered`: something came back; `seen`: something passed. Of the days of two-way contact
    `first`, `last` (NO_DAY where there was none) and the number `days`.
    """

    day: int
    theirs: Floats
    ours: Floats
    felt: Floats
    weight: Floats
    months: Floats
    answered: Bools
    seen: Bools
    first: Ints
    last: Ints
    days: Ints


def tally_until(graph: AccountGraph, events: TieEvents, today: int, rules: Rules) -> tuple[Ints, Flow, Tally]:
    """The event rows up to a day, their flow and tally. O(rows), and O(1) again once no row is later."""
    if events.flow.last > today:
        rows, flow = events.flow.until(today)
        return rows, flow, _tally(events, rows, flow, today, rules.strength)

    def whole() -> tuple[Ints, Tally]:
        rows = np.arange(len(events.flow.day))
        return rows, _tally(events, rows, events.flow, today, rules.strength)

    rows, tally = graph.memo(("tally", rules.version), whole)
    return rows, events.flow, tally


def _tally(events: TieEvents, rows: Ints, flow: Flow, today: int, rules: StrengthRules) -> Tally:
    pairs = len(events.member)
    day = max(flow.last, NO_DAY)
    fading = [decay(day - flow.day, days) for days in (rules.half_life_days, rules.half_life_decision_days)]
    felt = events.sentiment[rows]
    seen = np.zeros(pairs, dtype=bool)
    seen[flow.pair[flow.starts]] = True
    held = events.two_way_day <= today
    pair, both = events.two_way_pair[held], events.two_way_day[held]
    first, last = np.full(pairs, NO_DAY, dtype=np.int64), np.full(pairs, NO_DAY, dtype=np.int64)
    first[pair[::-1]], last[pair] = both[::-1], both  # sorted by day; of several the one assigned last stays
    return Tally(
        day=day,
        theirs=np.array([flow.sum_by_pair(flow.theirs * left, pairs) for left in fading]),
        ours=np.array([flow.sum_by_pair(flow.ours * left, pairs) for left in fading]),
        felt=np.array([flow.sum_by_pair(felt * left, pairs) for left in fading]),
        weight=np.array([flow.sum_by_pair(left, pairs) for left in fading]),
        months=sum_by(flow.months.pair, flow.months.worth(day, rules), pairs),
        answered=flow.sum_by_pair(flow.from_them, pairs) > 0,
        seen=seen,
        first=first,
        last=last,
        days=np.bincount(pair, minlength=pairs),
    )
