"""The apostrophe that keeps a spreadsheet from running a cell: put on going out, taken off coming in."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs; `unguarded` gives any text back. O(length)."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def unguarded(cell: str) -> str:
    """The text of a cell that may have been guarded. O(length)."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_STARTS) else cell
