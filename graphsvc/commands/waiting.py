"""Progress on stderr, for whoever sits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from graphsvc.commands.language import both
from graphsvc.features.imports.progress import Phase, Progress, silent


@contextmanager
def shown() -> Iterator[Progress]:
    """A bar while an import runs, gone when it ends; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # slow to import; needed at a terminal only
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def tell(phase: Phase, done: int, total: int) -> None:
            bars.update(task, description=both(phase.en, phase.zh), completed=done, total=total)

        yield tell
