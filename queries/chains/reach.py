"""Reach: how likely a purchase gets from somebody to a person over any path (independent cascade)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order

from queries.chains.bypaths import sums_over_paths
from queries.chains.paths import Tree, best_to
from queries.chains.step_graph import StepGraph
from queries.chains.worlds import in_all_worlds, in_drawn_worlds
from queries.people import Bools, Floats
from queries.rules import DEFAULT_RULES
from queries.rules.chains import ChainRules

__all__ = ["Reach", "draws_for", "reach_to", "reach_to_each"]

_Z = 1.959963984540054
"""Standard normal quantile of a 95 % interval."""
_KEPT = 32
"""Answers kept with a step graph: those of the decision makers of a purchase or two."""
_LOCK = Lock()
_WORTH_A_LOOK = 8
"""With more than this many times too many uncertain steps it is not tried which of them matter."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach of every node of a step graph to `target`, 0–1 and not rounded; 1 for the target itself.

    `error` is half the width of a 95 % interval where worlds were drawn, and what the steps too weak to be
    looked at could add where all worlds were counted; `draws` is 0 in that case.
    """

    target: int
    probability: Floats
    error: Floats
    draws: int


def draws_for(people: int, rules: ChainRules = DEFAULT_RULES.chains) -> int:
    """How many worlds are drawn for an account of so many people."""
    return next((draws for most, draws in sorted(rules.draws.items()) if people <= most), rules.least_draws)


def reach_to(
    graph: StepGraph,
    target: int,
    *,
    start: int | None = None,
    rules: ChainRules = DEFAULT_RULES.chains,
    draws: int | None = None,
) -> Reach:
    """The reach of everybody to one target; see `reach_to_each`."""
    return reach_to_each([best_to(graph, target)], start=start, rules=rules, draws=draws)[0]


def reach_to_each(
    trees: Sequence[Tree],
    *,
    start: int | None = None,
    rules: ChainRules = DEFAULT_RULES.chains,
    draws: int | None = None,
) -> list[Reach]:
    """The reach of everybody to the target of each tree (trees of one step graph).

    Each step carries or does not, independently; the reach is the probability that steps which carry
    lead from somebody to the target. Counted over all worlds if at most 20 steps that matter are
    uncertain, steps below 1/320 left aside if there are more; else estimated from `draws_for` so many
    drawn worlds, the same for all targets. With `start` only steps that can be reached from it matter and
    only nodes behind it have an answer; without, all steps between contacts do, and only contacts have
    one. Given `draws`, worlds are drawn in any case.

    Kept between the best path's probability and the sum over all loop-free paths, wherever they are few
    enough to be listed. Taking a step away never raises the reach by the same method (same draws).
    The last answers are kept with the graph.
    O(draws/64 · steps · depth) or O(2^uncertain · steps · depth / 64).

    Sources: independent cascade: Goldenberg, Libai, Muller, Marketing Letters 12(3), 2001; Kempe et al.,
    KDD 2003. Interval: Wilson, J. Am. Stat. Assoc. 22(158), 1927.
    """
    if not trees:
        return []
    graph = trees[0].graph
    number = draws or draws_for(graph.contacts, rules)
    asked = (start, draws is None, number, rules.exact_edges, rules.least_probability)
    known: dict[int, Reach | None] = {t.target: graph.reaches.get((t.target, *asked)) for t in trees}
    new = [tree for tree in trees if known[tree.target] is None]
    if new:
        inside = _inside(graph, start)
        counted = [None if draws else _counted(tree, inside, rules) for tree in new]
        rest = [tree for tree, reach in zip(new, counted, strict=True) if reach is None]
        made = [*filter(None, counted), *_drawn(rest, inside, number)]
        known |= {reach.target: reach for reach in made}
        _keep(graph, {(reach.target, *asked): reach for reach in made})
    return [reach for tree in trees if (reach := known[tree.target])]


def _keep(graph: StepGraph, made: Mapping[Hashable, Reach]) -> None:
    """Keeps the last answers with the graph, which never changes."""
    with _LOCK:
        graph.reaches.update(made)
        for key in list(graph.reaches)[:-_KEPT]:
            del graph.reaches[key]


def _inside(graph: StepGraph, start: int | None) -> Bools:
    """The steps that can be used from `start`, or between contacts."""
    nodes = np.zeros(graph.size, dtype=bool)
    if start is None:
        nodes[: graph.contacts] = True
    else:
        ways = graph.ways
        forward = csr_matrix((ways.cost, ways.target, ways.starts), shape=(graph.size, graph.size))
        nodes[breadth_first_order(forward, start, return_predecessors=False)] = True
    return nodes[graph.source]


def _counted(tree: Tree, inside: Bools, rules: ChainRules) -> Reach | None:
    """The reach over all worlds; None if there are too many or what is left aside could matter more than
    the error of drawn ones."""
    graph = tree.graph
    least = rules.least_probability
    uncertain = inside & (graph.probability < 1) & (graph.source != tree.target)
    uncertain &= np.isfinite(tree.cost[graph.target])
    if np.count_nonzero(uncertain) > _WORTH_A_LOOK * rules.exact_edges:
        return None
    kept = inside & tree.useful
    uncertain &= kept
    if np.count_nonzero(uncertain) > rules.exact_edges:
        uncertain &= graph.probability >= least
        kept &= graph.probability >= least
    left_out = math.fsum(graph.probability[inside & tree.useful & ~kept].tolist())
    noise = _Z / 2 / math.sqrt(draws_for(graph.contacts, rules))
    if np.count_nonzero(uncertain) > rules.exact_edges or left_out > noise:
        return None
    steps = (graph.source[kept], graph.target[kept], graph.probability[kept])
    reached = np.maximum(in_all_worlds(*steps, graph.size, tree.target), tree.probability)
    return Reach(tree.target, reached, np.minimum(left_out, 1 - reached), 0)


def _drawn(trees: Sequence[Tree], inside: Bools, draws: int) -> list[Reach]:
    if not trees:
        return []
    graph = trees[0].graph
    steps = (graph.source[inside], graph.target[inside], graph.probability[inside], graph.keys[inside])
    counts = in_drawn_worlds(*steps, graph.size, [tree.target for tree in trees], draws)
    return [_estimated(tree, inside, count / draws, draws) for tree, count in zip(trees, counts, strict=True)]


def _estimated(tree: Tree, inside: Bools, share: Floats, draws: int) -> Reach:
    """The share of draws with its error, kept between what is certainly too little and too much."""
    least, most = tree.probability, sums_over_paths(tree, inside)
    reached = np.maximum(least, np.minimum(share, most))
    reached = np.where(most <= least * (1 + 1e-12), least, reached)  # one path: the very same number
    error = _Z / (1 + _Z**2 / draws) * np.sqrt(share * (1 - share) / draws + (_Z / draws) ** 2 / 4)
    error = np.minimum(error, np.maximum(most - reached, reached - least))
    error[(tree.cost == 0) | np.isinf(tree.cost)] = 0.0
    return Reach(tree.target, reached, error, draws)
