"""What a score is made of: the people it comes from, the ties that carry it, the categories it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.enums import Category
from models.findings.base import Evidence
from models.findings.influence import CategoryShare, Source
from models.graph import AccountGraph
from queries.influence.ties import Ints, Ties
from queries.numbers import significant
from queries.people import Bools, Floats, People

__all__ = ["SHOWN", "Breakdown", "by_category", "largest"]

SHOWN = 3
"""How many people and ties are named."""
_DIGITS = 9

Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The three people and the three ties each contact's points come from most, the largest first.

    Lists, since they are read item by item: those of contact i begin at `people_from[i]`, `entries_from[i]`.
    `informal` is the place of each contact's best informal tie, −1 without one. Where ties carry no points
    (`carries`), the three are those that weigh most, and nobody is a source.
    """

    ties: Ties
    ids: Sequence[str]
    people: list[tuple[int, float]]
    people_from: list[int]
    entries: list[tuple[int, float]]
    entries_from: list[int]
    informal: list[tuple[int, float]]
    carries: bool

    @classmethod
    def of(cls, ties: Ties, ids: Sequence[str], points: Floats | None) -> Breakdown:
        """The breakdown of `points`, one number per entry of `ties`. O(ties log ties)."""
        carries = points is not None
        points = ties.weight if points is None else points
        pair = ties.heard.astype(np.int64) * ties.people + ties.listener
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        joint = np.add.reduceat(points, first) if len(first) else np.zeros(0)
        pairs, people_from = largest(ties.heard[first], joint, ties.people, SHOWN)
        entries, entries_from = largest(ties.heard, points, ties.people, SHOWN)
        informal = np.flatnonzero(~ties.formal & (points > 0))
        best, best_from = largest(ties.heard[informal], points[informal], ties.people, 1)
        place = np.full(ties.people, -1)
        place[np.diff(best_from) > 0] = informal[best]
        worth = np.where(place >= 0, points[place] if len(points) else 0.0, 0.0)
        return cls(
            ties=ties,
            ids=ids,
            people=_pairs(ties.listener[first][pairs], joint[pairs]),
            people_from=people_from.tolist(),
            entries=_pairs(entries, points[entries]),
            entries_from=entries_from.tolist(),
            informal=_pairs(place, worth),
            carries=carries,
        )

    def sources(self, contact: int) -> list[Source]:
        """The three who pass most on to a contact, with their points; ties between the same two add up."""
        rows = self.people[self.people_from[contact] : self.people_from[contact + 1]] if self.carries else []
        return [
            Source(contact_id=self.ids[row], points=significant(points)) for row, points in rows if points > 0
        ]

    def evidence(self, contact: int, *, informal_first: bool = False) -> list[Evidence]:
        """The three ties that carry most points; `informal_first` puts the best informal one in front."""
        rows = self.entries[self.entries_from[contact] : self.entries_from[contact + 1]]
        if informal_first:
            best = self.informal[contact]
            rows = [best, *(row for row in rows if row != best)][:SHOWN]
        return [self._evidence(entry, points) for entry, points in rows if points > 0]

    def informally(self) -> Bools:
        """Who gets points by an informal tie."""
        return np.array([entry >= 0 for entry, _ in self.informal], dtype=bool)

    def _evidence(self, entry: int, points: float) -> Evidence:
        kind, id_ = self.ties.edge(entry)
        return Evidence(kind=kind, id=id_, points=significant(points) if self.carries else None)


def largest(person: Ints, value: Floats, people: int, most: int) -> tuple[Places, Places]:
    """Places of the `most` largest values of each person (equal ones as they come), and where his begin."""
    order = np.lexsort((-np.round(value, _DIGITS), person))
    count = np.bincount(person, minlength=people)
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    begin = np.concatenate(([0], np.cumsum(np.minimum(count, most))))
    return order[place < most], begin


def _pairs(places: np.ndarray[Any, Any], values: Floats) -> list[tuple[int, float]]:
    return list(zip(places.tolist(), values.tolist(), strict=True))


def by_category(
    graph: AccountGraph, who: People, weights: Floats | None, share: Floats, score: Floats, ranked: Places
) -> list[CategoryShare]:
    """The six categories: their people, their part of the step, the points they hold, whom to see first.

    `weights` are the step's; without a step a category's share is what its people hold of the ranking.
    Who shares in two categories is counted in both and gives each his share and points in proportion.
    """
    counted = who.shares * who.counts[:, None]
    total = counted.sum(axis=1, keepdims=True)
    part = np.divide(counted, total, out=np.zeros_like(counted), where=total > 0)
    held = (part * share[:, None]).sum(axis=0) if weights is None else weights
    points = (part * score[:, None]).sum(axis=0)
    rows = []
    for column, category in enumerate(Category):
        people = ranked[counted[ranked, column] > 0]
        rows.append(
            CategoryShare(
                category=category,
                people=len(people),
                share=significant(float(held[column])),
                points=significant(float(points[column])),
                start_with=graph.contacts.ids[people[0]] if len(people) else None,
            )
        )
    return rows
