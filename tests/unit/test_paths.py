"""Best and k best paths: solved by hand, then against trying every path."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import EdgeKind
from queries.chains.paths import best_avoiding, best_paths, best_to
from queries.chains.step_graph import UNIT, Part, StepGraph, step_graph
from tests.real_data import krackhardt, krackhardt_reference
from tests.step_graphs import Step, node_paths, path_cost, step_lists, steps_between, wired, without_each

ENDS = (0, 5)


def nodes_of(
    graph: StepGraph, source: int, target: int, k: int, extra: float = math.inf
) -> list[tuple[int, ...]]:
    return [path.nodes for path in best_paths(best_to(graph, target), source, k, extra)]


def test_costs_are_whole_numbers_and_at_least_one() -> None:
    graph = steps_between(3, [(0, 1, 0.5), (1, 2, 1.0), (0, 2, 0.0)])
    assert graph.cost.tolist() == [round(math.log(2) * UNIT), 1.0]


def test_the_longer_way_wins_where_it_is_more_probable() -> None:
    graph = steps_between(4, [(0, 3, 0.5), (0, 1, 0.8), (1, 3, 0.8), (0, 2, 0.9), (2, 3, 0.1)])
    paths = best_paths(best_to(graph, 3), 0, 5)
    assert [path.nodes for path in paths] == [(0, 1, 3), (0, 3), (0, 2, 3)]
    assert [path.probability(graph) for path in paths] == pytest.approx([0.64, 0.5, 0.09])


def test_fewer_hops_win_a_tie_then_the_ids_along_the_path() -> None:
    graph = steps_between(5, [(0, 4, 0.25), (0, 3, 0.5), (3, 4, 0.5), (0, 2, 0.5), (2, 4, 0.5)])
    assert nodes_of(graph, 0, 4, 3) == [(0, 4), (0, 2, 4), (0, 3, 4)]
    assert best_to(graph, 4).next.tolist() == [4, -1, 4, 4, -1]


def test_a_pair_is_joined_by_its_most_probable_step_and_equal_ones_by_kind_then_id() -> None:
    ends = (np.array([0, 0], dtype=np.int32), np.array([1, 1], dtype=np.int32))
    said = Part(EdgeKind.INFLUENCES, *ends, np.array([0.8, 0.3]), ["a", "z"])
    line = Part(EdgeKind.REPORTS_TO, *ends, np.array([0.8, 0.8]), ["m", "n"])
    graph = step_graph(["p", "q"], 2, [said, line])
    (path,) = best_paths(best_to(graph, 1), 0, 3)
    assert graph.edge_ids[path.steps[0]] == "m"
    assert graph.edge_kind(path.steps[0]) is EdgeKind.REPORTS_TO


def test_alternatives_keep_to_so_many_hops_more_and_the_best_to_none() -> None:
    detour = [(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9), (3, 4, 0.9), (4, 5, 0.9)]
    graph = steps_between(6, [*detour, (0, 5, 0.5)])
    assert nodes_of(graph, 0, 5, 3, 0) == [(0, 1, 2, 3, 4, 5), (0, 5)]
    weak = steps_between(6, [*detour, (0, 5, 0.8)])
    assert nodes_of(weak, 0, 5, 3, 3) == [(0, 5)]
    assert nodes_of(weak, 0, 5, 3, 4) == [(0, 5), (0, 1, 2, 3, 4, 5)]


def test_within_the_limit_a_dear_short_cut_is_found_behind_a_cheap_detour() -> None:
    s, a, b, w, c, d, t = range(7)
    ways = [(s, t, 0.5), (s, a, 0.9), (a, b, 0.9), (b, w, 0.9), (a, w, 0.1)]
    back = [(w, s, 0.9), (w, c, 0.9), (c, d, 0.9), (d, t, 0.9)]
    graph = steps_between(7, [*ways, *back])
    assert nodes_of(graph, s, t, 3, 5) == [(s, a, b, w, c, d, t), (s, t), (s, a, w, c, d, t)]
    nearer = steps_between(7, [(s, t, 0.9), *ways[1:], *back])
    assert nodes_of(nearer, s, t, 3, 4) == [(s, t), (s, a, w, c, d, t)]


def test_nobody_is_reached_from_where_no_step_leads() -> None:
    graph = steps_between(3, [(1, 0, 0.5)])
    assert best_paths(best_to(graph, 1), 0, 3) == []
    assert best_paths(best_to(graph, 1), 1, 3) == []
    assert best_to(graph, 0).probability.tolist() == [1.0, 0.5, 0.0]
    assert best_to(steps_between(1, []), 0).probability.tolist() == [1.0]


def test_a_chain_of_thousands_of_people_is_followed_to_its_end() -> None:
    size = 3_000
    graph = steps_between(size, [(node, node + 1, 0.999) for node in range(size - 1)])
    (path,) = best_paths(best_to(graph, size - 1), 0, 3)
    assert path.nodes == tuple(range(size))
    assert path.probability(graph) == best_to(graph, size - 1).probability[0]


@given(step_lists(), st.integers(1, 12), st.sampled_from([0, 1, 2, math.inf]))
def test_k_best_equal_the_first_k_of_all_paths_in_order(steps: list[Step], k: int, extra: float) -> None:
    graph = steps_between(6, steps)
    every = node_paths(graph, *ENDS)
    allowed = [path for path in every if len(path) <= len(every[0]) + extra]
    assert nodes_of(graph, *ENDS, k, extra) == allowed[:k]


@given(wired(7), st.integers(2, 8), st.sampled_from([0, 1, math.inf]))
def test_k_best_equal_the_first_k_where_paths_run_into_themselves(
    steps: list[Step], k: int, extra: float
) -> None:
    graph = steps_between(7, steps)
    every = node_paths(graph, 0, 6)
    allowed = [path for path in every if len(path) <= len(every[0]) + extra]
    assert nodes_of(graph, 0, 6, k, extra) == allowed[:k]


@given(step_lists(size=6, most=24))
def test_the_best_path_of_everybody_equals_that_of_trying_all(steps: list[Step]) -> None:
    graph = steps_between(6, steps)
    tree = best_to(graph, 5)
    for node in range(5):
        every = node_paths(graph, node, 5)
        assert nodes_of(graph, node, 5, 1) == every[:1]
        assert tree.cost[node] == (path_cost(graph, every[0]) if every else math.inf)
        assert tree.hops[node] == (len(every[0]) - 1 if every else math.inf)


@given(step_lists(), st.sets(st.integers(1, 4)))
def test_the_best_path_around_people_equals_that_of_trying_all(steps: list[Step], avoid: set[int]) -> None:
    graph = steps_between(6, steps)
    found = best_avoiding(best_to(graph, 5), 0, avoid)
    clean = [path for path in node_paths(graph, *ENDS) if not avoid & set(path[1:-1])]
    assert (found and found.nodes) == (clean[0] if clean else None)


@given(step_lists(size=6, most=20))
def test_useful_steps_are_those_on_some_loop_free_path(steps: list[Step]) -> None:
    graph = steps_between(6, steps)
    paths = [path for node in range(5) for path in node_paths(graph, node, 5)]
    walked = {pair for path in paths for pair in pairwise(path)}
    pairs = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    assert best_to(graph, 5).useful.tolist() == [pair in walked for pair in pairs]


@given(step_lists())
def test_taking_a_step_away_never_makes_the_best_path_better(steps: list[Step]) -> None:
    graph = steps_between(6, steps)
    before = best_to(graph, 5).probability
    for less in without_each(graph):
        assert (best_to(less, 5).probability <= before).all()


@given(step_lists(), st.permutations(range(6)))
def test_names_do_not_change_probabilities(steps: list[Step], order: list[int]) -> None:
    graph = steps_between(6, steps)
    renamed = steps_between(6, [(order[source], order[target], p) for source, target, p in steps])
    here = [path.probability(graph) for path in best_paths(best_to(graph, 5), 0, 5)]
    there = [path.probability(renamed) for path in best_paths(best_to(renamed, order[5]), order[0], 5)]
    assert here == pytest.approx(there)


def test_krackhardts_advice_ties_give_the_paths_computed_elsewhere() -> None:
    graph, position = advice_steps()
    tree = best_to(graph, position["7"])
    for id_, expected in krackhardt_reference()["best_paths_probability_hops"].items():
        paths = best_paths(tree, position[id_], 3)
        assert [[round(p.probability(graph), 6), len(p.steps)] for p in paths] == expected


def advice_steps() -> tuple[StepGraph, dict[str, int]]:
    """Advice at 0.3 where mutual, else 0.1, from who is asked to who asks, as the reference has it."""
    account = krackhardt(("advice",))
    ties = account.edges[EdgeKind.INFLUENCES]
    pairs = list(zip(ties.source.tolist(), ties.target.tolist(), strict=True))
    chance = np.array([0.3 if (asker, asked) in set(pairs) else 0.1 for asked, asker in pairs])
    part = Part(EdgeKind.INFLUENCES, ties.source, ties.target, chance, ties.ids)
    return step_graph(account.contacts.ids, len(account.contacts), [part]), dict(account.contacts.position)
