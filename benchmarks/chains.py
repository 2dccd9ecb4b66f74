"""Chains beside networkx (everybody's best) and igraph (the k best of a pair); what a whole account costs."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import igraph
import networkx
import numpy as np

from benchmarks import peers
from benchmarks.accounts import ON, Shape, fresh, graph
from benchmarks.figures import Figure
from benchmarks.timing import exponent, in_turns, result_of
from models.enums import ChainSource
from queries.chains.best import decision_chains
from queries.chains.paths import Path, best_paths, best_to
from queries.chains.reach import reach_to
from queries.chains.step_graph import StepGraph
from queries.chains.steps import steps_of

K, PAIRS, ROUNDS = 10, 60, 3
GROWTH = (1_000, 3_162, 10_000, 31_623, 100_000)
HEAD = "p0"


def account_steps(people: int) -> StepGraph:
    """The steps of an account with five ties a person, a tenth of which we know."""
    return steps_of(graph(Shape(people, 5 * people, people // 10)), on=ON)


def columns(steps: StepGraph) -> peers.Columns:
    """The most probable step of each pair, with its cost."""
    return peers.Columns(steps.size, steps.ways.source, steps.ways.target, steps.ways.cost)


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    small, large = account_steps(1_000), account_steps(10_000)
    yield from _everybody(large)
    yield _pairs(small, "1,000", least=5)
    yield _pairs(large, "10,000", least=10)
    yield from _whole_account()
    seconds = in_turns({str(size): _one_best(size) for size in GROWTH}, runs=3)
    rise = exponent(list(GROWTH), list(seconds.values()))
    what = "growth, 1,000 … 100,000 people: all best chains to one person, from the snapshot"
    yield Figure("chains", what, rise, "exponent", most=1.1)


def _everybody(steps: StepGraph) -> Iterator[Figure]:
    target = 0
    given = columns(steps)
    backward = peers.of_networkx(peers.Columns(given.size, given.target, given.source, given.weight))
    found = networkx.single_source_dijkstra_path_length(backward, target)
    ours = best_to(steps, target).cost
    assert all(found.get(node, np.inf) == cost for node, cost in enumerate(ours.tolist())), "costs differ"
    ways: dict[str, Callable[[], Any]] = {
        "ours": lambda: best_to(steps, target),
        "networkx": lambda: networkx.single_source_dijkstra(backward, target),
    }
    times = in_turns(ways)
    what = "everybody's best chain to one person, 10,000 people: networkx, graph built"
    yield Figure("chains", what, times["networkx"] / times["ours"], least=10)


def _pairs(steps: StepGraph, size: str, least: float) -> Figure:
    """The k best chains of some pairs, to ten people at the top."""
    given = columns(steps)
    theirs = peers.of_igraph(given)
    chance = np.random.default_rng(7)
    pairs = [(int(chance.integers(steps.contacts // 8, steps.contacts)), pair % 10) for pair in range(PAIRS)]
    for source, target in pairs:
        mine = [float(sum(steps.cost[list(path.steps)])) for path in _ours(steps, source, target)]
        found = _k_best(theirs, source, target)
        assert mine == [sum(theirs.es[path]["weight"]) for path in found], "other chains"
    times: dict[str, list[float]] = {"ours": [], "igraph": []}
    for source, target in pairs:
        ways = {
            "ours": partial(_ours, steps, source, target),
            "igraph": partial(_k_best, theirs, source, target),
        }
        rounds = [{name: result_of(work)[1] for name, work in ways.items()} for _ in range(ROUNDS)]
        for name in ways:
            times[name].append(statistics.median(took[name] for took in rounds))
    ratio = statistics.median(times["igraph"]) / statistics.median(times["ours"])
    what = f"{K} best loop-free chains of a pair, {size} people, tree included: igraph, graph built"
    return Figure("chains", what, ratio, least=least)


def _ours(steps: StepGraph, source: int, target: int) -> list[Path]:
    return best_paths(best_to(steps, target), source, K)


def _k_best(theirs: igraph.Graph, source: int, target: int) -> Any:
    return theirs.get_k_shortest_paths(source, target, k=K, weights="weight", output="epath")


def _whole_account() -> Iterator[Figure]:
    account = graph(Shape(1_000, 5_000, 100))
    steps = steps_of(account, on=ON)
    tree = best_to(steps, 0)
    everybody = range(1, steps.contacts)
    times = in_turns(
        {
            "k best": lambda: [best_paths(tree, source, K, 6) for source in everybody],
            "answer": lambda: decision_chains(
                fresh(account), on=ON, source=ChainSource.ALL, target_ids=[HEAD], k=K
            ),
            "reach": lambda: reach_to(replace(steps), 0),  # which keeps no answers
        },
        runs=3,
    )
    yield Figure("chains", f"{K} best chains of all 1,000 people to one", times["k best"], "s", most=5)
    what = f"the whole answer: {K} best chains of all 1,000, reach, from the snapshot"
    yield Figure("chains", what, times["answer"], "s")
    yield Figure("chains", "reach of all 1,000 people to one", times["reach"], "s", most=1)


def _one_best(people: int) -> Callable[[], Any]:
    account = graph(Shape(people, 5 * people, people // 10))
    return lambda: best_to(steps_of(fresh(account), on=ON), 0)
