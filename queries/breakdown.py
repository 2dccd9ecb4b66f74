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
from queries.ties import Ints, Ties

__all__ = ["Breakdown", "by_category"]

SHOWN = 3
_DIGITS = 9

Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The people and the ties each contact's points come from, the largest first.

    Lists, since they are read item by item: `pairs`, `entries` hold places of pairs and ties by contact,
    those of contact i from `pairs_from[i]`, `entries_from[i]` on.
    """

    ties: Ties
    ids: Sequence[str]
    points: list[float]
    entries: list[int]
    entries_from: list[int]
    pair_points: list[float]
    pair_listener: list[int]
    pairs: list[int]
    pairs_from: list[int]

    @classmethod
    def of(cls, ties: Ties, ids: Sequence[str], points: Floats) -> Breakdown:
        """The breakdown of `points`, one number per entry of `ties`. O(ties log ties)."""
        pair = ties.heard.astype(np.int64) * ties.people + ties.listener
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        joint = np.add.reduceat(points, first) if len(first) else np.zeros(0)
        entries, entries_from = _largest(ties.heard, points, ties.people)
        pairs, pairs_from = _largest(ties.heard[first], joint, ties.people)
        return cls(
            ties=ties,
            ids=ids,
            points=points.tolist(),
            entries=entries,
            entries_from=entries_from,
            pair_points=joint.tolist(),
            pair_listener=ties.listener[first].tolist(),
            pairs=pairs,
            pairs_from=pairs_from,
        )

    def sources(self, contact: int) -> list[Source]:
        """The three who pass most on to a contact, with their points; ties between the same two add up."""
        first, end = self.pairs_from[contact], self.pairs_from[contact + 1]
        return [
            Source(contact_id=self.ids[self.pair_listener[pair]], points=significant(self.pair_points[pair]))
            for pair in self.pairs[first : min(first + SHOWN, end)]
            if self.pair_points[pair] > 0
        ]

    def evidence(self, contact: int, *, informal_first: bool = False) -> list[Evidence]:
        """The three ties that carry most points; `informal_first` puts the best informal one in front."""
        entries = self.entries[self.entries_from[contact] : self.entries_from[contact + 1]]
        if informal_first:
            best = next(entry for entry in entries if not self.ties.formal[entry])
            entries = [best, *(entry for entry in entries if entry != best)]
        return [self._evidence(entry) for entry in entries[:SHOWN] if self.points[entry] > 0]

    def informally(self) -> Bools:
        """Who gets points by an informal tie."""
        carries = (np.array(self.points) > 0) & ~self.ties.formal
        return np.bincount(self.ties.heard[carries], minlength=self.ties.people) > 0

    def _evidence(self, entry: int) -> Evidence:
        kind, id_ = self.ties.edge(entry)
        return Evidence(kind=kind, id=id_, points=significant(self.points[entry]))


def _largest(person: Ints, value: Floats, people: int) -> tuple[list[int], list[int]]:
    """Places of `value` by person, the largest first (equal ones as they come), and where each begins."""
    order = np.lexsort((-np.round(value, _DIGITS), person))
    start = np.concatenate(([0], np.cumsum(np.bincount(person, minlength=people))))
    return order.tolist(), start.tolist()


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
