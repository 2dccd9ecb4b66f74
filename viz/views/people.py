"""What every view says of a person, in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.columns import NO_DAY, NOT_SET, code_of, day_number
from models.enums import Attitude, BuyingRole, Category, ContactStatus, EdgeKind, Level, NodeKind, Voice
from models.findings.influence import Influencer, Ranking
from models.findings.strength import Strengths
from models.graph import AccountGraph, NodeTable
from queries.influence.ranking import Standings
from queries.numbers import significant
from queries.people import People, people
from queries.strength.table import StrengthTable
from viz.labels import ROLES_BY_WEIGHT, in_language, initials, label, names, role_word, search_terms
from viz.theme import KEY_PLACES

STALE_DAYS = 90
Fields = dict[str, Any]
_LEVELS, _CATEGORIES = tuple(Level), tuple(Category)
_ATTITUDES = {int(value): value for value in Attitude}
_VOICES = {int(value): value for value in Voice}
_ROLES = {str(role): role for role in BuyingRole}


@dataclass(frozen=True, slots=True)
class Roster:
    """The contacts of an account as views show them: all of them, or those asked for.

    `fields` has a row for each, in the order of the contacts: id, name, other_name, search, job, department
    (id), department_name, level, level_label, category, category_label, attitude (−2…2 or None),
    attitude_label, voice, voice_label, met, roles, role_label, strength (points or None), owner (short),
    owner_id, owner_name, rank, score, share, key_player, badge, hidden, stale, placeholder, left,
    restricted, keys.
    `ours` is every tie of ours to them, strongest first: (member id, contact id, points or None).
    """

    fields: tuple[Fields, ...]
    position: Mapping[str, int]
    people: People
    ours: tuple[tuple[str, str, float | None], ...]

    def of(self, contact_id: str) -> Fields:
        """The fields of a contact by id."""
        return self.fields[self.position[contact_id]]


def roster(
    graph: AccountGraph,
    *,
    on: date,
    ranking: Ranking | Standings | None,
    strengths: Strengths | StrengthTable | None,
    lang: str,
    opportunity_id: str | None,
    only: Iterable[int] | None = None,
) -> Roster:
    """The people of `graph` (the whole account graph) on a day, or those at the positions `only`.

    O(people + ties); what is said of a person is made for those asked for.
    """
    held = graph.on(on)
    table, found = graph.contacts, people(held, opportunity_id)
    ours = _ties_of_ours(held, strengths)
    best: dict[str, tuple[str, float | None]] = {}
    for member, contact, points in ours:
        best.setdefault(contact, (member, points))
    standing = _standings(ranking, table)
    seats = _past_seats(graph, on)
    maker = _Maker(graph, found, seats, lang, day_number(on))
    fields = []
    places = range(len(table)) if only is None else sorted(set(only))
    for place in places:
        row = {**maker.who(place), **maker.seat(place), **maker.part(place)}
        row |= maker.tie(best.get(table.ids[place])) | standing(place)
        if row["restricted"]:
            row |= _UNPROFILED
        fields.append({**row, "keys": _keys(row)})
    position = table.position if only is None else {row["id"]: at for at, row in enumerate(fields)}
    return Roster(tuple(fields), position, found, ours)


_UNPROFILED: Fields = {
    "attitude": None, "attitude_label": None, "voice": None, "voice_label": None, "roles": [],
    "role_label": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Maker:
    graph: AccountGraph
    found: People
    past: Mapping[int, tuple[int, str | None]]
    lang: str
    today: int

    def who(self, place: int) -> Fields:
        """Name, state of the record."""
        table = self.graph.contacts
        given, latin = table.texts("name")[place], table.texts("latin_name")[place]
        name, other = names(given, latin, self.lang)
        confirmed = int(table.array("confirmed_on")[place])
        return {
            "id": table.ids[place],
            "name": name,
            "other_name": other,
            "search": search_terms(given, latin),
            "stale": confirmed != NO_DAY and self.today - confirmed > STALE_DAYS,
            "placeholder": bool(table.array("placeholder")[place] == 1),
            "left": bool(table.array("status")[place] == code_of(ContactStatus.LEFT)),
            "restricted": bool(table.array("restricted")[place] == 1),
        }

    def seat(self, place: int) -> Fields:
        """Job, department, level; of people who left the last ones known."""
        unit, job = int(self.found.department[place]), self.found.title(place)
        if unit < 0 and place in self.past:
            unit, job = self.past[place]
        units = self.graph.nodes[NodeKind.DEPARTMENT]
        level = int(self.found.level[place])
        category = self.found.category(place)
        return {
            "job": in_language(job, self.lang) if job else None,
            "department": units.ids[unit] if unit >= 0 else None,
            "department_name": in_language(units.texts("name")[unit], self.lang) if unit >= 0 else None,
            "level": str(_LEVELS[level]) if level != NOT_SET else None,
            "level_label": label(_LEVELS[level], self.lang) if level != NOT_SET else None,
            "category": str(category) if category else None,
            "category_label": label(category, self.lang) if category else None,
        }

    def part(self, place: int) -> Fields:
        """The part in the purchase: attitude, voice and roles, weightiest first."""
        attitude, voice = self.found.attitude[place], self.found.voice[place]
        played = self.found.roles[place]
        roles = [role for role in ROLES_BY_WEIGHT if role in played]
        return {
            "attitude": None if np.isnan(attitude) else int(attitude),
            "attitude_label": None if np.isnan(attitude) else label(_ATTITUDES[int(attitude)], self.lang),
            "voice": None if np.isnan(voice) else int(voice),
            "voice_label": None if np.isnan(voice) else label(_VOICES[int(voice)], self.lang),
            "roles": [str(role) for role in roles],
            "role_label": role_word(roles[0], self.lang) if roles else None,
        }

    def tie(self, best: tuple[str, float | None] | None) -> Fields:
        """Our strongest tie to the person and whose it is."""
        if best is None:
            return {"met": False, "strength": None, "owner": None, "owner_id": None, "owner_name": None}
        member, points = best
        owner = owner_names(self.graph.nodes[NodeKind.MEMBER], member, self.lang)
        return {"met": True, "strength": points, "owner_id": member, **owner}


def owner_names(members: NodeTable, member: str, lang: str) -> Fields:
    """A member of ours as cards name one: a short Chinese name in Chinese, else initials."""
    place = members.position[member]
    given, latin = members.texts("name")[place], members.texts("latin_name")[place]
    name, _ = names(given, latin, lang)
    short = name if lang == "zh" and len(name) <= 3 else initials(given, latin)
    return {"owner": short, "owner_name": name}


def _standings(ranking: Ranking | Standings | None, table: NodeTable) -> Callable[[int], Fields]:
    """What a person's place in the ranking adds, by position."""
    if isinstance(ranking, Standings):
        return lambda place: _place(ranking, place)
    ranked = {item.contact_id: item for item in ranking.items} if ranking else {}
    return lambda place: _standing(ranked.get(table.ids[place]))


def _place(held: Standings, place: int) -> Fields:
    rank = int(held.rank[place])
    if not rank:
        return _standing(None)
    return {
        "rank": rank,
        "score": significant(float(held.score[place])),
        "share": significant(float(held.share[place])),
        "key_player": bool(held.key_player[place]),
        "hidden": bool(held.hidden[place]),
        "badge": rank <= KEY_PLACES,
    }


def _standing(item: Influencer | None) -> Fields:
    if item is None:
        return {
            "rank": None,
            "score": None,
            "share": None,
            "key_player": False,
            "hidden": False,
            "badge": False,
        }
    return {
        "rank": item.rank,
        "score": item.score,
        "share": item.share,
        "key_player": item.key_player,
        "hidden": item.hidden,
        "badge": item.rank <= KEY_PLACES,
    }


def _keys(row: Fields) -> list[str]:
    """The legend rows a person counts under."""
    attitude = row["attitude"]
    keys = [f"attitude:{'unknown' if attitude is None else attitude}"]
    keys += [f"role:{role}" for role in row["roles"]]
    marks = {
        "key": row["badge"],
        "hidden": row["hidden"],
        "not_met": not row["met"],
        "stale": row["stale"],
        "placeholder": row["placeholder"],
        "left": row["left"],
    }
    return keys + [f"mark:{mark}" for mark, there in marks.items() if there]


def _ties_of_ours(
    held: AccountGraph, strengths: Strengths | StrengthTable | None
) -> tuple[tuple[str, str, float | None], ...]:
    """Ties with a strength, and `knows` ties that have none yet; strongest first, then by ids."""
    found: dict[tuple[str, str], float | None] = {}
    knows = held.edges[EdgeKind.KNOWS]
    members, contacts = held.nodes[NodeKind.MEMBER].ids, held.contacts.ids
    for source, target in zip(knows.source.tolist(), knows.target.tolist(), strict=True):
        found[members[source], contacts[target]] = None
    for member, contact, points in _strengths(strengths, members, contacts):
        found[member, contact] = points
    rows = [(member, contact, points) for (member, contact), points in found.items()]
    return tuple(sorted(rows, key=lambda row: (-(row[2] or 0.0), row[1], row[0])))


def _strengths(
    found: Strengths | StrengthTable | None, members: Sequence[str], contacts: Sequence[str]
) -> Iterator[tuple[str, str, float]]:
    if isinstance(found, StrengthTable):
        rows = zip(found.member.tolist(), found.contact.tolist(), found.strength.tolist(), strict=True)
        for member, contact, points in rows:
            yield members[member], contacts[contact], significant(points)
    elif found is not None:
        for item in found.items:
            yield item.member_id, item.contact_id, item.strength


def _past_seats(graph: AccountGraph, on: date) -> dict[int, tuple[int, str | None]]:
    """The last job of people who have none on the day: department and title, by contact."""
    jobs, today = graph.edges[EdgeKind.WORKS_IN], day_number(on)
    until = jobs.array("until")
    last: dict[int, tuple[int, int]] = {}
    for row in np.flatnonzero((until != NO_DAY) & (until <= today)).tolist():
        contact = int(jobs.source[row])
        if contact not in last or last[contact][0] < until[row]:
            last[contact] = (int(until[row]), row)
    titles = jobs.texts("title")
    return {contact: (int(jobs.target[row]), titles[row]) for contact, (_, row) in last.items()}


def roles_labelled(row: Fields, lang: str) -> str | None:
    """All roles of a person in words."""
    words = [label(_ROLES[role], lang) for role in row["roles"]]
    return ("、" if lang == "zh" else ", ").join(words) or None
