"""Which texts of a record it is found by, and what each of them is to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from models.enums import ChannelKind, EdgeKind, Kind, NodeKind
from models.records import Body

NAMED = (
    NodeKind.ACCOUNT,
    NodeKind.DEPARTMENT,
    NodeKind.CONTACT,
    NodeKind.MEMBER,
    NodeKind.COMPETITOR,
    NodeKind.RIVAL,
    NodeKind.PRODUCT,
    NodeKind.OPPORTUNITY,
)
"""The kinds that are found, in the order of equally good ones."""
SEARCHED: tuple[Kind, ...] = (*NAMED, EdgeKind.WORKS_IN)
"""The kinds that have terms: those that are found, and jobs, by which their holders are found."""
PEOPLE = frozenset([NodeKind.CONTACT, NodeKind.MEMBER, NodeKind.RIVAL])
LAST_DIGITS = 11
"""Of a longer telephone number the end is a number too: the country's code may be left out."""


class Role(Enum):
    """What a text is to the record that holds it."""

    NAME = auto()
    WORK = auto()
    ADDRESS = auto()
    KEY = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a record: its field, what it is, and whether it is a Chinese person's name."""

    field: str
    text: str
    role: Role
    person: bool = False


def texts_of(kind: Kind, body: Body) -> Iterator[Said]:
    """The texts a record is found by, the name first. O(texts)."""
    if "name" in body:
        yield Said("name", body["name"], Role.NAME, kind in PEOPLE)
    if "latin_name" in body:
        yield Said("latin_name", body["latin_name"], Role.NAME)
    for alias in body.get("aliases", ()):
        yield Said("aliases", alias, Role.NAME)
    if "title" in body:
        yield Said("title", body["title"], Role.WORK)
    if "email" in body:
        yield Said("email", body["email"], Role.ADDRESS)
    for channel in body.get("channels", ()):
        yield Said(channel["kind"], channel["value"], Role.ADDRESS)
    for value in body.get("external_ids", {}).values():
        yield Said("external_ids", value, Role.KEY)


def is_phone(said: Said) -> bool:
    """Whether a text is a telephone number, of which only the digits count."""
    return said.field == ChannelKind.PHONE


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(letter for letter in text if letter.isdecimal())


def numbers_of(digits: str) -> tuple[str, ...]:
    """The numbers that digits may be dialled as: all of them, and without the code of a country."""
    return (digits, digits[-LAST_DIGITS:]) if len(digits) > LAST_DIGITS else (digits,) if digits else ()
