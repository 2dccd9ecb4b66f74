"""Rules that read dossiers: who is soon where one of ours is, who shares a past with one of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from models.columns import NO_DAY
from models.enums import NodeKind
from models.fields import Label
from models.records import Body
from queries.advice.alerts import Alert
from queries.advice.case import Case
from queries.advice.next_steps import later
from queries.advice.words.private import PrivateRule as Rule

__all__ = ["private_alerts", "share_a_word"]

_ALIKE = (
    (("hometown",), "hometown", Label("the home town", "是同乡")),
    (("university",), "university", Label("the university", "是校友")),
    (("former_employers",), "former_employers", Label("a former employer", "曾在同一单位工作")),
    (("hobbies", "sports"), "hobbies", Label("a hobby", "有共同爱好")),
)
"""Fields of a dossier, the field of our people they are compared with, and how it is called."""
_SHORTEST = {True: 2, False: 4}
"""Fewest letters of a name that says something, Chinese or not."""


def private_alerts(case: Case, dossiers: Sequence[Body]) -> Iterator[Alert]:
    """What dossiers tell, as far as their items are still kept on the day. O(dossiers · members).

    Who has left, or is under restriction, is left out.
    """
    held = _held(case, dossiers)
    yield from _same_city(case, held)
    yield from _shared_past(case, held)


def share_a_word(one: str, other: str) -> str | None:
    """The name that two short texts both hold: a piece of one that lies whole inside a piece of the other.

    Pieces end at punctuation and where the script changes; letters compare without case, by whole words.
    O(length²).
    """
    for piece in _pieces(one):
        for other_piece in _pieces(other):
            short, long = sorted((piece, other_piece), key=len)
            chinese = not short.isascii()
            if len(short) >= _SHORTEST[chinese] and (
                short in long if chinese else f" {short} " in f" {long} "
            ):
                return short
    return None


def _pieces(text: str) -> list[str]:
    runs = re.findall(r"[㐀-鿿]+|[^\W㐀-鿿_]+(?:[ '\-&][^\W㐀-鿿_]+)*", text.casefold())
    return [run.strip() for run in runs]


def _held(case: Case, dossiers: Sequence[Body]) -> list[tuple[int, Body]]:
    """Dossiers of contacts that count, by contact."""
    position, counts = case.graph.contacts.position, case.who.counts
    found = [(position[body["contact_id"]], body) for body in dossiers if body["contact_id"] in position]
    return sorted(((contact, body) for contact, body in found if counts[contact]), key=lambda row: row[0])


def _kept(case: Case, items: Iterable[Mapping[str, Any] | None]) -> list[Mapping[str, Any]]:
    """The items that are there and not past the day until which they are kept."""
    return [item for item in items if item and item["expires_on"] >= case.on.isoformat()]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """That one of ours (a position) is where a contact is, from a day to another."""

    member: int
    city: str
    first: date
    last: date


def _same_city(case: Case, held: list[tuple[int, Body]]) -> Iterator[Alert]:
    """Who signs or sits at the decision level; without purchases, the decision level."""
    who = case.who
    decides = (case.signs | who.decision()) & (who.in_centre | (not case.open_deals))
    for contact, body in held:
        if not decides[contact]:
            continue
        for trip in sorted(_kept(case, body.get("itinerary", ())), key=lambda trip: trip["since"]):
            meetings = list(_meetings(case, trip))
            if not meetings:
                continue
            best = max(meetings, key=lambda met: (_tie(case, met.member, contact), -met.member))
            yield _met(case, contact, body, best)


def _met(case: Case, contact: int, body: Body, met: _Meeting) -> Alert:
    members = case.graph.nodes[NodeKind.MEMBER]
    one_day = met.first == met.last
    when = Label(
        met.first.isoformat() if one_day else f"{met.first} to {met.last}",
        met.first.isoformat() if one_day else f"{met.first} 至 {met.last}",
    )
    params = {
        "contact": case.name(contact),
        "member": case.member_name(met.member),
        "city": met.city,
        "when": when,
    }
    return Alert(
        Rule.SAME_CITY,
        params,
        (case.key(contact), (NodeKind.MEMBER, members.ids[met.member]), (NodeKind.DOSSIER, body["id"])),
        contact_id=case.graph.contacts.ids[contact],
        member_id=members.ids[met.member],
        due=met.first,
        subject=(case.graph.contacts.ids[contact], met.first.isoformat()),
    )


def _meetings(case: Case, trip: Mapping[str, Any]) -> Iterator[_Meeting]:
    """For each of the team the days, of the next few, on which both are in the city of the trip."""
    first = max(date.fromisoformat(trip["since"]), case.on)
    last = min(date.fromisoformat(trip["until"]), later(case.on, case.table.city_days))
    asked = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    for member in case.team:
        there = [day for day in asked if _is_in(case, member, trip["city"], day)]
        if there:
            yield _Meeting(member, trip["city"], there[0], there[-1])


def _is_in(case: Case, member: int, city: str, day: date) -> bool:
    """Whether one of ours is in a city on a day: on a trip there, or at home and on no trip."""
    members = case.graph.nodes[NodeKind.MEMBER]
    trips = members.texts("itinerary")[member] or ()
    away = [trip["city"] for trip in trips if trip["since"] <= day.isoformat() <= trip["until"]]
    places = away or [members.texts("city")[member]]
    return any(place is not None and share_a_word(place, city) is not None for place in places)


def _tie(case: Case, member: int, contact: int) -> float:
    rows = np.flatnonzero((case.ties.member == member) & (case.ties.contact == contact))
    return float(case.ties.strength[rows[0]]) if len(rows) else 0.0


def _shared_past(case: Case, held: list[tuple[int, Body]]) -> Iterator[Alert]:
    """Contacts nobody of ours knows, and the first of ours who shares something with them."""
    unknown = (case.strength < case.table.known_points) & (case.last_contact == NO_DAY)
    members = case.graph.nodes[NodeKind.MEMBER]
    chosen = [row for row in held if unknown[row[0]]]
    for contact, body in sorted(chosen, key=lambda row: (-case.influence[row[0]], row[0])):
        for member in case.team:
            shared = list(_shared(case, body, member))
            if shared:
                what, which = shared[0]
                yield Alert(
                    Rule.SHARED_PAST,
                    {
                        "contact": case.name(contact),
                        "member": case.member_name(member),
                        "what": what,
                        "which": which,
                    },
                    (
                        case.key(contact),
                        (NodeKind.MEMBER, members.ids[member]),
                        (NodeKind.DOSSIER, body["id"]),
                    ),
                    contact_id=case.graph.contacts.ids[contact],
                    member_id=members.ids[member],
                    subject=(case.graph.contacts.ids[contact],),
                )
                break


def _shared(case: Case, body: Body, member: int) -> Iterator[tuple[Label, str]]:
    """What a contact and one of ours have in common, as our own people write it."""
    members = case.graph.nodes[NodeKind.MEMBER]
    for theirs, ours, what in _ALIKE:
        own = members.texts(ours)[member]
        kept = _kept(case, (item for name in theirs for item in _listed(body.get(name))))
        for mine in _listed(own):
            if any(share_a_word(mine, item["text"]) for item in kept):
                yield what, mine


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
