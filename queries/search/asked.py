"""What somebody typed, as expressions that the full-text engines of both stores read alike.

An expression is made of encoded terms, AND, OR, brackets and a star: nothing of the typed text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from models.names import has_chinese
from queries.search.forms import folded, forms_of, squeezed, words_of
from queries.search.terms import ACCOUNT, LONGEST, WHOLE, WORD, coded
from queries.search.texts import digits_of, numbers_of

MOST_LETTERS = 200
MOST_WORDS = 8
"""Words that are put to the engine; the order looks at all of them."""
MOST_TERMS = 900
"""Terms in the expressions of a query: Lucene reads 1,024."""
_NUMBER = re.compile(r"[+(]?\d[\d()./-]{4,}")
_SPELT = re.compile(r"[a-z]{3,14}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: all of it without spaces and punctuation, and its words."""

    whole: str
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    def exactly(self) -> tuple[str, ...]:
        """What a record that is called so, has this address or this id elsewhere, is found by."""
        wholes = dict.fromkeys([self.whole, *(numbers_of(self.whole) if self.whole.isdecimal() else ())])
        return (" OR ".join(coded(WHOLE, text) for text in wholes),)

    def beginnings(self) -> tuple[str, ...]:
        """Every word must begin something in the record."""
        return tuple(f"{coded(WORD, word)}*" for word in self._asked_words())

    def nearly(self) -> tuple[str, ...]:
        """As `beginnings`, but one letter of a word may be wrong and Chinese only sound alike; or empty."""
        left = MOST_TERMS - len(self.words)
        found = []
        for word in self._asked_words():
            likes = list(_like(word))
            if len(likes) > left:
                likes = []
            left -= len(likes)
            found.append(
                f"({' OR '.join([f'{coded(WORD, word)}*', *likes])})" if likes else f"{coded(WORD, word)}*"
            )
        return () if tuple(found) == self.beginnings() else tuple(found)

    def _asked_words(self) -> tuple[str, ...]:
        """The longest words, in their order: they leave the fewest candidates."""
        if len(self.words) <= MOST_WORDS:
            return self.words
        longest = sorted(self.words, key=lambda word: -len(word))[:MOST_WORDS]
        return tuple(word for word in self.words if word in longest)


def asked(text: str) -> Asked:
    """The query of a text; false if there is no letter and no digit in it. O(length)."""
    words = [word for token in folded(text).split() for word in _words(token)]
    return Asked(squeezed(text), tuple(dict.fromkeys(words)))


def inside(expression: str, account_id: str | None) -> str:
    """The expression, for the records of one account."""
    return expression if account_id is None else f"{coded(ACCOUNT, account_id)} AND ({expression})"


def _words(token: str) -> list[str]:
    """An address stays whole, a telephone number becomes its digits, anything else falls into words."""
    if "@" in token[1:] and words_of(token):
        return [token]
    return [digits_of(token)] if _NUMBER.fullmatch(token) else words_of(token)


def _like(word: str) -> Iterator[str]:
    if has_chinese(word):
        for spelled in forms_of(word, person=True).wholes:
            yield f"{coded(WORD, spelled)}*"
    elif may_be_mistyped(word):
        for typed in typos(word):
            yield coded(WORD, typed)


def may_be_mistyped(word: str) -> bool:
    """Whether typos of a word are looked for: plain letters, not too few to tell and not too many to list."""
    return _SPELT.fullmatch(word) is not None


def typos(word: str) -> list[str]:
    """The words one mistake away: a letter left out, two swapped, one wrong, one too many. O(52 letters)."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = [head + tail[1:] for head, tail in cuts if tail]
    found += [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    found += [head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase]
    found += [head + letter + tail for head, tail in cuts for letter in ascii_lowercase]
    return [typed for typed in dict.fromkeys(found) if typed != word and len(typed) <= LONGEST]
