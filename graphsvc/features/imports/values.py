"""Cells as values: closed words in both languages, numbers, days and moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from models.enums import Term

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_EIGHT_DIGITS = re.compile(r"(19|20)\d{6}")
_FIRST_UNIX_DAY = 10**8
MOST = 10**9
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d{1,3})?%?")


def word(vocabulary: type[Term], text: str) -> Term | None:
    """The term of a closed vocabulary written as its value or as its label in either language. O(1)."""
    return _words(vocabulary).get(text.casefold())


@cache
def _words(vocabulary: type[Term]) -> dict[str, Term]:
    return {name.casefold(): term for term in vocabulary for name in (term.zh, term.en, str(term))}


def known_words(vocabulary: type[Term]) -> str:
    """The words of a vocabulary, for a message."""
    return ", ".join(f"{term} {term.zh}" for term in vocabulary)


def number(text: str) -> float | None:
    """A number as spreadsheets write it ("0.6", "0,6", "60%"); None if it is none. O(length)."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.rstrip("%").replace(",", "."))
    value = value / 100 if text.endswith("%") else value
    return value if abs(value) < 1e300 else None


def count(text: str, least: int = 0) -> int | None:
    """A whole number of things from `least` to 10^9; None if it is none."""
    value = number(text)
    return int(value) if value is not None and least <= value <= MOST and value == int(value) else None


def moment(text: str) -> datetime | None:
    """A moment in UTC: ISO 8601 or RFC 3339, "2026/1/31 9:00", "2026年1月31日"; None if it is none.

    Without an offset it is UTC, without a time midnight.
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    parts = [int(part or 0) for part in found.groups()[:6]]
    try:
        return datetime(*parts, tzinfo=_offset(found[7])).astimezone(UTC)  # type: ignore[misc, arg-type]
    except (ValueError, OverflowError):
        return None


def unix(text: str) -> datetime | None:
    """A moment given as Unix time in seconds (or milliseconds, from 10^11 on); None if it is none."""
    value = number(text)
    if value is None:
        return None
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) >= 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def day(text: str) -> date | None:
    """A day, in the forms of `moment`, as eight digits or as Unix time since 1973; None if it is none.

    A smaller number is no day: it may be a count, or the number of a day in some spreadsheet's calendar.
    """
    if _EIGHT_DIGITS.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = moment(text)
    if found is None and (number(text) or 0) >= _FIRST_UNIX_DAY:
        found = unix(text)
    return found.date() if found else None


def _offset(text: str | None) -> timezone:
    if text in (None, "Z"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
