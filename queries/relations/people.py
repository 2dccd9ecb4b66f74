"""The relation matrix of people: the strongest tie between each two contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.enums import EdgeKind, Polarity
from models.findings.base import Evidence
from models.findings.relations import Relation
from models.graph import AccountGraph
from queries.chains.step_graph import Part
from queries.chains.steps import steps_inside
from queries.numbers import significant
from queries.people import Bools, Floats, people
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["person_relations"]

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class _Ties:
    """All ties between contacts, one row for each way they are read; `along` is the way they are stored.

    `quarrel` rows are conflicts, which carry nothing: their weight is 0.
    """

    source: Ints
    target: Ints
    weight: Floats
    along: Bools
    quarrel: Bools
    kinds: list[EdgeKind]
    ids: list[str]

    def evidence(self, row: int) -> Evidence:
        """The record of a row, with its weight."""
        weight = significant(float(self.weight[row]))
        return Evidence(kind=self.kinds[row], id=self.ids[row], points=weight)


def person_relations(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    contact_id: str | None = None,
    limit: int | None = None,
) -> list[Relation]:
    """The strongest tie of each pair of contacts that has one, strongest first, then by ids.

    Weights are those of a step of a chain (docs/rules.md §3), before anybody's attitude and voice. Those who
    have left or are restricted are left out; influences of another purchase do not count. Who only quarrel
    come last, at weight 0. `contact_id` keeps the pairs of one contact, `limit` the first so many.
    O(ties log ties).
    """
    day = graph.on(on)
    counts = people(day, opportunity_id, rules.influence.finance_share_of_clerks).counts
    ties = _ties([*steps_inside(day, rules.chains, opportunity_id)], _quarrels(day))
    kept = counts[ties.source] & counts[ties.target] & (ties.source != ties.target)
    if contact_id is not None:
        asked = graph.contacts.position[contact_id]
        kept &= (ties.source == asked) | (ties.target == asked)
    return _relations(graph.contacts.ids, ties, np.flatnonzero(kept), limit)


def _quarrels(day: AccountGraph) -> Part:
    """The conflict bonds, at weight 0."""
    bonds = day.edges[EdgeKind.BOND]
    sour = bonds.where(bonds.array("polarity") == float(Polarity.CONFLICT))
    return Part(EdgeKind.BOND, sour.source, sour.target, np.zeros(len(sour)), sour.ids)


def _ties(steps: list[Part], quarrels: Part) -> _Ties:
    parts = [*steps, quarrels]
    rows = [len(part.source) for part in parts]
    return _Ties(
        source=np.concatenate([part.source for part in parts]).astype(np.int64),
        target=np.concatenate([part.target for part in parts]).astype(np.int64),
        weight=np.concatenate([part.probability for part in parts]),
        along=np.repeat([not part.against for part in parts], rows),
        quarrel=np.repeat([part is quarrels for part in parts], rows),
        kinds=[part.kind for part in parts if part.kind for _ in range(len(part.source))],
        ids=[id_ for part in parts for id_ in part.edge_ids],
    )


def _relations(ids: tuple[str, ...], ties: _Ties, rows: Ints, limit: int | None) -> list[Relation]:
    """One relation a pair of the rows, led by the strongest; of equal ones as stored, then the first read."""
    pair = np.minimum(ties.source, ties.target) * len(ids) + np.maximum(ties.source, ties.target)
    order = rows[np.lexsort((~ties.along[rows], -np.round(ties.weight[rows], 12), pair[rows]))]
    first = np.flatnonzero(np.diff(pair[order], prepend=-1))
    if not len(first):
        return []
    known = np.add.reduceat(ties.along[order].astype(np.int64), first).tolist()
    sour = np.flatnonzero(ties.quarrel[order])[::-1]
    quarrel_of = dict(zip(pair[order[sour]].tolist(), order[sour].tolist(), strict=True))
    best = order[first]
    found = []
    for place in np.lexsort((pair[best], -np.round(ties.weight[best], 12)))[:limit].tolist():
        row = int(best[place])
        quarrel = quarrel_of.get(int(pair[row]))
        one, other = sorted((int(ties.source[row]), int(ties.target[row])))
        also = [] if quarrel is None or quarrel == row else [ties.evidence(quarrel)]
        found.append(
            Relation(
                one_id=ids[one],
                other_id=ids[other],
                weight=significant(float(ties.weight[row])),
                kind=ties.kinds[row],
                edge_id=ties.ids[row],
                from_id=ids[ties.source[row]],
                ties=known[place],
                conflict=quarrel is not None,
                evidence=[ties.evidence(row), *also],
            )
        )
    return found
