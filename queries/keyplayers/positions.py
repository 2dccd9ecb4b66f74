"""What a place in the network is worth: between others, close to others, a bridge; numbers, not a ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.measures import Measure
from queries.keyplayers.betweenness import dependencies
from queries.keyplayers.constraint import constraint
from queries.keyplayers.hops import Distances, Hops, Places
from queries.keyplayers.sample import TWO_SIDED, drawn
from queries.people import Bools, Floats
from queries.rules.keyplayers import KeyPlayerRules

__all__ = ["MEASURES", "Position", "position"]

Numbers = tuple[Floats, Floats]
"""A measure of each person and its standard error, were the starts all that could be drawn from."""


@dataclass(frozen=True, slots=True)
class Position:
    """`value` is the measure as published (NaN where it has no meaning), `worth` the same with more being
    better and never negative; 95 % of draws lie within `error` of every value, 0 where nobody was drawn.
    """

    value: Floats
    worth: Floats
    error: float


def position(
    measure: Measure, ties: Hops, counts: Bools, ids: Sequence[str], rules: KeyPlayerRules
) -> Position:
    """A measure of everybody who counts, over ties from listener to heard (docs/rules.md §16).

    * betweenness: part of all ordered pairs of others on whose shortest ways a person stands.
    * closeness: part of the others who get to a person, divided by how far they have it on average.
    * proximity: the mean of 1/d over all others, 0 for who does not get to him.
    * constraint: see `queries.keyplayers.constraint`; worth is its inverse, so that bridges lead.

    Up to `exact_people` people from everybody, above from `starts` drawn ones, for betweenness from no more
    than `between_steps` / ties, as each costs a walk over all ties; constraint always exactly.
    """
    there = np.flatnonzero(counts)
    if measure == Measure.CONSTRAINT:
        value = constraint(ties)
        worth = np.divide(1.0, value, out=np.zeros(ties.people), where=value > 0)
        return Position(value, worth, 0.0)
    most = rules.between_steps // max(1, len(ties.source)) if measure == Measure.BETWEENNESS else None
    starts = drawn(there, ids, rules, most)
    value, error = MEASURES[measure](ties, there, starts)
    left_out = np.sqrt(1 - len(starts) / max(len(there), 1))
    return Position(value, value, float(TWO_SIDED * left_out * error.max(initial=0.0)))


def _betweenness(ties: Hops, there: Places, starts: Places) -> Numbers:
    people, drawn_ = len(there), max(len(starts), 1)
    total, squares = dependencies(ties, starts)
    scale = people / max((people - 1) * (people - 2), 1)
    return scale * total / drawn_, scale * _standard_error(total, squares, np.full(len(total), drawn_))


def _closeness(ties: Hops, there: Places, starts: Places) -> Numbers:
    far = ties.distances(starts)
    others = _others(far, starts)
    got = far.reached / others
    mean = far.hops / others
    value = np.divide(got * got, mean, out=np.zeros_like(got), where=mean > 0)
    # To the first order the value moves with the mean of a·[gets there] − b·distance over the starts.
    a = np.divide(2 * got, mean, out=np.zeros_like(got), where=mean > 0)
    b = np.divide(value, mean, out=np.zeros_like(got), where=mean > 0)
    total = a * far.reached - b * far.hops
    squares = a * a * far.reached - 2 * a * b * far.hops + b * b * far.hop_squares
    return value, _standard_error(total, squares, others)


def _proximity(ties: Hops, there: Places, starts: Places) -> Numbers:
    far = ties.distances(starts)
    others = _others(far, starts)
    return far.near / others, _standard_error(far.near, far.near_squares, others)


def _others(far: Distances, starts: Places) -> Floats:
    """How many of the starts are somebody else, at least 1."""
    own = np.bincount(starts, minlength=len(far.reached))
    return np.maximum(len(starts) - own, 1).astype(np.float64)


def _standard_error(total: Floats, squares: Floats, size: np.ndarray[Any, Any]) -> Floats:
    """The standard error of means of `size` numbers, from their sums and sums of squares."""
    spread = np.maximum(squares - total * total / size, 0)
    return np.asarray(np.sqrt(spread / np.maximum(size - 1, 1) / size))


MEASURES: Mapping[Measure, Callable[[Hops, Places, Places], Numbers]] = {
    Measure.BETWEENNESS: _betweenness,
    Measure.CLOSENESS: _closeness,
    Measure.PROXIMITY: _proximity,
}
