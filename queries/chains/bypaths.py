"""What the loop-free paths of somebody sum up to, where they are few enough to be listed."""

from __future__ import annotations

import math

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from queries.chains.paths import Tree
from queries.chains.step_graph import Ints
from queries.people import Bools, Floats

__all__ = ["sums_over_paths"]

_BUDGET = 200
"""Most beginnings of paths looked at to list those of one person."""


def sums_over_paths(tree: Tree, usable: Bools) -> Floats:
    """The sum of the probabilities of each node's loop-free paths over usable steps; infinite where many.

    Parallel steps make different paths. Many is what takes more than a fixed effort to list; who is led
    to more people than that is not tried. O(steps + people tried · effort).
    """
    graph = tree.graph
    sums = np.full(graph.size, np.inf)
    steps = np.flatnonzero(usable & tree.useful)
    if not len(steps):
        return sums
    source, target = graph.source[steps], graph.target[steps]
    begin = np.flatnonzero(np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])])
    source, target = source[begin], target[begin]
    chances = np.add.reduceat(graph.probability[steps], begin).tolist()
    starts = np.searchsorted(source, np.arange(graph.size + 1)).tolist()
    few = ~_led_to_many(source, target, graph.size)
    few[np.isinf(tree.cost)] = False
    few[tree.target] = False
    heads = target.tolist()
    for node in np.flatnonzero(few).tolist():
        sums[node] = _listed(node, tree.target, starts, heads, chances)
    return sums


def _led_to_many(source: Ints, target: Ints, size: int) -> Bools:
    """Who is led into a circle of people larger than the budget."""
    ways = csr_matrix((np.ones(len(source)), (source, target)), shape=(size, size))
    _, circle = connected_components(ways, directed=True, connection="strong")
    many: Bools = np.bincount(circle)[circle] > _BUDGET
    while True:
        more = source[many[target] & ~many[source]]
        if not len(more):
            return many
        many[more] = True


def _listed(node: int, goal: int, starts: list[int], heads: list[int], chances: list[float]) -> float:
    """The sum over the loop-free paths of one node; infinite if listing them takes too long."""
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
            continue
        looked_at += 1
        if looked_at > _BUDGET:
            return math.inf
        path.append(head)
        products.append(product)
        places.append(starts[head])
    return total
