"""Best chains: the most probable path of everybody to one person, and the k best of one pair."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, insort
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, dijkstra

from queries.chains.dominators import useful_steps
from queries.chains.step_graph import Ints, StepGraph
from queries.people import Bools, Floats

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
    rings: list[Ints]
    """The target; who gets there by their best path in one hop; in two; and so on."""

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
    def useful(self) -> Bools:
        """The steps that lie on a loop-free path of anybody to the target."""
        return useful_steps(self.graph, self.target, self.cost)

    @cached_property
    def probability(self) -> Floats:
        """The probability of each node's best path; 1 at the target, 0 where there is none."""
        best = np.zeros(self.graph.size)
        best[self.target] = 1.0
        for ring in self.rings[1:]:
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
    tight = np.isfinite(ahead) & (cost[ways.source] == ways.cost + ahead)
    # Every best path consists of tight ways, and as a cost is at least 1, these run in no circle.
    rings = _rings(ways.kept_backward(tight), target)
    hops = np.full(graph.size, np.inf)
    for far, ring in enumerate(rings):
        hops[ring] = far
    short = np.flatnonzero(tight & (hops[ways.source] == hops[ways.target] + 1))
    # Ways are sorted by target within a source and positions stand in the order of ids: the first is chosen.
    source = ways.source[short]
    first = np.ones(len(short), dtype=bool)
    np.not_equal(source[1:], source[:-1], out=first[1:])
    short, source = short[first], source[first]
    next_, step = np.full(graph.size, -1, dtype=np.int32), np.full(graph.size, -1, dtype=np.int32)
    next_[source] = ways.target[short]
    step[source] = ways.step[short]
    return Tree(graph, target, cost, hops, next_, step, rings)


def _rings(backward: csr_matrix, target: int) -> list[Ints]:
    """The nodes no hops from the target, one hop, two and so on."""
    order, before = breadth_first_order(backward, target)
    place = np.empty(backward.shape[0], dtype=np.int32)
    place[order] = np.arange(len(order))
    ahead = place[before[order[1:]]]  # ascending, as who is found first leads on first
    ends = [1]
    while ends[-1] < len(order):
        ends.append(1 + int(np.searchsorted(ahead, ends[-1])))
    return [order[begin:end] for begin, end in pairwise((0, *ends))]


def best_paths(tree: Tree, source: int, k: int, extra_hops: float = math.inf) -> list[Path]:
    """The k most probable loop-free paths to the tree's target, by cost, then hops, then ids along the path.

    Paths are sequences of people, each pair joined by its most probable step. The best one may have any
    number of hops, the others at most `extra_hops` more. Empty if no path joins the two.

    The search of Yen with Lawler's partition, a set of which is all loop-free paths with the same beginning.
    The reverse tree's costs are exact potentials: a set is kept at a lower bound, its beginning and then
    the best path of anybody. Only where that comes first and runs into itself is the set searched, by A*,
    and only while the search's bound comes first. Whatever costs more than the k cheapest paths known of
    is left out. O(k · hops · degree) where best paths seldom run into themselves.

    Sources: Yen, Management Science 17(11), 1971; Lawler, Management Science 18(7), 1972.
    """
    if source == tree.target or not math.isfinite(tree.cost[source]):
        return []
    search = _Search(tree, k)
    best = search.onward(source)
    search.limit = len(best) - 1 + extra_hops
    search.offer((), set(), source, 0.0)
    found: list[Path] = []
    while search.sets and len(found) < k:
        (_, _, walk), part = heappop(search.sets)
        path = walk if part.sure else search.advance(part)
        if path is not None:
            found.append(search.path(path))
            search.split(part, path)
    return found


def best_avoiding(tree: Tree, source: int, avoid: Collection[int]) -> Path | None:
    """The most probable path that passes through nobody in `avoid` (the ends may be among them)."""
    search = _Search(tree, 1)
    path = search.advance(_Set((source,), 0.0, False), frozenset(avoid) - {tree.target})
    return search.path(path) if path else None


_Key = tuple[float, float, tuple[int, ...]]
"""Cost, hops and nodes of a path or of a lower bound: what the order of chains goes by."""


@dataclass(slots=True)
class _Set:
    """All loop-free paths that begin with `stem`, which costs `spent`; `sure` if its bound is one of them.

    `labels` is the search for the best of them: a heap of (lower bound, cost so far), the nodes so far in
    the bound; `reached` the fewest nodes by which each node was reached. None before it begins.
    """

    stem: tuple[int, ...]
    spent: float
    sure: bool
    labels: list[tuple[_Key, float]] | None = None
    reached: dict[int, int] | None = None

    def __lt__(self, other: _Set) -> bool:
        """No set comes before another: their bounds differ, as no walk belongs to two."""
        return False


class _Search:
    """The search for the k best paths to the target of a tree, which it reads as plain lists."""

    def __init__(self, tree: Tree, k: int) -> None:
        self.tree, self.k = tree, k
        self.starts, self.heads, self.costs, self.steps = tree.graph.ways.lists
        self.cost, self.hops, self.next = tree.lists
        self.limit = math.inf
        """Most hops of a path."""
        self.sets: list[tuple[_Key, _Set]] = []
        self.cheapest: list[float] = []
        """Costs of the k cheapest paths known of, found or still in `sets`."""
        self.most = sys.float_info.max
        """What a path may cost: no more than the last of them."""
        self.onwards: dict[int, tuple[int, ...]] = {}
        """Best paths by where they begin, as far as they were asked for: many sets end at the same node."""

    def onward(self, node: int) -> tuple[int, ...]:
        """The best path from `node`."""
        known = self.onwards.get(node)
        if known is not None:
            return known
        path, onto, here = [node], self.next, node
        while here != self.tree.target:
            here = onto[here]
            path.append(here)
        found = self.onwards[node] = tuple(path)
        return found

    def path(self, nodes: tuple[int, ...]) -> Path:
        """The path over the most probable steps."""
        return Path(nodes, tuple([self.steps[self._way(*pair)] for pair in pairwise(nodes)]))

    def _way(self, source: int, target: int) -> int:
        return bisect_left(self.heads, target, self.starts[source], self.starts[source + 1])

    def known(self, cost: float) -> None:
        """Takes note of one more path."""
        insort(self.cheapest, cost)
        if len(self.cheapest) >= self.k:
            del self.cheapest[self.k :]
            self.most = self.cheapest[-1]

    def offer(self, stem: tuple[int, ...], passed: set[int], end: int, spent: float) -> None:
        """Adds the set of a stem (its nodes are `passed`) and one more node, of cost `spent`.

        It is kept under a lower bound, a walk that may come back to its stem.
        """
        bound, rest = spent + self.cost[end], self.onward(end)
        hops = len(stem) + len(rest) - 1
        sure = hops <= self.limit and passed.isdisjoint(rest)
        heappush(self.sets, ((bound, hops, stem + rest), _Set((*stem, end), spent, sure)))
        if sure:
            self.known(bound)

    def split(self, part: _Set, path: tuple[int, ...]) -> None:
        """Offers the sets that a set falls into without one path of it."""
        spent, passed = part.spent, set(part.stem)
        starts, heads, costs, left = self.starts, self.heads, self.costs, self.cost
        for end in range(len(part.stem), len(path)):
            stem, last, onto = path[:end], path[end - 1], path[end]
            first, after = starts[last], starts[last + 1]
            for node, step in zip(heads[first:after], costs[first:after], strict=True):
                cost = spent + step
                if node == onto:
                    ahead = cost
                elif cost + left[node] <= self.most and node not in passed:
                    self.offer(stem, passed, node, cost)
            spent = ahead
            passed.add(onto)

    def advance(self, part: _Set, avoid: frozenset[int] = frozenset()) -> tuple[int, ...] | None:
        """The best path of a set, not through `avoid`; None if it has none that is not too long or costly,
        or as soon as another set comes first: then this one is kept with its search.

        A* with exact potentials. A node is expanded again only by a path of fewer hops, as the limit may
        want it; a path that meets itself is never one.
        """
        if part.labels is None or part.reached is None:
            part.labels = [((part.spent, 0.0, part.stem), part.spent)]
            part.reached = dict.fromkeys(avoid.union(part.stem[:-1]), 0)
        labels, reached, limit, most = part.labels, part.reached, self.limit, self.most
        starts, heads, costs, left, hops = self.starts, self.heads, self.costs, self.cost, self.hops
        while labels:
            if self.sets and self.sets[0][0] < labels[0][0]:
                heappush(self.sets, (labels[0][0], part))
                return None
            (_, _, path), spent = heappop(labels)
            node, length = path[-1], len(path)
            if node == self.tree.target:
                self.known(spent)
                return path
            if reached.get(node, length + 1) <= length:
                continue
            reached[node] = length
            first, after, longer = starts[node], starts[node + 1], length + 1
            for to, step in zip(heads[first:after], costs[first:after], strict=True):
                cost = spent + step
                bound = cost + left[to]
                if bound > most or (to in reached and reached[to] <= longer):
                    continue
                long = length + hops[to]
                if long > limit and length + self.tree.fewest[to] > limit:
                    continue
                heappush(labels, ((bound, long, (*path, to)), cost))
        return None
