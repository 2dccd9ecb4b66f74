"""What the loop-free paths of somebody sum up to, where that can be said with little effort."""

from __future__ import annotations

import math

import numpy as np

from queries.paths import Tree
from queries.people import Bools, Floats
from queries.step_graph import Ints

__all__ = ["only_paths", "sums_over_paths"]

_BUDGET = 1_000
"""Most people looked at to list the paths of one."""


def only_paths(tree: Tree, steps: Bools) -> Bools:
    """Who has exactly one loop-free path to the target by useful steps, parallel ones apart. O(steps)."""
    one = np.bincount(tree.graph.source[steps], minlength=tree.graph.size) == 1
    alone = np.zeros(tree.graph.size, dtype=bool)
    alone[tree.target] = True
    for ring in tree.rings:
        alone[ring] = one[ring] & alone[tree.next[ring]]
    return alone


def sums_over_paths(tree: Tree, usable: Bools, enough: Floats, among: Bools) -> Floats:
    """The sum over all loop-free paths of those `among` for whom it may be below `enough`; else infinite.

    Infinite too where listing the paths takes more than a fixed effort. Paths that come nearer to the
    target with every step are loop-free, and their sum is had for all at once; only whose sum of these is
    below `enough` needs his paths listed. O(steps + people listed · effort).
    """
    graph = tree.graph
    sums = np.full(graph.size, np.inf)
    steps = np.flatnonzero(usable)
    if not len(steps):
        return sums
    source, target = graph.source[steps], graph.target[steps]
    begin = np.flatnonzero(np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])])
    source, target = source[begin], target[begin]
    chance = np.add.reduceat(graph.probability[steps], begin)
    nearer = _sums_nearer(tree, source, target, chance)
    order = np.lexsort((target, -chance * tree.probability[target], source))
    starts = np.searchsorted(source, np.arange(graph.size + 1)).tolist()
    heads, chances = target[order].tolist(), chance[order].tolist()
    for node in np.flatnonzero(among & (enough > nearer)).tolist():
        sums[node] = _listed(node, tree.target, starts, heads, chances, float(enough[node]))
    return sums


def _sums_nearer(tree: Tree, source: Ints, target: Ints, chance: Floats) -> Floats:
    cost = tree.cost
    nearer = np.flatnonzero(cost[target] < cost[source])
    nearer = nearer[np.argsort(cost[source[nearer]], kind="stable")]
    sums = [0.0] * tree.graph.size
    sums[tree.target] = 1.0
    ways = (source[nearer].tolist(), target[nearer].tolist(), chance[nearer].tolist())
    for from_, to, p in zip(*ways, strict=True):
        sums[from_] += p * sums[to]
    return np.array(sums)


def _listed(
    node: int, goal: int, starts: list[int], heads: list[int], chances: list[float], enough: float
) -> float:
    """The sum over the loop-free paths of a node; infinite if it reaches `enough` or takes too long."""
    total, looked_at = 0.0, 0
    path, products, places = [node], [1.0], [starts[node]]
    while path:
        place = places[-1]
        if place == starts[path[-1] + 1]:
            for stack in (path, products, places):
                stack.pop()
            continue
        places[-1] += 1
        head = heads[place]
        if head in path:
            continue
        product = products[-1] * chances[place]
        if head == goal:
            total += product
            if total >= enough:
                return math.inf
            continue
        looked_at += 1
        if looked_at > _BUDGET:
            return math.inf
        path.append(head)
        products.append(product)
        places.append(starts[head])
    return total
