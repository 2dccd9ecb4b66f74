"""The terms of a record: what full-text indexes hold of it, so encoded that no tokenizer can break them.

A term is a tag and a text in lower-case ASCII letters and digits. The beginning of a text gives the
beginning of its term, and no other text does, so an engine's prefix search is a search by beginnings.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.enums import Kind
from models.records import Body
from queries.search.forms import folded, forms_of, squeezed
from queries.search.texts import SEARCHED, Role, Said, digits_of, is_phone, numbers_of, texts_of

WORD, WHOLE, ACCOUNT = "w", "x", "a"
"""Tags: what may be typed in part; what must be typed whole; whose the record is."""
LONGEST = 24
"""Letters of a text in its term, those of a query likewise: engines split or drop longer ones."""
_PLAIN = "abcdefghijklmnopqrstuwxyz0123456789"
_ESCAPE = "v"  # the rarest letter of pinyin


class _Codes(dict[int, str]):
    """The code of each character; no code begins another one."""

    def __missing__(self, point: int) -> str:
        self[point] = code = f"{_ESCAPE}{point:06x}"
        return code


_CODES = _Codes({ord(letter): letter for letter in _PLAIN})


def coded(tag: str, text: str) -> str:
    """The term of a text: its tag, then each character, as itself or as "v" and six hexadecimal digits."""
    return tag + text[:LONGEST].translate(_CODES)


def terms_of(
    kind: Kind, account: str | None, body: Body, made: dict[Said, list[str]] | None = None
) -> str | None:
    """The terms of a record, a space between them; None for kinds that are not searched. O(letters²).

    `made` keeps the terms of each text, for those of a batch that say the same.
    """
    if kind not in SEARCHED:
        return None
    made = {} if made is None else made
    terms = [coded(ACCOUNT, account)] if account else []
    for said in texts_of(kind, body):
        if said not in made:
            made[said] = list(_terms(said))
        terms += made[said]
    return " ".join(dict.fromkeys(terms))


def _terms(said: Said) -> Iterator[str]:
    if said.role is Role.KEY:
        yield coded(WHOLE, squeezed(said.text))
    elif is_phone(said):
        for number in numbers_of(digits_of(said.text)):
            yield coded(WORD, number)
            yield coded(WHOLE, number)
    elif said.role is Role.ADDRESS:
        yield coded(WORD, folded(said.text).strip())
        yield coded(WHOLE, squeezed(said.text))
    else:
        forms = forms_of(said.text, said.person)
        for form in (*forms.written, *forms.spelled, *forms.initials, *forms.words):
            yield coded(WORD, form)
        if said.role is Role.NAME:
            for form in (*forms.written[:1], *forms.wholes):
                yield coded(WHOLE, form)
