"""The strength of all ties beside a loop over lists that follows the same formula."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from benchmarks.accounts import ON, Shape, fresh, graph
from benchmarks.figures import Figure
from benchmarks.timing import in_turns
from models.columns import day_number
from models.graph import AccountGraph
from queries.people import people
from queries.rules import DEFAULT_RULES
from queries.strength.events import tie_events
from queries.strength.table import strength_table

SHAPE = Shape(5_000, 5_000, 5_000, 200_000)
R = DEFAULT_RULES.strength
Row = tuple[int, int, float, float, bool, bool]


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    account = graph(SHAPE)
    rows, half_lives = _lists(account)
    mine = strength_table(account, on=ON).strength
    assert np.allclose(mine, _plain(rows, half_lives), rtol=1e-9), "the loop follows another formula"
    days = iter(range(10_000))

    def next_day() -> Any:
        return strength_table(account, on=ON + timedelta(days=next(days) % 60))

    times = in_turns(
        {
            "plain": lambda: _plain(rows, half_lives),
            "ours": next_day,
            "ours, first question": lambda: strength_table(fresh(account), on=ON),
        },
        runs=9,
    )
    what = f"{SHAPE.ours:,} ties with {SHAPE.interactions:,} interactions: a loop over lists"
    yield Figure("strength", what, times["plain"] / times["ours"], least=50)
    yield Figure("strength", f"{what}, our first question", times["plain"] / times["ours, first question"])


def _lists(account: AccountGraph) -> tuple[list[list[Row]], list[float]]:
    """Each tie's events by day: day, month, masses and ways; and the half-life that holds for it."""
    events = tie_events(account)
    flow = events.flow
    rows: list[list[Row]] = [[] for _ in events.member]
    columns = (flow.pair, flow.day, flow.months.run, flow.theirs, flow.ours, flow.from_them, flow.from_us)
    for pair, *row in zip(*(column.tolist() for column in columns), strict=True):
        rows[pair].append(tuple(row))
    senior = people(account.on(ON)).decision()[events.contact].tolist()
    return rows, [R.half_life_decision_days if high else R.half_life_days for high in senior]


def _plain(rows: list[list[Row]], half_lives: list[float]) -> list[float]:
    today = day_number(ON)
    return [_strength(events, half_life, today) for events, half_life in zip(rows, half_lives, strict=True)]


def _strength(events: list[Row], half_life: float, today: int) -> float:
    theirs = ours = 0.0
    answered = False
    last: dict[int, int] = {}
    ways: dict[int, int] = {}
    for day, month, in_, out, from_them, from_us in events:
        left = 2.0 ** ((day - today) / half_life)
        theirs += in_ * left
        ours += out * left
        answered = answered or from_them
        if from_them or from_us:
            ways[month] = ways.get(month, 0) | from_them | from_us << 1
            last[month] = day
    months = sum(
        2.0 ** ((day - today) / R.month_half_life_days) for month, day in last.items() if ways[month] == 3
    )
    warmth = 1 - math.exp(-((math.sqrt(theirs) + math.sqrt(ours)) ** 2) / 2 / R.warmth_mass)
    history = R.stranger_depth + R.history_depth * (1 - 2.0 ** (-max(0.0, months - 1) / R.history_months))
    warm = 100 * (1 - history) * R.warmth_share * warmth
    return float(100 * history + (warm if answered else min(warm, R.unanswered_cap)))
