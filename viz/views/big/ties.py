"""The ties of the influence map of a large account: between people drawn, and of groups, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from models.enums import EdgeKind, NodeKind
from models.findings.chains import Chain
from models.graph import AccountGraph, EdgeTable
from viz.views.big.frame import Drawn
from viz.views.ties import UNKNOWN_WEIGHT, Ties, empty_tie

MOST_TIES, MOST_OF_PEOPLE, TIES_EACH = 40, 60, 2.0
"""Lines between groups alone, and with people; and for each mark on the map."""
MOST_OURS = 8
Row = dict[str, Any]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(slots=True)
class Bundles:
    """Reads the ties of the account with their ends at what is drawn: people, and groups in place of theirs.

    A bundle goes from the side that moves more to the other; `count` says how many ties it holds, its weight
    is their weight together, between groups as a share of the heaviest bundle's.
    """

    drawn: Drawn
    at: Ints = field(init=False)
    ids: tuple[str, ...] = field(init=False)
    alone: int = field(init=False)
    """Marks from this one on are groups."""

    def __post_init__(self) -> None:
        opened = self.drawn.opened
        contacts = self.drawn.graph.contacts
        persons = [person for person, _ in opened.people]
        groups = opened.closed
        self.at = np.full(len(contacts), -1, dtype=np.int64)
        for place, group in enumerate(groups, len(persons)):
            self.at[group.members] = place
        self.at[persons] = np.arange(len(persons))
        self.ids = (*(contacts.ids[person] for person in persons), *(group.key for group in groups))
        self.alone = len(persons)

    @property
    def _held(self) -> AccountGraph:
        return self.drawn.facts.held

    def all(self, chain: Chain | None) -> list[Row]:
        """Every line that may be drawn, the heaviest first; those of the chain before them."""
        rows = [*self._between_people(chain), *self._between_groups(), *self._ours(), *self._theirs()]
        return sorted(rows, key=lambda row: (row["chain"] is None, -(row["weight"] or 0.0), row["id"]))

    def _between_people(self, chain: Chain | None) -> Iterator[Row]:
        """The ties themselves, where both ends are drawn, and all steps of the chain."""
        edges = {}
        for kind, table in self._held.edges.items():
            spec = table.spec
            if spec.target is not NodeKind.CONTACT:
                edges[kind] = table
                continue
            keep = self._is_person(table.target)
            if spec.source is NodeKind.CONTACT:
                keep &= self._is_person(table.source)
            edges[kind] = table.where(keep)
        held = self._held
        near = AccountGraph(held.account_id, held.sequence, held.firm_sequence, held.nodes, edges)
        facts = self.drawn.facts
        reader = Ties(near, self.drawn.people, facts.opportunity_id, facts.lang, self.drawn.today)
        for row in reader.all(chain):
            ends = {end: self._mark(row[end]) for end in ("from", "to")}
            if ends["from"] != ends["to"]:
                yield row | ends | {"count": 1}

    def _mark(self, id_: str) -> str:
        """What stands for somebody: who is on the chain may be in a closed group."""
        place = self.drawn.graph.contacts.position.get(id_)
        return id_ if place is None else self.ids[int(self.at[place])]

    def _is_person(self, ends: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        at = self.at[ends]
        return np.asarray((at >= 0) & (at < self.alone))

    def _between_groups(self) -> Iterator[Row]:
        """Influence, bonds and messages with a group at one end at least, each kind of a pair as one line.

        Where somebody alone is at the other end, the weight is that of the ties together, 1 at most.
        """
        found = [row for kind in _WEIGHTS for row in self._bundled(kind)]
        between = [row["weight"] for row in found if not self.has_person(row)]
        heaviest = max(between, default=1.0)
        for row in found:
            share = min(row["weight"], 1.0) if self.has_person(row) else row["weight"] / heaviest
            yield row | {"weight": round(share, 6)}

    def has_person(self, row: Row) -> bool:
        """Whether a line has somebody who is drawn alone at an end."""
        return row["from"] in self.drawn.home or row["to"] in self.drawn.home

    def _bundled(self, kind: EdgeKind) -> Iterator[Row]:
        table = self._held.edges[kind]
        source, target = self.at[table.source], self.at[table.target]
        keep = (source >= 0) & (target >= 0) & (source != target)
        keep &= (source >= self.alone) | (target >= self.alone)
        keep &= self._counts(table)
        source, target = source[keep], target[keep]
        weight = _WEIGHTS[kind](table)[keep]
        sign = self._signs(kind, table)[keep]
        width = len(self.ids)
        pair = np.minimum(source, target) * width + np.maximum(source, target)
        pairs, where = np.unique(pair, return_inverse=True)
        along = np.bincount(where, np.where(source < target, weight, -weight), len(pairs))
        together = np.bincount(where, weight, len(pairs))
        said = np.bincount(where, weight * sign, len(pairs))
        counts = np.bincount(where, minlength=len(pairs))
        for place, one in enumerate(pairs.tolist()):
            low, high = divmod(one, width)
            ends = (low, high) if along[place] >= 0 or kind is not EdgeKind.INFLUENCES else (high, low)
            value = int(said[place] > 0) - int(said[place] < 0)
            if kind is EdgeKind.BOND:
                value = -1 if said[place] < 0 else 1
            key = f"edge:{kind}" if kind is EdgeKind.MESSAGES else f"edge:{kind}:{value}"
            row = self._row(kind, key, self.ids[ends[0]], self.ids[ends[1]], value)
            yield row | {"weight": float(together[place]), "count": int(counts[place])}

    def _counts(self, table: EdgeTable) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Influences of another purchase than the one asked for are not told."""
        deal = self.drawn.facts.opportunity_id
        if "opportunity_id" not in table.columns:
            return np.ones(len(table), dtype=bool)
        return np.array([one is None or one == deal for one in table.texts("opportunity_id")], dtype=bool)

    def _signs(self, kind: EdgeKind, table: EdgeTable) -> Floats:
        """What the source thinks of us; of bonds, whether they are friendly."""
        if kind is EdgeKind.BOND:
            return np.where(table.array("polarity") < 0, -1.0, 1.0)
        if kind is EdgeKind.MESSAGES:
            return np.zeros(len(table))
        return np.sign(np.nan_to_num(self.drawn.facts.attitude[table.source]))

    def _ours(self) -> Iterator[Row]:
        """Of our people, for each group the one who knows it best: by the points of all ties together."""
        table = self.drawn.facts.strengths
        yield from self._best(NodeKind.MEMBER, EdgeKind.KNOWS, table.member, table.contact, table.strength)

    def _theirs(self) -> Iterator[Row]:
        """Of the competitors' people the same."""
        table = self._held.edges[EdgeKind.COURTS]
        yield from self._best(
            NodeKind.RIVAL, EdgeKind.COURTS, table.source, table.target, table.array("strength")
        )

    def _best(self, node_kind: NodeKind, kind: EdgeKind, who: Any, whom: Any, points: Any) -> Iterator[Row]:
        group = self.at[whom]
        keep = group >= self.alone
        who, group, points = who[keep].astype(np.int64), group[keep], points[keep]
        people = self._held.nodes[node_kind].ids
        pairs, where = np.unique(group * max(len(people), 1) + who, return_inverse=True)
        total, counts = np.bincount(where, points, len(pairs)), np.bincount(where, minlength=len(pairs))
        seen: set[int] = set()
        for place in np.lexsort((pairs, -total)).tolist():
            mark, person = divmod(int(pairs[place]), max(len(people), 1))
            if mark in seen:
                continue
            seen.add(mark)
            mean = round(float(total[place] / counts[place]), 6)
            sign = 1 if kind is EdgeKind.KNOWS else -1
            row = self._row(kind, f"edge:{kind}", people[person], self.ids[mark], sign)
            yield row | {"strength": mean, "weight": mean / 100, "count": int(counts[place])}

    def _row(self, kind: EdgeKind, key: str, source: str, target: str, sign: int) -> Row:
        row = empty_tie(str(kind), key, f"{kind}:{source}:{target}", source, target, sign)
        return row | {"bundle": True}

    def chosen(self, chain: Chain | None) -> list[Row]:
        """The lines the map holds: the chain's, the heaviest with people, the heaviest between groups, and of
        our people and the competitors' those who have most of them."""
        rows = self.all(chain)
        most = int(TIES_EACH * max(len(self.ids), 12))
        mutual = [row for row in rows if row["kind"] not in _SIDES]
        alone = [row for row in mutual if self.has_person(row)][: min(MOST_OF_PEOPLE, most)]
        between = [row for row in mutual if not self.has_person(row)][: min(MOST_TIES, most)]
        return [*alone, *between, *_sides(rows)[: min(MOST_TIES, most)]]


def _weight(table: EdgeTable) -> Floats:
    return np.asarray(np.nan_to_num(table.array("weight"), nan=UNKNOWN_WEIGHT), dtype=np.float64)


def _letters(table: EdgeTable) -> Floats:
    return np.asarray(np.log1p(table.array("count").astype(np.float64)))


_WEIGHTS = {EdgeKind.INFLUENCES: _weight, EdgeKind.BOND: _weight, EdgeKind.MESSAGES: _letters}


_SIDES = ("knows", "courts")


def _sides(rows: list[Row]) -> list[Row]:
    """The lines of those of our people and of the competitors' who have most of them."""
    load: dict[str, dict[str, float]] = {kind: defaultdict(float) for kind in _SIDES}
    ours = [row for row in rows if row["kind"] in load]
    for row in ours:
        load[row["kind"]][row["from"]] += (row["weight"] or 0.0) * row["count"] + 100 * (
            row["chain"] is not None
        )
    kept = {
        id_ for mine in load.values() for id_ in sorted(mine, key=lambda id_: (-mine[id_], id_))[:MOST_OURS]
    }
    return [row for row in ours if row["from"] in kept]


__all__ = ["Bundles"]
