"""Small step graphs for the tests of chains and reach, and the slow definitions they are compared with."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from models.enums import EdgeKind
from queries.chains.step_graph import Part, StepGraph, step_graph

Step = tuple[int, int, float]

CHANCES = (0.05, 0.2, 0.25, 0.5, 0.5, 0.8, 0.9)
"""Few values, one the square of another, so that ties are common."""


def steps_between(size: int, steps: Sequence[Step], names: Sequence[str] | None = None) -> StepGraph:
    """Contacts 0 … size−1 with the given steps; the edge of step i is called "e<i>"."""
    source, target, chance = zip(*steps, strict=True) if steps else ((), (), ())
    ids = [f"e{place}" for place in range(len(steps))]
    part = Part(
        EdgeKind.INFLUENCES,
        np.array(source, dtype=np.int32),
        np.array(target, dtype=np.int32),
        np.array(chance, dtype=np.float64),
        ids,
    )
    return step_graph(names or [f"p{node:04}" for node in range(size)], size, [part])


@st.composite
def step_lists(draw: st.DrawFn, size: int = 6, most: int = 14) -> list[Step]:
    """Steps among `size` people, parallel ones among them."""
    steps = st.sampled_from([(*pair, chance) for pair in permutations(range(size), 2) for chance in CHANCES])
    return draw(st.lists(steps, max_size=most))


@st.composite
def wired(draw: st.DrawFn, size: int) -> list[Step]:
    """Steps between half of all pairs, so that best paths run into themselves; chances all apart or equal."""
    order = draw(st.randoms(use_true_random=False))
    pairs = [(one, other) for one in range(size) for other in range(size) if one != other]
    least, most = draw(st.sampled_from([(0.01, 0.99), (0.5, 0.5)]))
    return [(*pair, order.uniform(least, most)) for pair in order.sample(pairs, len(pairs) // 2)]


def node_paths(graph: StepGraph, source: int, target: int) -> list[tuple[int, ...]]:
    """All loop-free paths as sequences of nodes, tried one by one, in the order of chains."""
    g: nx.DiGraph[int] = nx.DiGraph()
    g.add_nodes_from(range(graph.size))
    g.add_edges_from(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    paths = [tuple(path) for path in nx.all_simple_paths(g, source, target)]
    return sorted(paths, key=lambda path: (path_cost(graph, path), len(path), path))


def path_cost(graph: StepGraph, path: Sequence[int]) -> float:
    """The cost of a path over the cheapest step of each pair."""
    return sum(min(graph.cost[step] for step in _between(graph, *pair)) for pair in pairwise(path))


def sum_over_paths(graph: StepGraph, source: int, target: int) -> float:
    """The sum of the probabilities of all loop-free paths, parallel steps making different ones."""
    paths = node_paths(graph, source, target)
    return sum(
        math.prod(sum(graph.probability[_between(graph, *pair)]) for pair in pairwise(path)) for path in paths
    )


def reach_by_worlds(graph: StepGraph, target: int) -> list[float]:
    """The reach of every node to `target`, world by world."""
    reached = [0.0] * graph.size
    for carried in product((False, True), repeat=len(graph)):
        chances = np.where(carried, graph.probability, 1 - graph.probability)
        g: nx.DiGraph[int] = nx.DiGraph()
        g.add_nodes_from(range(graph.size))
        g.add_edges_from((graph.target[step], graph.source[step]) for step in np.flatnonzero(carried))
        for node in [target, *nx.descendants(g, target)]:
            reached[node] += math.prod(chances.tolist())
    return reached


def without_each(graph: StepGraph) -> Iterator[StepGraph]:
    """The graph without its first step, without its second and so on."""
    for step in range(len(graph)):
        yield graph.where(np.arange(len(graph)) != step)


def _between(graph: StepGraph, source: int, target: int) -> list[int]:
    found: list[int] = np.flatnonzero((graph.source == source) & (graph.target == target)).tolist()
    return found
