"""How wide text is without a browser: a table of letter classes, on the generous side."""

from __future__ import annotations

import unicodedata
from functools import cache

_CLASSES: tuple[tuple[float, str], ...] = (
    (0.23, " "),
    (0.30, "ijlI|.,:;'"),
    (0.36, "f!()[]{}-"),
    (0.40, "/\\rt"),
    (0.48, 'sz*?"'),
    (0.53, "cvxyJY"),
    (0.56, "aegkFL0123456789+<=>^~_#$"),
    (0.66, "ABCEKPRSTVXZ&`"),
    (0.76, "DGHNOQU"),
    (0.93, "mwMW%@"),
)
_WIDTHS = {letter: width for width, letters in _CLASSES for letter in letters}
_OTHER_LETTER = 0.64
_BOLD = 0.045
"""What a bold letter is wider, in ems; Chinese characters keep their width."""
_MARGIN = 1.02
ELLIPSIS = "…"


@cache
def _letter_width(letter: str) -> float:
    """Width in ems; East Asian wide and ambiguous characters fill theirs, as Chinese fonts draw them."""
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.06 if ord(letter) >= 0x1F000 else 1.0
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(base, _OTHER_LETTER)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide `text` is at a letter size, in the unit of `size`; rather too wide than too narrow."""
    ems = 0.0
    for letter in text:
        width = _letter_width(letter)
        ems += width + (_BOLD if bold and 0 < width < 1 else 0.0)
    return ems * size * _MARGIN


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """`text` if it fits into `room`, else as much of it as fits before an ellipsis. O(length)."""
    if text_width(text, size, bold=bold) <= room:
        return text
    left = room - text_width(ELLIPSIS, size, bold=bold)
    for place, letter in enumerate(text):
        left -= text_width(letter, size, bold=bold)
        if left < 0:
            return f"{text[:place].rstrip()}{ELLIPSIS}" if place else ""
    return text
