"""Other ways to put people in order than by influence, on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.measures import Measure
from queries.influence.hits import MOST_ROUNDS
from queries.influence.sweeps import block_diagonal
from queries.influence.ties import Ties
from queries.influence.walks import TOLERANCE, Settled, Walk
from queries.keyplayers.network import steps_of
from queries.keyplayers.positions import Position, position
from queries.people import Bools, Floats
from queries.rules import Rules

__all__ = ["Eigenvector", "Listeners", "Placement", "pagerank"]

_ANY = 1e-9
"""However faint the ties: who listens to anybody listens fully."""


def pagerank(ties: Ties, counts: Bools, damping: float) -> Walk:
    """Plain PageRank on t·c: every seat alike, and everybody who listens at all listens fully.

    Source: Brin & Page, "The anatomy of a large-scale hypertextual Web search engine" (1998).
    """
    flat = counts / max(int(counts.sum()), 1)
    return Walk(ties=ties, prior=flat, openness=np.full(len(flat), damping), full=_ANY, keeps=False)


@dataclass(frozen=True, slots=True)
class Listeners:
    """In-degree: how many people listen to somebody. Ties of one pair are one, very faint ones none."""

    ties: Ties
    counts: Bools
    rules: Rules

    def settled(self) -> Settled:
        """The shares, taken apart by who listens."""
        carried = self._carried(self.ties.weight)
        share = self._sums(carried)
        return Settled(share, np.zeros(len(share)) if carried.any() else share, carried)

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        return np.array([self._sums(self._carried(row)) for row in weight])

    def values(self) -> Floats:
        """The part of all others who listen to each person."""
        heard = steps_of(self.ties, self.rules).to
        listeners = np.bincount(heard, minlength=self.ties.people)
        return np.asarray(listeners / max(int(self.counts.sum()) - 1, 1))

    def _carried(self, weight: Floats) -> Floats:
        """One per pair that counts, split among its ties by weight; all of them add up to 1."""
        ties = self.ties
        pair = ties.heard.astype(np.int64) * ties.people + ties.listener
        first = np.diff(pair, prepend=-1) != 0
        place = np.cumsum(first) - 1
        joint = np.bincount(place, weights=weight, minlength=int(first.sum()))
        counted = joint >= self.rules.keyplayers.counts_from
        split = np.divide(counted, joint, out=np.zeros(len(joint)), where=joint > 0)
        return np.asarray(weight * split[place] / max(int(counted.sum()), 1))

    def _sums(self, carried: Floats) -> Floats:
        """What each person is given; the same for all where nobody listens to anybody."""
        if not carried.any():
            return np.asarray(self.counts / max(int(self.counts.sum()), 1))
        return np.bincount(self.ties.heard, weights=carried, minlength=self.ties.people).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Eigenvector:
    """Eigenvector centrality: who is heard by those who are heard, on t·c.

    The principal eigenvector x of M, M[A,B] = t·c of B's listening to A, found by x ← x + Mx scaled to sum
    1, from the same value for all; rounds end when the change is below the tolerance, or after 1,000.
    Where nobody listens in circles (a chart alone) only who stands at the end of them all keeps a value.

    Source: P. Bonacich, "Power and centrality", American Journal of Sociology 92 (1987).
    """

    ties: Ties
    counts: Bools

    def settled(self) -> Settled:
        """The shares, taken apart by who listens."""
        ties, nobody = self.ties, np.zeros(self.ties.people)
        share = self.shares(ties.weight[None, :], TOLERANCE)[0]
        carried = ties.weight * share[ties.listener]
        heard = np.bincount(ties.heard, weights=carried, minlength=ties.people)
        if not heard.any():
            return Settled(share, share, np.zeros(len(ties)))
        scale = np.divide(share, heard, out=nobody.copy(), where=heard > 0)
        return Settled(share, np.where(heard > 0, 0.0, share), carried * scale[ties.heard])

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        rows, people = len(weight), self.ties.people
        heard_by = block_diagonal(weight, self.ties)
        flat = self.counts / max(int(self.counts.sum()), 1)
        share = np.tile(flat, (rows, 1))
        for _ in range(MOST_ROUNDS):
            now = share + (heard_by @ share.ravel()).reshape(rows, people)
            now /= np.maximum(now.sum(axis=1, keepdims=True), 1)
            change = np.abs(now - share).sum(axis=1).max(initial=0.0)
            share = now
            if change <= tolerance:
                break
        return share


@dataclass(frozen=True, slots=True)
class Placement:
    """A measure of position: it belongs to the whole shape of the ties, so no tie carries a part of it."""

    measure: Measure
    ties: Ties
    counts: Bools
    ids: Sequence[str]
    rules: Rules
    found: Position

    @classmethod
    def of(cls, measure: Measure, ties: Ties, counts: Bools, ids: Sequence[str], rules: Rules) -> Placement:
        """The measure on all ties."""
        found = position(measure, steps_of(ties, rules), counts, ids, rules.keyplayers)
        return cls(measure, ties, counts, ids, rules, found)

    def settled(self) -> Settled:
        """The shares; all of each is one's own."""
        share = self._shares(self.found)
        return Settled(share, share, np.zeros(len(self.ties)))

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        left = (self.ties.where(row > 0) for row in weight)
        found = (
            position(self.measure, steps_of(ties, self.rules), self.counts, self.ids, self.rules.keyplayers)
            for ties in left
        )
        return np.array([self._shares(one) for one in found])

    def _shares(self, found: Position) -> Floats:
        worth = found.worth * self.counts
        if not worth.any():
            return np.asarray(self.counts / max(int(self.counts.sum()), 1))
        return np.asarray(worth / worth.sum())
