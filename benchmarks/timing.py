"""Wall times of repeated runs, of one way or of several in turns."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.figures import RESULTS, machine

T = TypeVar("T")


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one run."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def result_of(work: Callable[[], T]) -> tuple[T, float]:
    """What a run gives, and its seconds."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def median_of(work: Callable[[], Any], runs: int = 5) -> float:
    """The median wall time of `runs` runs after one that warms up, in seconds."""
    work()
    return statistics.median(timed(work) for _ in range(runs))


def in_turns(ways: Mapping[str, Callable[[], Any]], runs: int = 5, warm: bool = True) -> dict[str, float]:
    """The median seconds of each way, run in turns: what else the machine does meets them alike."""
    if warm:
        for work in ways.values():
            work()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, work in ways.items():
            times[name].append(timed(work))
    return {name: statistics.median(taken) for name, taken in times.items()}


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """How time grows with size: the slope of log(seconds) over log(size), by least squares."""
    x, y = np.log(sizes), np.log(seconds)
    x = x - x.mean()
    return float((x * (y - y.mean())).sum() / (x * x).sum())


def report(name: str, rows: list[dict[str, Any]]) -> None:
    """Prints the rows as a table and writes them as JSON with the date and the machine."""
    where = machine()
    table = Table(title=f"{name} · {' · '.join(f'{key} {value}' for key, value in where.items())}")
    for column in rows[0]:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(f"{value:.3g}" if isinstance(value, float) else str(value) for value in row.values()))
    Console(width=120).print(table)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({"where": where, "rows": rows}, indent=1, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
