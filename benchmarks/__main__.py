"""`python -m benchmarks [TOPIC …]`: measures, beside other ways of doing the same; which goals are met.

Writes benchmarks/results/figures/*.json and docs/benchmarks.md, topic by topic; topics that were not asked
for stay on the page as they were last measured, wherever that was.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module

from benchmarks.figures import Figure, keep, show, write_page
from graphsvc.interpreter import tune

TOPICS = (
    "ranking",
    "chains",
    "strength",
    "whatif",
    "snapshots",
    "answers",
    "imports",
    "beside_python",
    "search",
    "recovery",
    "bosses",
)
ORDER = (*TOPICS, "browser")
"""Topics as the page has them; the last needs Chromium and has a command of its own."""


def main() -> None:
    """Measure the topics asked for, or all; the process looks for garbage as seldom as a service does."""
    asked = sys.argv[1:] or list(TOPICS)
    if unknown := [topic for topic in asked if topic not in TOPICS]:
        sys.exit(f"no such topic: {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    figures: list[Figure] = []
    for topic in asked:
        module = import_module(f"benchmarks.{topic}")
        tune()
        start = time.perf_counter()
        found = list(module.measure())
        keep(found)
        write_page(ORDER, found)
        print(f"{topic}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
        figures += found
    show(figures)


if __name__ == "__main__":
    main()
