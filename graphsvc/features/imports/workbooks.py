"""Workbooks (XLSX): each sheet a table, read in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from graphsvc.features.imports import workbook_child
from graphsvc.features.imports.tables import SourceFile, Table, cleaned, table_of_rows
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

MOST_CELLS = 10_000_000
"""Most filled or passed-over cells of a workbook."""
_DEADLINE_S = 120
_REFUSALS = {
    workbook_child.REFUSED: Label("This workbook is damaged.", "此工作簿已损坏。"),
    workbook_child.LOCKED: Label("This workbook has a password.", "此工作簿有密码。"),
}
_TOO_LARGE = Label(
    f"This workbook is too large to open (at most {MOST_CELLS:,} cells).",
    f"此工作簿过大，无法打开（最多 {MOST_CELLS:,} 个单元格）。",
)


def tables_of(file: SourceFile) -> list[Table]:
    """The tables of a workbook's sheets; empty sheets are left out.

    Formulas count as the values that were last computed, dates as ISO 8601 (also where days count from
    1904), error values as empty. Raises InvalidInput (bad-file, empty-file).
    """
    command = [sys.executable, "-P", str(Path(workbook_child.__file__)), str(MOST_CELLS)]
    try:
        done = subprocess.run(command, input=file.data, capture_output=True, timeout=_DEADLINE_S, check=False)
    except subprocess.TimeoutExpired:
        raise _bad(file, _TOO_LARGE) from None
    if done.returncode:
        raise _bad(file, _REFUSALS.get(done.returncode, _TOO_LARGE))
    sheets: list[tuple[str, list[tuple[int, list[str]]]]] = []
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if isinstance(said, dict):
            sheets.append((said["sheet"], []))
        else:
            sheets[-1][1].append((said[0], [cleaned(cell) for cell in said[1:]]))
    tables = [table_of_rows(f"{file.name}[{name}]", rows) for name, rows in sheets if rows]
    if not tables:
        raise InvalidInput(Fault(Code.EMPTY_FILE, file=file.name))
    return tables


def _bad(file: SourceFile, detail: Label) -> InvalidInput:
    return InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file.name))
