"""The two shapes of a closed vocabulary: words stored as text, degrees stored as small integers."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class Term(StrEnum):
    """A closed vocabulary whose members are stored as text."""

    en: str
    zh: str

    def __new__(cls, value: str, en: str, zh: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.en = en
        member.zh = zh
        return member


class Degree(IntEnum):
    """A closed vocabulary whose members are stored as small integers and have an order."""

    en: str
    zh: str

    def __new__(cls, value: int, en: str, zh: str) -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.en = en
        member.zh = zh
        return member
