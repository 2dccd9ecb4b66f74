"""What is said of a group of people: how many, whom we know, what they think of us, who counts among them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from models.enums import Attitude, EdgeKind, Function, NodeKind
from models.graph import AccountGraph
from queries.influence.ranking import Standings
from queries.numbers import significant
from queries.people import People, people
from queries.strength.table import StrengthTable
from viz.labels import in_language, label, names
from viz.texts import texts
from viz.views.big.grouping import Group
from viz.views.map_sides import without_fields

NAMED = 3
"""So many people of a group are named."""
Row = dict[str, Any]
_ATTITUDES = tuple(int(value) for value in Attitude)
_FUNCTIONS = tuple(Function)


@dataclass(frozen=True)
class Facts:
    """Counts over groups of a graph as it stands on a day (`held`), in a language."""

    held: AccountGraph
    standings: Standings
    strengths: StrengthTable
    lang: str
    opportunity_id: str | None

    @cached_property
    def _people(self) -> People:
        return people(self.held, self.opportunity_id)

    def roles(self, id_: str) -> Collection[str]:
        """The buying roles of a contact."""
        return self._people.roles[self.held.contacts.position[id_]]

    @cached_property
    def attitude(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """What everybody thinks of us, NaN where it is unknown or not to be told."""
        restricted = self.held.contacts.array("restricted") == 1
        return np.where(restricted, np.nan, self._people.attitude)

    @cached_property
    def _strength(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The points of our strongest tie to each; NaN where not met, 0 where nothing speaks for it."""
        best = np.full(len(self.held.contacts), np.nan)
        best[self.held.edges[EdgeKind.KNOWS].target] = 0.0
        best[self.strengths.contact] = np.fmax(best[self.strengths.contact], 0.0)
        np.maximum.at(best, self.strengths.contact, self.strengths.strength)
        return best

    def row(self, group: Group) -> Row:
        """A group as views show it, with every field a person has: those that it has not are empty."""
        _ = texts(self.lang)
        members = group.members
        met = self._strength[members]
        known = int((~np.isnan(met)).sum())
        size, mean = len(members), significant(float(np.nanmean(met))) if known else None
        attitudes = self._attitudes(members)
        return {
            **without_fields(),
            "id": group.key,
            "kind": "group",
            "name": self.name(group),
            "job": _("{count} met by us", count=known) if known else _("nobody met yet"),
            "met": known > 0,
            "strength": mean,
            "people": size,
            "people_met": known,
            "attitudes": attitudes,
            "key_people": self._first(members),
            "key_count": int(self.standings.key_player[members].sum()),
            "keys": ["kind:group"],
            "counted": {f"attitude:{key}": count for key, count in attitudes.items() if count},
        }

    def _attitudes(self, members: np.ndarray[Any, Any]) -> dict[str, int]:
        said = self.attitude[members]
        counts = {str(value): int((said == value).sum()) for value in sorted(_ATTITUDES, reverse=True)}
        return {**counts, "unknown": int(np.isnan(said).sum())}

    def _first(self, members: np.ndarray[Any, Any]) -> list[Row]:
        """The most influential people of a group."""
        rank = self.standings.rank[members]
        ranked = members[rank > 0]
        best = ranked[np.argsort(self.standings.rank[ranked], kind="stable")][:NAMED]
        return [self.brief(int(place)) for place in best]

    def brief(self, place: int) -> Row:
        """Somebody by name and place in the ranking."""
        return {
            "id": self.held.contacts.ids[place],
            "name": self.person(place),
            "rank": int(self.standings.rank[place]) or None,
        }

    def person(self, place: int) -> str:
        """The name of the contact at a position."""
        table = self.held.contacts
        return names(table.texts("name")[place], table.texts("latin_name")[place], self.lang)[0]

    def name(self, group: Group) -> str:
        """What a group is called."""
        _ = texts(self.lang)
        match group.kind:
            case "department":
                return self._unit(group.of)
            case "own":
                return _("{unit} itself", unit=self._unit(group.of))
            case "function":
                return label(_FUNCTIONS[group.of], self.lang) if group.of >= 0 else _("Function unknown")
            case "team":
                return _("Team of {name}", name=self.person(group.of))
            case "community":
                return _("Around {name}", name=self.person(group.of))
            case "part":
                first, last = self._ends(group)
                return _("{first} to {last}", first=first, last=last)
            case "rest":
                return _("{count} more groups", count=group.of)
            case "left":
                return _("Has left")
            case _:
                return _("Unplaced")

    def _unit(self, place: int) -> str:
        return in_language(self.held.nodes[NodeKind.DEPARTMENT].texts("name")[place], self.lang)

    def _ends(self, group: Group) -> tuple[str, str]:
        """The names of the first and the last of a stretch."""
        first = last = group
        while first.inside and first.kind == "part":
            first = first.inside[0]
        while last.inside and last.kind == "part":
            last = last.inside[-1]
        return self._end(first, 0), self._end(last, -1)

    def _end(self, group: Group, at: int) -> str:
        return self.person(group.own[at]) if group.kind == "part" else self.name(group)

    def influence(self, group: Group) -> float:
        """What part of all influence the people of a group have together."""
        return float(self.standings.share[group.members].sum())

    def summary(self, everybody: Group, count: int) -> Row:
        """What the page says beside the map: positions of the most influential, of those against us and of
        those not met, and what part of each group we have met."""
        rank, here = self.standings.rank, np.flatnonzero(self.standings.rank > 0)
        ordered = here[np.argsort(rank[here], kind="stable")]
        return {
            "top": ordered[:count].tolist(),
            "against": ordered[self.attitude[ordered] < 0][:count].tolist(),
            "not_met": ordered[np.isnan(self._strength[ordered])][:count].tolist(),
            "hidden": ordered[self.standings.hidden[ordered]][:count].tolist(),
            "coverage": [
                {
                    "department": group.key,
                    "label": self.name(group),
                    "met": int((~np.isnan(self._strength[group.members])).sum()),
                    "people": len(group.members),
                }
                for group in everybody.inside
                if group.kind != "left"
            ],
        }
