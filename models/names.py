"""Names of people across scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "端木",
        "司徒",
        "南宫",
        "宇文",
    ]
)
_READ_OTHERWISE = {
    "单": "Shan",
    "仇": "Qiu",
    "曾": "Zeng",
    "解": "Xie",
    "任": "Ren",
    "查": "Zha",
    "区": "Ou",
    "翟": "Zhai",
    "盖": "Ge",
    "覃": "Qin",
    "尉迟": "Yu chi",
    "长孙": "Zhang sun",
}
"""Surnames whose characters are read otherwise elsewhere, a space between the syllables."""
SHORTEST_WORD = 2
"""Letters of a word by which somebody can be told."""


def has_chinese(text: str) -> bool:
    """Whether `text` holds a Chinese character (CJK unified ideographs)."""
    return any("㐀" <= letter <= "鿿" for letter in text)


def latin_name(name: str) -> str | None:
    """Pinyin of a Chinese personal name, surname first ("Wang Jianguo"); None if `name` is not Chinese.

    Surnames with a reading of their own (单 Shan, 仇 Qiu) are read as surnames. O(length).
    """
    if not has_chinese(name):
        return None
    family, given = _family_and_given(name)
    parts = ("".join(syllables(family, person=True)), "".join(syllables(given)))
    return " ".join(part[:1].upper() + part[1:] for part in parts if part)


def syllables(text: str, person: bool = False) -> list[str]:
    """Pinyin of each Chinese character of `text`; anything else stays as it is, in one piece.

    Of a person's name the surname is read as a surname. O(length).
    """
    from pypinyin import lazy_pinyin  # slow to import; most runs never need it

    if person:
        family, given = _family_and_given(text)
        if family in _READ_OTHERWISE:
            return [*_READ_OTHERWISE[family].lower().split(), *syllables(given)]
    found: list[str] = lazy_pinyin(text)
    return found


def surname(name: str) -> str | None:
    """The surname of a Chinese personal name in pinyin ("ouyang"); None if `name` begins otherwise."""
    return "".join(syllables(_family_and_given(name)[0], person=True)) if has_chinese(name[:1]) else None


def reads_otherwise(name: str) -> bool:
    """Whether the surname of a Chinese personal name has a reading of its own."""
    return _family_and_given(name)[0] in _READ_OTHERWISE


def _family_and_given(name: str) -> tuple[str, str]:
    double = name[:2] in _COMPOUND_SURNAMES or name[:2] in _READ_OTHERWISE
    return (name[:2], name[2:]) if double else (name[:1], name[1:])


def naming(words: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text holds one of these words: Chinese anywhere, Latin letters and digits as whole words.

    >>> says = naming(["Li", "王芳"])
    >>> says("delivery"), says("ask li!"), says("与王芳谈")
    (False, True, True)
    """
    longest = sorted(words, key=len, reverse=True)
    if not longest:
        return lambda text: False
    parts = [rf"(?<!\w){re.escape(w)}(?!\w)" if w.isascii() else re.escape(w) for w in longest]
    pattern = re.compile("|".join(parts), re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


def naming_file(words: Iterable[str]) -> Callable[[str], bool]:
    """The same of names of files, where "_", "-" and "." stand for blanks.

    >>> says = naming_file(["Li Wei", "wang.fang@example.org"])
    >>> says("visits_li-wei.csv"), says("Wang_Fang@example.org.xlsx"), says("publicity.csv")
    (True, True, False)
    """
    spaced = dict.fromkeys(_as_blanks(word) for word in words)
    says = naming(word for word in spaced if len(word) >= SHORTEST_WORD)
    return lambda name: says(_as_blanks(name))


def _as_blanks(text: str) -> str:
    return " ".join(re.sub(r"[_.\-]", " ", text).split())
