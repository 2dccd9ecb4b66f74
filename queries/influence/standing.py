"""Places in a ranking, and how firmly people hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from models.findings.base import Provenance
from models.measures import Measure
from queries.draws import Words, happens
from queries.influence.ties import Ties
from queries.influence.walks import Settled
from queries.people import Bools, Floats
from queries.rules.influence import InfluenceRules

__all__ = ["InfluenceScores", "Model", "Standings", "best_first", "stability"]

Places = np.ndarray[Any, np.dtype[np.int64]]

DECIMALS = 12
"""Shares that differ by less are equal: they differ by the order of additions only."""
DRAW_TOLERANCE = 1e-6
BLOCK = 1 << 17
"""Entries settled at once: few enough to stay in the processor's cache, enough to pay for numpy's calls."""


@dataclass(frozen=True, slots=True)
class InfluenceScores:
    """Influence by position in the contact table: `share` sums to 1, `score` is 0–100 of the largest."""

    share: Floats
    score: Floats
    measure: Measure


@dataclass(frozen=True, slots=True)
class Standings:
    """The places of `rank_influencers` as arrays by position in the contact table.

    `rank` is 0 of who has none. Unrounded, and without what each score is made of, which is the larger part
    of the work.
    """

    rank: Places
    share: Floats
    score: Floats
    key_player: Bools
    hidden: Bools
    provenance: Provenance


class Model(Protocol):
    """A way to make shares of ties: `Walk` or `Authority`."""

    @property
    def ties(self) -> Ties:
        """The ties it rests on."""

    def settled(self) -> Settled:
        """The shares on all ties, taken apart."""

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people)."""


def best_first(share: Floats) -> Places:
    """Positions by share, the largest first, equal ones by id. `share` may have rows. O(n log n)."""
    return np.asarray(np.argsort(-np.round(share, DECIMALS), axis=-1, kind="stable"))


def first_of(share: Floats, most: int) -> Places:
    """The first `most` positions of `best_first`. O(n)."""
    worth = np.round(share, DECIMALS)
    if most >= len(worth):
        return best_first(share)
    least = np.partition(worth, -most)[-most]
    among = np.flatnonzero(worth >= least)
    return among[best_first(share[among])][:most]


def stability(model: Model, keys: Words, rules: InfluenceRules) -> Floats:
    """For each contact, in which part of the draws he is among the top five. O(draws · ties · rounds).

    In each draw every tie is dropped with the same probability, by a hash of its key (see `draw_keys`).
    """
    ties, draws = model.ties, rules.stability_draws
    held = np.zeros(ties.people)
    at_once = max(1, BLOCK // max(len(ties), 1))
    for first in range(0, draws, at_once):
        chunk = range(first, min(first + at_once, draws))
        left = ~happens(keys, chunk, rules.stability_dropped)
        for share in model.shares(ties.weight * left, DRAW_TOLERANCE):
            held[first_of(share, rules.stability_top)] += 1
    return held / max(draws, 1)
