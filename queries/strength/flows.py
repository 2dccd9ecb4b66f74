"""What passed between pairs of people, as columns that do not depend on today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.rules.strength import StrengthRules
from queries.strength.formula import decay

__all__ = ["Flow", "Months", "best_of_group", "flow_of", "runs", "starts_of", "sum_by"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Months:
    """The calendar months (UTC) in which anything passed; `run` is each row's month, the rest one per month.

    `last` is the day of the month's last contact, `two_way` says whether contact went both ways in it.
    """

    run: Ints
    pair: Ints
    last: Ints
    two_way: Bools

    def worth(self, today: int, rules: StrengthRules) -> Floats:
        """2^(−age of its last contact/1095 d) of each two-way month, 0 of the others; none may end later."""
        worth = np.zeros(len(self.pair))
        worth[self.two_way] = decay(today - self.last[self.two_way], rules.month_half_life_days)
        return worth


@dataclass(frozen=True, slots=True)
class Flow:
    """One row for each thing that passed within a pair, sorted by (pair, day).

    `theirs` and `ours` are its masses w·q/√n in the two directions before any decay, 0 where a better one
    of the same kind and direction counts for the day; `from_them` and `from_us` say in which directions
    the row is contact at all, counted or not. `starts` is the first row of each pair that has any, `last`
    the latest day of all.
    """

    pair: Ints
    day: Ints
    theirs: Floats
    ours: Floats
    from_them: Bools
    from_us: Bools
    starts: Ints
    months: Months
    last: int

    def until(self, today: int) -> tuple[Ints, Flow]:
        """The rows up to a day and the flow as it was then. O(rows)."""
        rows = np.flatnonzero(self.day <= today)
        return rows, flow_of(
            self.pair[rows],
            self.day[rows],
            self.theirs[rows],
            self.ours[rows],
            self.from_them[rows],
            self.from_us[rows],
        )

    def sum_by_pair(self, values: np.ndarray[Any, Any], pairs: int) -> Floats:
        """The sums of a value per row over each of the pairs 0 … pairs−1. O(rows)."""
        sums = np.zeros(pairs)
        if len(self.starts):
            sums[self.pair[self.starts]] = np.add.reduceat(values, self.starts, dtype=np.float64)
        return sums


def flow_of(pair: Ints, day: Ints, theirs: Floats, ours: Floats, from_them: Bools, from_us: Bools) -> Flow:
    """A flow of columns that are sorted by (pair, day). O(rows)."""
    months = _months(pair, day, from_them, from_us)
    last = int(day.max(initial=_NEVER))
    return Flow(pair, day, theirs, ours, from_them, from_us, starts_of(runs(pair)), months, last)


def _months(pair: Ints, day: Ints, from_them: Bools, from_us: Bools) -> Months:
    run = runs(pair, day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))
    starts = starts_of(run)
    if len(starts) == 0:
        return Months(run, run, run, from_us)
    two_way = np.logical_or.reduceat(from_them, starts) & np.logical_or.reduceat(from_us, starts)
    last = np.maximum.reduceat(np.where(from_them | from_us, day, _NEVER), starts)
    return Months(run, pair[starts], last, two_way)


def runs(*keys: Ints) -> Ints:
    """0, 1, 2 … for each stretch of rows that are equal in all keys. O(rows)."""
    new = np.zeros(len(keys[0]), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.cumsum(new)


def sum_by(key: Ints, values: np.ndarray[Any, Any], size: int) -> Floats:
    """The sums of `values` over each key 0 … size−1, added in the order of the rows. O(rows)."""
    return np.asarray(np.bincount(key, values, size), dtype=np.float64)


def starts_of(run: Ints) -> Ints:
    """The first row of each run. O(rows)."""
    return np.flatnonzero(np.diff(run, prepend=-1))


def best_of_group(mass: Floats, group: Ints) -> tuple[Floats, Floats]:
    """`mass` where it is its group's largest, else 0; and beside each largest the second largest (or 0).

    Masses are ≥ 0, groups `runs`. Of equal ones the first row wins. The largest, not the first or the
    mean: so nothing that is added to a day can take away from it. O(n).
    """
    starts = starts_of(group)
    if len(starts) == 0:
        return mass, mass
    largest = np.flatnonzero(mass == np.maximum.reduceat(mass, starts)[group])
    best = largest[starts_of(group[largest])]
    kept, runner_up, rest = np.zeros(len(mass)), np.zeros(len(mass)), mass.copy()
    kept[best], rest[best] = mass[best], 0.0
    runner_up[best] = np.maximum.reduceat(rest, starts)
    return kept, runner_up
