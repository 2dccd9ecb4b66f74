"""Names, numbers and addresses of people in one form each, whatever script or habit they were typed in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from models.enums import ChannelKind
from models.names import has_chinese, latin_name

_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau"])
_CHINESE_TITLE = re.compile("(先生|女士|小姐)$")
_NO_LETTER = re.compile(r"[\W_]+")
_PINYIN = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:[iu]ang|iong|iao|ian|ing|uai|uan|[aeo]ng|[aeo]i|[ui]e|ao|ou|iu|ui|[ei]r|[aeiu]n|i[aeo]|u[ao]|[aeiouv]))+"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name to compare by: its Chinese characters ("" if none), and in Latin letters without spaces.

    `spellings`: as written first, then with the last and with the first word moved to the other end, for
    people write their family name on either side. `words` are those of the first.
    """

    characters: str
    spellings: tuple[str, ...]
    words: frozenset[str]

    @property
    def spelling(self) -> str:
        """The Latin letters as written."""
        return self.spellings[0]


def _plain(text: str) -> str:
    """NFKC without case, accents or space at the ends: full-width twins and NFD come out as one."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def person_name(name: str, latin: str | None = None) -> PersonName:
    """The forms of a name; `latin` is its Latin form where there is one of its own. O(length)."""
    plain = _plain(name)
    characters = "".join(letter for letter in plain if has_chinese(letter))
    characters = _CHINESE_TITLE.sub("", characters) or characters
    spelt = plain if not characters else _plain(latin or latin_name(characters) or "")
    words = [word for word in _NO_LETTER.split(spelt) if word]
    words = [word for word in words if word not in _TITLES] or words
    turned = ["".join(row) for row in (words, [*words[-1:], *words[:-1]], [*words[1:], *words[:1]])]
    return PersonName(characters, tuple(dict.fromkeys(turned)), frozenset(words))


def is_pinyin(spelling: str) -> bool:
    """Whether letters can be read as syllables of pinyin from end to end."""
    return _PINYIN.fullmatch(spelling) is not None


def channel_value(kind: str, value: str, digits: int) -> str | None:
    """An address or number to compare by; None if it is none. Of a phone, its last `digits` digits."""
    plain = _plain(value)
    match kind:
        case ChannelKind.EMAIL:
            return plain if "@" in plain else None
        case ChannelKind.PHONE:
            number = "".join(letter for letter in plain if letter.isdigit())
            return number[-digits:] if len(number) >= digits - 1 else None
        case ChannelKind.WECHAT:
            return plain or None
        case _:
            return None


def unit_name(name: str) -> str:
    """A department's name to compare by."""
    return _NO_LETTER.sub("", _plain(name))
