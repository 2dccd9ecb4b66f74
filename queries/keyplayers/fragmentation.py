"""How much an account falls apart, and whose leaving tears it most (key players, negative)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.graph import AccountGraph
from queries.keyplayers.hops import Hops, Places
from queries.keyplayers.network import Network, network_of
from queries.keyplayers.sample import TWO_SIDED, drawn
from queries.people import Bools, Floats
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["Fragmentation", "fragmentation", "fragmentation_of", "fragmentation_without"]


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """`value` from 0 (everybody tied to everybody) to 1 (no tie at all); 95 % of draws lie within `error`."""

    value: float
    error: float


def fragmentation_of(
    graph: AccountGraph, rules: Rules = DEFAULT_RULES, gone: Bools | None = None
) -> Fragmentation:
    """The fragmentation of a graph as it stands on a day, once those marked in `gone` have left.

    `gone` has one mark per contact, in the order of the contact table. Cost and source: `fragmentation`.
    """
    network = network_of(graph, rules)
    return fragmentation(network if gone is None else network.without(gone), graph.contacts.ids, rules)


def fragmentation(network: Network, ids: tuple[str, ...], rules: Rules = DEFAULT_RULES) -> Fragmentation:
    """Distance-weighted fragmentation: 1 − the mean of 1/d over all ordered pairs of people who count.

    d is the number of ties on the shortest way between two people, whichever way the ties run; 1/d is 0
    where there is no way. Fewer than two people cannot fall apart: 0. Up to `keyplayers.exact_people`
    people all pairs are measured; above, `keyplayers.starts` people drawn by their ids, and the error is
    stated. O(people/64 · ties · depth).

    Source: S. P. Borgatti, "Identifying sets of key players in a social network", Computational and
    Mathematical Organization Theory 12 (2006), equation 9.
    """
    there = np.flatnonzero(network.counts)
    return _fragmentation(network.heard.both_ways(), there, drawn(there, ids, rules.keyplayers))


def fragmentation_without(
    network: Network, ids: tuple[str, ...], who: Places, rules: Rules = DEFAULT_RULES
) -> Floats:
    """The fragmentation after each of `who` has left alone; the measure of a negative key player.

    O(who · people/64 · ties · depth).
    """
    ties, there = network.heard.both_ways(), np.flatnonzero(network.counts)
    left = np.zeros(len(who))
    for place, person in enumerate(who.tolist()):
        gone = np.zeros(ties.people, dtype=bool)
        gone[person] = True
        rest = there[there != person]
        left[place] = _fragmentation(ties.without(gone), rest, drawn(rest, ids, rules.keyplayers)).value
    return left


def _fragmentation(ties: Hops, there: Places, starts: Places) -> Fragmentation:
    if len(there) < 2:
        return Fragmentation(0.0, 0.0)
    apart = 1 - ties.near_from(starts) / (len(there) - 1)
    left_out = 1 - len(starts) / len(there)
    error = float(np.std(apart, ddof=1)) * math.sqrt(left_out / len(starts)) if left_out else 0.0
    return Fragmentation(float(apart.sum()) / len(starts), TWO_SIDED * error)
