"""What passed between pairs of people, as columns that do not depend on today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.rules import StrengthRules
from queries.tie_formula import decay

__all__ = ["Flow", "Months", "best_of_group", "month_of", "months_of_contact", "runs", "starts_of", "sum_by"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Flow:
    """One row for each thing that passed within a pair, sorted by (pair, day).

    `theirs` and `ours` are its masses w·q/√n in the two directions before any decay, 0 where a better one
    of the same kind and direction counts for the day; `from_them` and `from_us` say in which directions
    the row is contact at all, counted or not. `day` is in days, `month` in calendar months since 1970 (UTC).
    """

    pair: Ints
    day: Ints
    month: Ints
    theirs: Floats
    ours: Floats
    from_them: Bools
    from_us: Bools

    def take(self, rows: Ints) -> Flow:
        """Some of the rows, in their order."""
        return Flow(
            self.pair[rows],
            self.day[rows],
            self.month[rows],
            self.theirs[rows],
            self.ours[rows],
            self.from_them[rows],
            self.from_us[rows],
        )


@dataclass(frozen=True, slots=True)
class Months:
    """The calendar months of a flow: `run` is each row's month; the rest is one value per month.

    `worth` is 2^(−age of its last contact/1095 d) where contact went both ways in the month, else 0.
    """

    run: Ints
    pair: Ints
    last: Ints
    worth: Floats


def month_of(day: Ints) -> Ints:
    """Calendar months since 1970-01 of day numbers."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def runs(*keys: Ints) -> Ints:
    """0, 1, 2 … for each stretch of rows that are equal in all keys. O(rows)."""
    if len(keys[0]) == 0:
        return np.zeros(0, dtype=np.int64)
    new = np.zeros(len(keys[0]), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.cumsum(new)


def starts_of(run: Ints) -> Ints:
    """The first row of each run. O(rows)."""
    return np.flatnonzero(np.diff(run, prepend=-1))


def sum_by(key: Ints, values: np.ndarray[Any, Any], size: int) -> Floats:
    """The sum of `values` per key 0 … size−1, added in the order of the rows. O(rows)."""
    return np.asarray(np.bincount(key, values, size), dtype=np.float64)


def best_of_group(mass: Floats, group: Ints) -> tuple[Floats, Floats]:
    """`mass` where it is its group's largest, else 0; and beside each largest the second largest (or 0).

    Of equal ones the first row wins. The largest, not the first or the mean: so nothing that is added
    to a day can take away from it. O(n log n).
    """
    order = np.lexsort((-mass, group))
    ranked, value = group[order], mass[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    second = np.zeros(len(order))
    second[:-1] = np.where(first[1:], 0.0, value[1:])
    kept, runner_up = np.zeros(len(order)), np.zeros(len(order))
    kept[order[first]], runner_up[order[first]] = value[first], second[first]
    return kept, runner_up


def months_of_contact(flow: Flow, today: int, rules: StrengthRules) -> Months:
    """The months in which anything passed, of a flow that holds nothing later than `today`. O(rows)."""
    contact = flow.from_them | flow.from_us
    run = runs(flow.pair, flow.month)
    if len(run) == 0:
        return Months(run, run, run, np.zeros(0))
    starts = starts_of(run)
    them = np.logical_or.reduceat(flow.from_them, starts)
    us = np.logical_or.reduceat(flow.from_us, starts)
    last = np.maximum.reduceat(np.where(contact, flow.day, np.iinfo(np.int64).min), starts)
    worth = np.zeros(len(starts))
    both = them & us
    worth[both] = decay(today - last[both], rules.month_half_life_days)
    return Months(run, flow.pair[starts], last, worth)
