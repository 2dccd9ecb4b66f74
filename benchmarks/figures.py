"""What benchmarks find: figures with their goals, as a table, as JSON and as docs/benchmarks.md."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
FIGURES = RESULTS / "figures"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_WORDS = {
    "x": "×",
    "exponent": "",
    "s": " s",
    "ms": " ms",
    "MB": " MB",
    "rows/s": " rows/s",
    "%": " %",
    "fps": " frames/s",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one topic; `unit` "x" is a ratio of medians. A goal is a least or a most.

    Numbers that belong to one machine (seconds without a goal, megabytes) stay out of the page.
    """

    topic: str
    what: str
    value: float
    unit: str = "x"
    least: float = -math.inf
    most: float = math.inf

    @property
    def has_goal(self) -> bool:
        """Whether anything is asked of it."""
        return self.least > -math.inf or self.most < math.inf

    @property
    def met(self) -> bool:
        """Whether it is what was asked."""
        return self.least <= self.value <= self.most

    def told(self) -> str:
        """The number with its unit."""
        return _told(self.value, self.unit)

    def goal(self) -> str:
        """What was asked, empty if nothing was."""
        if self.least > -math.inf:
            return f"≥ {_told(self.least, self.unit)}"
        return f"≤ {_told(self.most, self.unit)}" if self.has_goal else ""

    def verdict(self) -> str:
        """Whether the goal was met, in one word; empty without a goal."""
        return ("met" if self.met else "**missed**") if self.has_goal else ""


def _told(value: float, unit: str) -> str:
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return digits + _WORDS[unit]


def machine() -> dict[str, Any]:
    """Where a run took place, without a name."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "cpu": _cpu(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def show(figures: Sequence[Figure]) -> None:
    """Prints the figures as a table."""
    table = Table(title=" · ".join(f"{key} {value}" for key, value in machine().items()))
    for column in ("topic", "what", "measured", "goal", ""):
        table.add_column(column, justify="right" if column in ("measured", "goal") else "left")
    for figure in figures:
        verdict = figure.verdict().strip("*")
        table.add_row(figure.topic, figure.what, figure.told(), figure.goal(), verdict)
    Console(width=140).print(table)


def keep(figures: Sequence[Figure]) -> None:
    """Writes the figures as JSON, topic by topic."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    for topic in dict.fromkeys(figure.topic for figure in figures):
        rows = [asdict(figure) for figure in figures if figure.topic == topic]
        finite = [
            {key: value for key, value in row.items() if value not in (math.inf, -math.inf)} for row in rows
        ]
        text = json.dumps({"where": machine(), "figures": finite}, indent=1, ensure_ascii=False)
        (FIGURES / f"{topic}.json").write_text(text + "\n", "utf-8")


def write_page(order: Sequence[str], figures: Sequence[Figure]) -> None:
    """Puts figures into docs/benchmarks.md, topics in this order; others stay as they were measured."""
    held = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(order, held, figures), "utf-8")


_HEAD = """# Benchmarks

Written by `make bench`; do not edit. Every line compares things measured in one run on one machine, taken
in turns, by their medians: a ratio says how many times as long the other way takes. Seconds stand only where
a goal names seconds, for they are of one machine. `make bench ARGS="ranking"` measures one topic;
`benchmarks/` holds what is measured, the others' ways included. Where the load is above the number of cores,
other programs ran beside.
"""


def page(order: Sequence[str], held: str, figures: Sequence[Figure]) -> str:
    """The page `held` with the topics of `figures` measured now and here, the others word for word."""
    sections = {part.partition("\n")[0]: part.rstrip() for part in held.split("\n## ")[1:]}
    for topic in dict.fromkeys(figure.topic for figure in figures):
        sections[_title(topic)] = _section([figure for figure in figures if figure.topic == topic])
    told = [f"## {sections[title]}\n" for title in map(_title, order) if title in sections]
    return "\n".join([_HEAD, *told])


def _title(topic: str) -> str:
    return topic.replace("_", " ").capitalize()


def _section(figures: Sequence[Figure]) -> str:
    where = machine()
    told = [figure for figure in figures if figure.has_goal or figure.unit in ("x", "exponent", "%")]
    rows = [f"| {row.what} | {row.told()} | {row.goal()} | {row.verdict()} |" for row in told]
    here = f"{where['date']}, {where['cores']} cores, {where['cpu']}, Python {where['python']}"
    here += f", load {where['load']} at the end"
    return "\n".join([_title(figures[0].topic), "", here, "", *_TABLE, *rows])


_TABLE = ["| what | measured | goal | |", "|---|---:|---:|---|"]
