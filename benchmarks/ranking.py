"""Ranking beside the PageRank of networkx, rustworkx, igraph and networkit, and beside bare sparse products.

All solve the same equation on the same ties to the same distance: everybody here has a boss or nobody to
listen to, so that ours is personalised PageRank (networkit knows no personal prior and has all alike).
That they agree is checked before anything is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import networkit
import networkx
import numpy as np
import rustworkx
from scipy.sparse import csr_array

from benchmarks import peers
from benchmarks.accounts import ON, Shape, fresh, graph
from benchmarks.figures import Figure
from benchmarks.timing import exponent, in_turns
from models.graph import AccountGraph
from queries.influence import sweeps, walks
from queries.influence.case import Asked, Case
from queries.influence.ranking import influence_scores, rank_influencers
from queries.influence.sweeps import Sweeps
from queries.rules import DEFAULT_RULES

TOLERANCE = 1e-12
LARGE, HUGE = Shape(100_000, 500_000), Shape(100_000, 1_000_000)
GROWTH = (1_000, 3_162, 10_000, 31_623, 100_000)


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    account = graph(LARGE)
    yield from _beside_peers(account, f"{LARGE.people:,} people, {LARGE.ties:,} ties")
    del account
    yield from _beside_products(graph(HUGE))
    seconds = in_turns({str(size): _whole(graph(Shape(size, 5 * size))) for size in GROWTH}, runs=3)
    rise = exponent(list(GROWTH), list(seconds.values()))
    yield Figure("ranking", "growth, 1,000 … 100,000 people, from the snapshot", rise, "exponent", most=1.1)


def _whole(account: AccountGraph) -> Callable[[], Any]:
    return lambda: rank_influencers(fresh(account), on=ON, limit=50)


def _beside_peers(account: AccountGraph, size: str) -> Iterator[Figure]:
    given, prior = columns(account)
    builds: dict[str, Callable[[peers.Columns], Any]] = {
        "networkx": peers.of_networkx,
        "rustworkx": peers.of_rustworkx,
        "igraph": peers.of_igraph,
        "networkit": peers.of_networkit,
    }
    built = {name: build(given) for name, build in builds.items()}
    ranks = {name: _rank(name, prior) for name in builds}
    ours = influence_scores(account, on=ON).share
    for name in ("networkx", "rustworkx", "igraph"):
        assert np.abs(ranks[name](built[name]) - ours).max() < 1e-10, f"{name} answers another question"
    cold = {"ours": lambda: influence_scores(fresh(account), on=ON)}
    warm = {"ours warm": lambda: influence_scores(account, on=ON)}
    ready = {name: (lambda name=name: ranks[name](built[name])) for name in builds}
    raw = {f"{name} built": (lambda name=name: ranks[name](builds[name](given))) for name in builds}
    slow = ("networkx",)
    times = in_turns({**cold, **warm, **{n: w for n, w in ready.items() if n not in slow}}, runs=7)
    once = {**cold, **{n: w for n, w in ready.items() if n in slow}, **raw}
    times |= {name: took for name, took in in_turns(once, runs=1, warm=False).items() if name != "ours"}
    fast = [name for name in builds if name != "networkx"]
    best = min(times[name] for name in fast)
    best_built = min(times[f"{name} built"] for name in fast)
    ours_s = times["ours"]
    yield Figure("ranking", f"{size}: networkx, graph built", times["networkx"] / ours_s, least=50)
    yield Figure("ranking", f"{size}: networkx, from the columns", times["networkx built"] / ours_s)
    for name in fast:
        yield Figure("ranking", f"{size}: {name}, graph built", times[name] / ours_s)
        yield Figure("ranking", f"{size}: {name}, from the columns", times[f"{name} built"] / ours_s)
    yield Figure("ranking", f"{size}: the fastest of these three, graph built", best / ours_s, least=1.7)
    yield Figure("ranking", f"{size}: the fastest of them, from the columns", best_built / ours_s, least=5)
    yield Figure("ranking", f"{size}: ours, asked again of the same snapshot", times["ours warm"] / ours_s)


def columns(account: AccountGraph) -> tuple[peers.Columns, np.ndarray[Any, Any]]:
    """Our ties and prior as columns, from who listens to who is heard."""
    walk = Case.of(account.on(ON), DEFAULT_RULES, Asked()).model
    assert isinstance(walk, walks.Walk)
    pair = walk.ties.heard.astype(np.int64) * walk.ties.people + walk.ties.listener
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    weight = np.add.reduceat(walk.ties.weight, first)
    return peers.Columns(
        walk.ties.people, walk.ties.listener[first], walk.ties.heard[first], weight
    ), walk.prior


def _rank(name: str, prior: np.ndarray[Any, Any]) -> Callable[[Any], Any]:
    size, begins, table = len(prior), prior.tolist(), dict(enumerate(prior.tolist()))
    near = TOLERANCE / size  # networkx and rustworkx multiply it by the number of nodes

    def listed(ranks: Any) -> np.ndarray[Any, Any]:
        return np.array([ranks[node] for node in range(size)])

    def by_networkit(g: Any) -> None:
        sinks = networkit.centrality.SinkHandling.DistributeSinks
        networkit.centrality.PageRank(g, 0.85, TOLERANCE, distributeSinks=sinks).run()

    ways: dict[str, Callable[[Any], Any]] = {
        "networkx": lambda g: listed(networkx.pagerank(g, 0.85, table, 1_000, near)),
        "rustworkx": lambda g: listed(
            rustworkx.pagerank(
                g, alpha=0.85, weight_fn=float, personalization=table, tol=near, max_iter=1_000
            )
        ),
        "igraph": lambda g: np.array(g.personalized_pagerank(damping=0.85, reset=begins, weights="weight")),
        "networkit": by_networkit,
    }
    return ways[name]


def _beside_products(account: AccountGraph) -> Iterator[Figure]:
    """Ours beside nothing but the products that plain iteration to the same distance takes, and its own."""
    walk = Case.of(account.on(ON), DEFAULT_RULES, Asked()).model
    matrix = csr_array(
        (walk.ties.weight, walk.ties.listener, walk.ties.starts()), shape=(walk.ties.people,) * 2
    )
    start = np.full(walk.ties.people, 1 / walk.ties.people)

    def products(rounds: int) -> None:
        x = start
        for _ in range(rounds):
            x = matrix @ x

    plainly, made = _rounds(walk, plainly=True), _rounds(walk)
    times = in_turns(
        {
            "ours": lambda: walk.shares(walk.ties.weight[None, :], TOLERANCE),
            "plainly": lambda: products(plainly),
            "made": lambda: products(made),
        },
        9,
    )
    what = f"{HUGE.ties:,} ties: ours beside the {plainly} bare scipy products of plain iteration"
    yield Figure("ranking", what, times["ours"] / times["plainly"], most=1.3)
    what = f"{HUGE.ties:,} ties: ours beside as many bare scipy products as it makes, {made}"
    yield Figure("ranking", what, times["ours"] / times["made"])


def _rounds(walk: Any, plainly: bool = False) -> int:
    """How many sweeps, each of the entries of one product, a ranking takes; `plainly`, without ranks."""
    made = 0
    carry = Sweeps.carry

    def counted(self: Sweeps, *given: Any) -> None:
        nonlocal made
        made += 1
        carry(self, *given)

    with ExitStack() as patches:
        patches.enter_context(patch.object(Sweeps, "carry", counted))
        if plainly:
            flat = np.zeros(walk.ties.people, dtype=np.int32)
            patches.enter_context(patch.object(sweeps, "ranks", lambda ties: flat))
            patches.enter_context(patch.object(sweeps, "_MOST", walk.ties.people))
        walk.shares(walk.ties.weight[None, :], TOLERANCE)
    return made
