"""What a score is made of: the people it comes from, the ties that carry it, the categories it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.enums import Category
from models.findings import CategoryShare, Evidence, Source
from models.graph import AccountGraph
from queries.numbers import significant
from queries.people import Bools, Floats, People
from queries.ties import Ties

__all__ = ["Breakdown", "by_category"]

SOURCES = 3
EVIDENCE = 5
_DIGITS = 9

Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Points per tie, with the places of the largest ones of each contact: `by_person` and `by_tie`.

    Both run from `start[i]` to `stop[i]` of contact i. Made once for all contacts in O(ties log ties).
    """

    ties: Ties
    ids: Sequence[str]
    points: Floats
    pair_points: Floats
    pair_listener: Places
    by_person: tuple[Places, Places]
    by_tie: tuple[Places, Places]

    @classmethod
    def of(cls, ties: Ties, ids: Sequence[str], points: Floats) -> Breakdown:
        """The breakdown of `points`, one number per entry of `ties`."""
        pair = ties.heard.astype(np.int64) * ties.people + ties.listener
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        joint = np.add.reduceat(points, first) if len(first) else np.zeros(0)
        return cls(
            ties=ties,
            ids=ids,
            points=points,
            pair_points=joint,
            pair_listener=ties.listener[first].astype(np.int64),
            by_person=_largest(ties.heard[first], joint, ties.people),
            by_tie=_largest(ties.heard, points, ties.people),
        )

    def sources(self, contact: int) -> list[Source]:
        """The three who pass most on to a contact, with their points; ties between the same two add up."""
        order, start = self.by_person
        pairs = order[start[contact] : min(start[contact] + SOURCES, start[contact + 1])].tolist()
        return [
            Source(contact_id=self.ids[self.pair_listener[pair]], points=significant(self.pair_points[pair]))
            for pair in pairs
            if self.pair_points[pair] > 0
        ]

    def evidence(self, contact: int, *, informal_first: bool = False) -> list[Evidence]:
        """The five ties that carry most points; `informal_first` puts the best informal one in front."""
        order, start = self.by_tie
        entries = order[start[contact] : start[contact + 1]].tolist()
        if informal_first:
            best = next(entry for entry in entries if not self.ties.formal[entry])
            entries = [best, *(entry for entry in entries[:EVIDENCE] if entry != best)]
        return [self._evidence(entry) for entry in entries[:EVIDENCE]]

    def informally(self) -> Bools:
        """Who gets points by an informal tie."""
        carries = (self.points > 0) & ~self.ties.formal
        return np.bincount(self.ties.heard[carries], minlength=self.ties.people) > 0

    def _evidence(self, entry: int) -> Evidence:
        kind, id_ = self.ties.edge(entry)
        return Evidence(kind=str(kind), id=id_, points=significant(self.points[entry]))


def _largest(person: np.ndarray[Any, Any], value: Floats, people: int) -> tuple[Places, Places]:
    """Places of `value` by person, the largest first (equal ones as they come), and where each begins."""
    order = np.lexsort((-np.round(value, _DIGITS), person))
    start = np.concatenate(([0], np.cumsum(np.bincount(person, minlength=people))))
    return order, start


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
