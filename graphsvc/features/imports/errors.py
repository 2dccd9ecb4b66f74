"""errors.csv: the rows an import refused, to be mended in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from graphsvc.features.imports.schemas import RowRefused
from graphsvc.formulas import guarded

HEADER = ("file", "row", "column", "pointer", "code", "message")
_BOM = b"\xef\xbb\xbf"


def errors_csv(refused: Iterable[RowRefused], lang: str) -> bytes:
    """The refused rows as CSV with a mark, messages in "en" or "zh"; no cell starts a formula. O(rows)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in refused:
        message = row.message.zh if lang == "zh" else row.message.en
        cells = (row.file, row.row, row.column, row.pointer, str(row.code), message)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return _BOM + out.getvalue().encode()
