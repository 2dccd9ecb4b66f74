"""The ways a text can be typed: as it is written, in pinyin, by initials.

All folded, so that the way of writing (capitals, full width, accents) does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.names import has_chinese, reads_otherwise, surname, syllables

_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[㐀-鿿]+|[^\W_㐀-鿿]+")
_ATOM = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
_TYPED_U = ("v", "u", "yu")
"""How the ü of 吕 (lü) is typed: with an input method, without its dots, as in a passport."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A text as it may be typed.

    `written` and `spelled` hold the text from each of its words (of Chinese: each character) to its end,
    spaces left out: who types the beginning of one of them means the text. `wholes` are the whole text in
    each of its spellings, `words` its single words in Latin letters, whose typos can be told.
    """

    written: tuple[str, ...]
    spelled: tuple[str, ...]
    wholes: tuple[str, ...]
    initials: tuple[str, ...]
    words: tuple[str, ...]


def folded(text: str) -> str:
    """A text without the differences of width, case and accents (NFKC, case folded, U+0300–036F dropped)."""
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if whole.isascii():
        return whole
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", whole)))


def words_of(text: str) -> list[str]:
    """The words of a folded text: runs of Chinese characters, and of other letters and digits."""
    return _WORD.findall(text)


def squeezed(text: str) -> str:
    """The letters and digits of a text, folded: what is left where spaces and punctuation do not count."""
    return "".join(words_of(folded(text)))


def forms_of(text: str, person: bool = False) -> Forms:
    """The forms of a text, or of a person's name, whose surname is read as one. O(length²)."""
    return _forms(text, True) if person else _kept_forms(text)


@lru_cache(20_000)
def _kept_forms(text: str) -> Forms:
    """Titles and departments repeat; names of people are not kept in memory."""
    return _forms(text, False)


def _forms(text: str, person: bool) -> Forms:
    whole = folded(text)
    atoms = _ATOM.findall(whole)
    spellings = tuple(dict.fromkeys(_spellings(whole, atoms, person)))
    words = [atom for atom in atoms if not has_chinese(atom)]
    family = surname(whole) if person else None
    return Forms(
        written=_distinct(_to_the_end(atoms)),
        spelled=_distinct(form for spelling in spellings for form in _to_the_end(spelling)),
        wholes=_distinct("".join(spelling) for spelling in spellings),
        initials=_distinct("".join(part[0] for part in spelling) for spelling in spellings if spelling[1:]),
        words=_distinct([*words, *([family] if family else ())]),
    )


def _spellings(whole: str, atoms: Sequence[str], person: bool) -> Iterator[tuple[str, ...]]:
    """The readings of a text, a part for each atom; without Chinese there is one, the text itself."""
    if not has_chinese(whole):
        yield tuple(atoms)
        return
    readings = [_reading(whole, person)]
    if person and reads_otherwise(whole):
        readings.append(_reading(whole, False))
    for reading in readings:
        for typed in _TYPED_U:
            yield tuple(part.replace("v", typed) if part in _WITH_U else part for part in reading)


_WITH_U = frozenset(["lv", "nv", "lve", "nve"])


def _reading(whole: str, person: bool) -> list[str]:
    found: list[str] = []
    for place, run in enumerate(words_of(whole)):
        found += syllables(run, person and place == 0) if has_chinese(run) else [run]
    return found


def _to_the_end(atoms: Sequence[str]) -> Iterator[str]:
    return ("".join(atoms[start:]) for start in range(len(atoms)))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
