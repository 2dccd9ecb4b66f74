"""The step graph as the kernels of chains and reach read it: directed steps with probability and cost."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from models.columns import code_of
from models.enums import EdgeKind
from queries.draws import Words, edge_keys
from queries.people import Bools, Floats

__all__ = ["Part", "StepGraph", "Ways", "step_graph"]

Ints = np.ndarray[Any, np.dtype[np.int32]]
Kinds = np.ndarray[Any, np.dtype[np.int8]]

UNIT = 2.0**40
"""Costs are whole numbers of 1/UNIT nats: sums are exact in float64 below 2**53, so ties are true ties."""

_EDGE_KINDS = tuple(EdgeKind)
_NO_EDGE = np.int8(-1)


@dataclass(frozen=True, slots=True)
class Part:
    """Steps of one kind in any order; `against` says that they run against their edges (boss to report)."""

    kind: EdgeKind | None
    source: Ints
    target: Ints
    probability: Floats
    edge_ids: Sequence[str]
    against: bool = False


@dataclass(frozen=True, eq=False)
class Ways:
    """The most probable step of each ordered pair, sorted by (source, target): what paths are made of.

    `step` gives their places among all steps; `starts` is the indptr of the rows.
    """

    step: Ints
    source: Ints
    target: Ints
    cost: Floats
    starts: Ints

    @cached_property
    def lists(self) -> tuple[list[int], list[int], list[float], list[int]]:
        """starts, targets, costs and steps as plain lists, which a search in Python reads fastest."""
        return self.starts.tolist(), self.target.tolist(), self.cost.tolist(), self.step.tolist()

    @cached_property
    def backward(self) -> csr_matrix:
        """The costs as a matrix whose row v holds the ways into v."""
        return self._matrix(self.cost[self._by_target], self._source_by_target, self._ends)

    def kept_backward(self, keep: Bools) -> csr_matrix:
        """The same of some ways."""
        kept = keep[self._by_target]
        ends = np.concatenate(([0], np.cumsum(kept)))[self._ends]
        return self._matrix(np.ones(ends[-1]), self._source_by_target[kept], ends)

    def _matrix(self, values: Floats, source: Ints, ends: Ints) -> csr_matrix:
        size = len(self.starts) - 1
        return csr_matrix((values, source, ends.astype(np.int32)), shape=(size, size))

    @cached_property
    def _by_target(self) -> Ints:
        return np.argsort(self.target, kind="stable").astype(np.int32)

    @cached_property
    def _source_by_target(self) -> Ints:
        return self.source[self._by_target]

    @cached_property
    def _ends(self) -> Ints:
        counts = np.bincount(self.target, minlength=len(self.starts) - 1)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


@dataclass(frozen=True, eq=False)
class StepGraph:
    """Directed steps, each an edge read one way, sorted by (source, target, cost, kind, edge id).

    Nodes are the contacts in the order of their table, then the seller's people, then `team`: all of those
    at once, from whom a step of probability 1 leads to each. Parallel steps are kept.
    Immutable.
    """

    ids: tuple[str, ...]
    contacts: int
    team: int
    source: Ints
    target: Ints
    probability: Floats
    cost: Floats
    kind: Kinds
    against: Bools
    edge_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.source)

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.ids)

    def edge_kind(self, step: int) -> EdgeKind | None:
        """The kind of the edge behind a step; None for the steps of `team`."""
        code = int(self.kind[step])
        return None if code == _NO_EDGE else _EDGE_KINDS[code]

    def where(self, keep: Bools) -> StepGraph:
        """The steps of a mask between the same nodes. O(steps)."""
        rows = np.flatnonzero(keep)
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in _ARRAYS},
            edge_ids=tuple(self.edge_ids[row] for row in rows.tolist()),
        )

    def turned(self) -> StepGraph:
        """The same steps the other way round: paths to somebody become paths from him. O(steps log steps)."""
        order = np.lexsort((self.kind, self.cost, self.source, self.target))
        return replace(
            self,
            **{name: getattr(self, name)[order] for name in _ARRAYS if name not in ("source", "target")},
            source=self.target[order],
            target=self.source[order],
            edge_ids=tuple(self.edge_ids[row] for row in order.tolist()),
        )

    @cached_property
    def reaches(self) -> dict[Hashable, Any]:
        """Answers about reach that were worked out before, by what was asked; see `queries.chains.reach`."""
        return {}

    @cached_property
    def ways(self) -> Ways:
        """The most probable step of each ordered pair; of equal ones the first by kind, then by edge id."""
        first = self.pair_starts
        source, target = self.source[first], self.target[first]
        starts = np.searchsorted(source, np.arange(self.size + 1)).astype(np.int32)
        return Ways(first, source, target, self.cost[first], starts)

    @cached_property
    def pair_starts(self) -> Ints:
        """Where the steps of each ordered pair begin."""
        new = np.ones(len(self), dtype=bool)
        new[1:] = (self.source[1:] != self.source[:-1]) | (self.target[1:] != self.target[:-1])
        return np.flatnonzero(new).astype(np.int32)

    @cached_property
    def keys(self) -> Words:
        """One 64-bit word per step, made of kind, edge id and the way it is read; draws are hashes of it."""
        keys = np.zeros(len(self), dtype=np.uint64)
        ids = np.array(self.edge_ids, dtype=object)
        for code in np.unique(self.kind).tolist():
            rows = np.flatnonzero(self.kind == code)
            if code != _NO_EDGE:
                keys[rows] = _keys(_EDGE_KINDS[code], ids[rows].tolist())
        return keys ^ np.where(self.against, np.uint64(2**64 - 1), np.uint64(0))


def _keys(kind: EdgeKind, ids: list[str]) -> Words:
    # The id made for a tie without an edge may be longer than the 64 characters a key is made of.
    tails = [id_[64:] for id_ in ids]
    return edge_keys(kind, ids) ^ (edge_keys(kind, tails) if any(tails) else np.uint64(0))


_ARRAYS = ("source", "target", "probability", "cost", "kind", "against")


def step_graph(ids: Sequence[str], contacts: int, parts: Sequence[Part], team: int = -1) -> StepGraph:
    """A step graph of its parts. O(steps log steps).

    Cost is max(1, round(−ln p · 2^40)); steps of probability 0 and from somebody to himself are dropped.
    """
    source = _joined([part.source for part in parts], np.int32)
    target = _joined([part.target for part in parts], np.int32)
    probability = _joined([part.probability for part in parts], np.float64)
    codes = [_NO_EDGE if part.kind is None else code_of(part.kind) for part in parts]
    sizes = [len(part.source) for part in parts]
    kind = np.repeat(np.array(codes, dtype=np.int8), sizes)
    against = np.repeat(np.array([part.against for part in parts], dtype=bool), sizes)
    edge_ids = [edge_id for part in parts for edge_id in part.edge_ids]
    kept = np.flatnonzero((probability > 0) & (source != target))
    cost = np.maximum(1.0, np.rint(-np.log(probability[kept]) * UNIT))
    order = np.lexsort((kind[kept], cost, target[kept], source[kept]))
    rows = kept[order]
    return StepGraph(
        tuple(ids),
        contacts,
        team,
        source[rows],
        target[rows],
        probability[rows],
        cost[order],
        kind[rows],
        against[rows],
        tuple(edge_ids[row] for row in rows.tolist()),
    )


def _joined(arrays: list[np.ndarray[Any, Any]], form: type[Any]) -> np.ndarray[Any, Any]:
    return np.concatenate(arrays).astype(form) if arrays else np.zeros(0, dtype=form)
