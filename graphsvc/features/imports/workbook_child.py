"""The process that opens a workbook: python workbook_child.py MOST_CELLS < workbook > rows.

It runs alone because a small workbook can claim a cell in its last row and column: the reader then asks for
more memory than there is, and that ends the process it happens in. It imports nothing of the project.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

REFUSED, LOCKED, TOO_MUCH = 3, 4, 5
"""Exit statuses: no workbook, one with a password, more cells than allowed."""
MOST_BYTES = 2 << 30
MOST_SECONDS = 60


def main() -> int:
    """Write each sheet's name and the rows that are not empty as lines of JSON; cells are text."""
    _limit()
    left = int(sys.argv[1])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for sheet in book.sheets_metadata:
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            print(json.dumps({"sheet": sheet.name}))
            for number, cells in _rows(book.get_sheet_by_name(sheet.name)):
                left -= len(cells)
                if left < 0:
                    return TOO_MUCH
                print(json.dumps([number, *cells]))
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError):
        return REFUSED
    except MemoryError:
        return TOO_MUCH
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the size check before and the time limit remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    """A cell as a table would write it: whole numbers without a point, dates as ISO 8601."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
