"""How results are printed: CSV, JSON, or a table for people."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import typer

from graphsvc.commands.common import say
from graphsvc.commands.language import both


def print_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """CSV on stdout; numbers in full, as the findings hold them."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def print_table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table for people: numbers to the right, Chinese characters two wide."""
    from rich.cells import cell_len  # slow to import; CSV and JSON never need it

    values = [[_text(value) for value in row] for row in rows]
    if not values:
        say(both("Nothing to show.", "没有可显示的结果。"))
        return
    widths = [max(map(cell_len, column)) for column in zip(header, *values, strict=True)]
    right = [all(_is_number(text) for text in column) for column in zip(*values, strict=True)]
    for row in [list(header), *values]:
        cells = [
            " " * (width - cell_len(text)) + text if to_right else text + " " * (width - cell_len(text))
            for text, width, to_right in zip(row, widths, right, strict=True)
        ]
        typer.echo("  ".join(cells).rstrip())


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _is_number(text: str) -> bool:
    return not text or text.replace(",", "").replace(".", "", 1).removeprefix("-").removesuffix("%").isdigit()
