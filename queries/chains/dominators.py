"""Which steps lie on loop-free paths to a person at all."""

from __future__ import annotations

import math

import numpy as np

from queries.chains.step_graph import Ints, StepGraph
from queries.people import Bools, Floats

__all__ = ["useful_steps"]


def useful_steps(graph: StepGraph, target: int, cost: Floats) -> Bools:
    """The steps that lie on a loop-free path of anybody to `target`; `cost` is that of each one's best path.

    A step is none of them if it leaves the target, leads to somebody who cannot get there, or to somebody
    all of whose paths come back through the one it leaves (who dominates him, seen from the target).
    O(steps) in few passes.
    """
    first, last = _intervals(graph, target, cost)
    back = (first[graph.source] <= first[graph.target]) & (last[graph.target] <= last[graph.source])
    useful: Bools = np.isfinite(cost[graph.target]) & (graph.source != target) & ~back
    return useful


def _dominators(graph: StepGraph, target: int, cost: Floats) -> tuple[list[int], list[int]]:
    """Nodes by cost, and for each the nearest one that lies on all its paths to the target.

    Source: Cooper, Harvey, Kennedy, A simple, fast dominance algorithm, 2001; a dominator always costs
    less than who it dominates, so the order by cost serves as their numbering.
    """
    order = [node for node in np.argsort(cost, kind="stable").tolist() if math.isfinite(cost[node])]
    place = [-1] * graph.size
    for rank, node in enumerate(order):
        place[node] = rank
    starts, heads, _, _ = graph.ways.lists
    above = [-1] * graph.size
    above[target] = target
    changed = True
    while changed:
        changed = False
        for node in order[1:]:
            common = -1
            for head in heads[starts[node] : starts[node + 1]]:
                if place[head] < 0 or above[head] < 0:
                    continue
                other = common if common >= 0 else head
                while head != other:
                    if place[head] > place[other]:
                        head = above[head]
                    else:
                        other = above[other]
                common = head
            if above[node] != common:
                above[node] = common
                changed = True
    return order, above


def _intervals(graph: StepGraph, target: int, cost: Floats) -> tuple[Ints, Ints]:
    """Where the subtree of each node begins and ends in the tree of dominators."""
    order, above = _dominators(graph, target, cost)
    below = [1] * graph.size
    for node in reversed(order[1:]):
        below[above[node]] += below[node]
    first, free = [0] * graph.size, [1] * graph.size
    for node in order[1:]:
        first[node] = free[above[node]]
        free[above[node]] += below[node]
        free[node] = first[node] + 1
    begin = np.array(first, dtype=np.int32)
    return begin, begin + np.array(below, dtype=np.int32)
