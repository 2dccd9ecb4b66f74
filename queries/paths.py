"""Best chains: the most probable path of everybody to one person, and the k best of one pair."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from queries.dominators import useful_steps
from queries.people import Bools, Floats
from queries.step_graph import Ints, StepGraph

__all__ = ["Path", "Tree", "best_avoiding", "best_paths", "best_to"]


@dataclass(frozen=True, slots=True)
class Path:
    """A loop-free path: its nodes (source first) and its steps, one fewer."""

    nodes: tuple[int, ...]
    steps: tuple[int, ...]

    def probability(self, graph: StepGraph) -> float:
        """The product of its steps', multiplied from the target on as `Tree.probability` does."""
        p = 1.0
        for step in reversed(self.steps):
            p = float(graph.probability[step]) * p
        return p


@dataclass(frozen=True, eq=False)
class Tree:
    """The best path of every node to `target`. `cost` is infinite and `next` −1 where there is none.

    Of paths of equal cost the one of fewer hops is best, then the one whose ids come first.
    """

    graph: StepGraph
    target: int
    cost: Floats
    hops: Floats
    next: Ints
    step: Ints
    """The step (of the step graph) to `next`, −1 where there is none."""

    @cached_property
    def lists(self) -> tuple[list[float], list[float], list[int]]:
        """cost, hops and next as plain lists."""
        return self.cost.tolist(), self.hops.tolist(), self.next.tolist()

    @cached_property
    def fewest(self) -> list[float]:
        """The fewest hops of each node to the target, however improbable."""
        hops: list[float] = dijkstra(self.graph.ways.backward, indices=self.target, unweighted=True).tolist()
        return hops

    @cached_property
    def rings(self) -> list[Ints]:
        """Who gets to the target by their best path in one hop, in two and so on."""
        far = np.flatnonzero(self.next >= 0).astype(np.int32)
        far = far[np.argsort(self.hops[far], kind="stable")]
        return np.split(far, np.flatnonzero(np.diff(self.hops[far])) + 1)

    @cached_property
    def useful(self) -> Bools:
        """The steps that lie on a loop-free path of anybody to the target."""
        return useful_steps(self.graph, self.target, self.cost)

    @cached_property
    def probability(self) -> Floats:
        """The probability of each node's best path; 1 at the target, 0 where there is none."""
        best = np.zeros(self.graph.size)
        best[self.target] = 1.0
        for ring in self.rings:
            best[ring] = self.graph.probability[self.step[ring]] * best[self.next[ring]]
        return best


def best_to(graph: StepGraph, target: int) -> Tree:
    """The most probable path of every node to `target`.

    Dijkstra from the target on costs −ln p, then the choice among ties. O(steps log nodes).
    Source: Dijkstra, A note on two problems in connexion with graphs, 1959.
    """
    ways = graph.ways
    cost = dijkstra(ways.backward, indices=target)
    ahead = cost[ways.target]
    tight = np.flatnonzero(np.isfinite(ahead) & (cost[ways.source] == ways.cost + ahead))
    # Every best path consists of tight ways, and a cost is at least 1, so these have no cycles.
    ends = (ways.target[tight], ways.source[tight])
    kept = csr_matrix((np.ones(len(tight)), ends), shape=(graph.size, graph.size))
    hops = dijkstra(kept, indices=target, unweighted=True)
    short = tight[hops[ends[1]] == hops[ends[0]] + 1]
    # Ways are sorted by target within a source and positions stand in the order of ids: the first is chosen.
    source, first = np.unique(ways.source[short], return_index=True)
    next_, step = np.full(graph.size, -1, dtype=np.int32), np.full(graph.size, -1, dtype=np.int32)
    next_[source] = ways.target[short[first]]
    step[source] = ways.step[short[first]]
    return Tree(graph, target, cost, hops, next_, step)


def best_paths(tree: Tree, source: int, k: int, extra_hops: float = math.inf) -> list[Path]:
    """The k most probable loop-free paths to the tree's target, by cost, then hops, then ids along the path.

    Paths are sequences of people, each pair joined by its most probable step. The best one may have any
    number of hops, the others at most `extra_hops` more. Empty if no path joins the two.

    Lawler's partition of Yen's algorithm with the reverse tree's costs as potentials, which are exact: a
    deviation is kept at its lower bound (its first step, then the best path of anybody) and searched for
    by A* only if it comes first and runs into itself. O(k · hops · degree) where that is rare.

    Sources: Yen, Management Science 17(11), 1971; Lawler, Management Science 18(7), 1972.
    """
    if source == tree.target or not math.isfinite(tree.cost[source]):
        return []
    search = _Search(tree)
    best = search.onward(source)
    limit = len(best) - 1 + extra_hops
    found: list[Path] = []
    # Of all paths that begin with path[:at + 1] and then go to nobody in `shut`, none is before this one.
    heap: list[_Candidate] = [(search.cost[source], len(best) - 1, best, 0, 0.0, frozenset(), True)]
    while heap:
        _, hops, path, at, spent, shut, sure = heappop(heap)
        if not sure and (hops > limit or len(set(path)) <= hops):
            again = search.around(path[: at + 1], spent, shut, limit)
            if again is not None:
                heappush(heap, (*again, at, spent, shut, True))
            continue
        found.append(search.path(path))
        if len(found) == k:
            break
        for place in range(at, hops):
            shut = (shut if place == at else frozenset()) | {path[place + 1]}
            deviation = search.deviation(path[: place + 1], spent, shut)
            if deviation is not None:
                heappush(heap, (*deviation, place, spent, shut, False))
            spent += search.costs[search.way(path[place], path[place + 1])]
    return found


def best_avoiding(tree: Tree, source: int, avoid: Collection[int]) -> Path | None:
    """The most probable path that passes through nobody in `avoid` (the ends may be among them)."""
    search = _Search(tree)
    between = frozenset(avoid) - {tree.target}
    found = search.around((source,), 0.0, frozenset(), math.inf, between)
    return None if found is None else search.path(found[2])


_Found = tuple[float, int, tuple[int, ...]]
_Candidate = tuple[float, int, tuple[int, ...], int, float, frozenset[int], bool]


class _Search:
    """What a search for one target reads, as plain lists. A path found is (cost, hops, nodes)."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.starts, self.heads, self.costs = tree.graph.ways.lists
        self.cost, self.hops, self.next = tree.lists

    def onward(self, node: int) -> tuple[int, ...]:
        """The best path from `node`."""
        path = [node]
        while path[-1] != self.tree.target:
            path.append(self.next[path[-1]])
        return tuple(path)

    def way(self, source: int, target: int) -> int:
        """The place of the way from `source` to `target`."""
        return bisect_left(self.heads, target, self.starts[source], self.starts[source + 1])

    def path(self, nodes: tuple[int, ...]) -> Path:
        """The path over the most probable steps."""
        ways = [self.way(*pair) for pair in pairwise(nodes)]
        return Path(nodes, tuple(int(self.tree.graph.ways.step[way]) for way in ways))

    def deviation(self, stem: tuple[int, ...], spent: float, shut: frozenset[int]) -> _Found | None:
        """A lower bound of what begins with `stem` (of cost `spent`) and goes on to nobody in `shut`.

        The bound is a walk: it may come back to its stem.
        """
        best, hops, to = math.inf, math.inf, -1
        for way in range(self.starts[stem[-1]], self.starts[stem[-1] + 1]):
            node = self.heads[way]
            cost = self.costs[way] + self.cost[node]
            if cost > best or node in shut or node in stem:
                continue
            if cost < best or self.hops[node] < hops:
                best, hops, to = cost, self.hops[node], node
        if to < 0:
            return None
        path = stem + self.onward(to)
        return spent + best, len(path) - 1, path

    def around(
        self,
        stem: tuple[int, ...],
        spent: float,
        shut: frozenset[int],
        limit: float,
        avoid: frozenset[int] = frozenset(),
    ) -> _Found | None:
        """The best loop-free path that begins with `stem`, then avoids `shut`, of at most `limit` hops.

        A* with exact potentials. A node is expanded again only by a path of fewer hops, as the limit may
        want it; a path that meets itself is never one.
        """
        barred = avoid.union(stem)
        fewest = self.tree.fewest if math.isfinite(limit) else self.hops
        reached: dict[int, int] = {}
        heap = [(0.0, 0.0, stem, spent)]
        while heap:
            _, _, path, spent = heappop(heap)
            node, length = path[-1], len(path)
            if node == self.tree.target:
                return spent, length - 1, path
            if reached.get(node, length + 1) <= length:
                continue
            reached[node] = length
            for way in range(self.starts[node], self.starts[node + 1]):
                to = self.heads[way]
                if to in barred or length + fewest[to] > limit or (to in shut and path is stem):
                    continue
                if reached.get(to, length + 2) <= length + 1 or self.cost[to] == math.inf:
                    continue
                sum_ = spent + self.costs[way]
                heappush(heap, (sum_ + self.cost[to], length + self.hops[to], (*path, to), sum_))
        return None
