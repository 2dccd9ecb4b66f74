"""Opinions of people who listen to each other, settled by sparse iteration; quarrels turn the sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from models.enums import Level, TieDirection
from models.graph import AccountGraph
from queries.influence.ties import Ints, listening, quarrels, type_weights
from queries.people import Floats, People
from queries.rules import Rules

__all__ = ["TOLERANCE", "Minds"]

TOLERANCE = 1e-12
"""How far from the exact solution a settled opinion may be."""


@dataclass(frozen=True, slots=True)
class Minds:
    """How much each person keeps of his own opinion, and takes from whom: y = kept·s + P y.

    With L_B = min(1, Σ t·c / listening_full) and D_B = openness(level of B)·L_B, B keeps 1 − D_B and takes
    D_B·t·c/Σ t·c from each he listens to, with a minus where the tie is a quarrel. The absolute parts of
    each person add up to 1, so opinions stay between −1 and 1 and settle: y = V·s, V = (I − P)⁻¹·diag(kept).
    `taken` stands by tie, from `heard` to `listener`, sorted by who listens.

    Source: Friedkin & Johnsen, "Social influence and opinions", Journal of Mathematical Sociology 15 (1990);
    signed ties after Altafini, "Consensus problems on networks with antagonistic interactions", IEEE
    Transactions on Automatic Control 58 (2013).
    """

    kept: Floats
    heard: Ints
    listener: Ints
    taken: Floats

    @classmethod
    def of(cls, graph: AccountGraph, who: People, rules: Rules, opportunity_id: str | None) -> Minds:
        """The minds of a graph as it stands on a day. O(ties log ties)."""
        weights = type_weights(rules)
        direction = TieDirection.AS_STORED
        good = listening(graph, who.counts, rules, weights, direction, opportunity_id)
        bad = quarrels(graph, who.counts, rules, weights)
        heard = np.concatenate([good.heard, bad.heard])
        listener = np.concatenate([good.listener, bad.listener])
        weight = np.concatenate([good.weight, bad.weight])
        sign = np.concatenate([np.ones(len(good)), -np.ones(len(bad))])
        people = len(who.counts)
        table = rules.influence
        openness = np.array([*(table.openness[level] for level in Level), table.openness_unknown])[who.level]
        listened = np.bincount(listener, weights=weight, minlength=people)
        rate = openness / np.maximum(listened, table.listening_full)
        taken = sign * weight * rate[listener]
        order = np.lexsort((heard, listener))  # stable: parallel ties stay in the order of their edges
        return cls(1 - rate * listened, heard[order], listener[order], taken[order])

    def heard_by(self, listener: int) -> Ints:
        """The places of the ties of one who listens. O(log ties)."""
        first, last = np.searchsorted(self.listener, [listener, listener + 1])
        return np.arange(first, last, dtype=np.int32)

    def settled(self, opinion: Floats) -> Floats:
        """The opinions in the end, y = V·s. O(ties) a round, some 40 rounds."""
        return self._solution(self._matrix(self.listener, self.heard), self.kept * opinion)

    def sway(self, weight: Floats) -> Floats:
        """What Σ weight·y gains for each person by 1 more of his own opinion: Vᵀ·weight. As `settled`."""
        return self.kept * self._solution(self._matrix(self.heard, self.listener), weight)

    def _matrix(self, rows: Ints, columns: Ints) -> Any:
        shape = (len(self.kept), len(self.kept))
        return csr_array((self.taken, (rows, columns)), shape=shape)

    def _solution(self, step: Any, start: Floats) -> Floats:
        """start + P·start + P²·start + …, until all that is left out together is below the tolerance.

        With ρ = max (1 − kept), a term is at most ρ times the one before: opinions by their largest entry,
        weights in total. The total bounds both.
        """
        ratio = float((1 - self.kept).max(initial=0.0))
        term, found = start, start.copy()
        while ratio and np.abs(term).sum() * ratio / (1 - ratio) > TOLERANCE:
            term = step @ term
            found += term
        return found
