"""Reach: closed forms, then against every world and every path."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.chains.paths import best_to
from queries.chains.reach import Reach, draws_for, reach_to, reach_to_each
from queries.chains.spreading import Layout
from queries.chains.step_graph import StepGraph
from queries.chains.worlds import in_drawn_worlds
from queries.rules import DEFAULT_RULES
from tests.real_data import krackhardt_reference
from tests.step_graphs import (
    Step,
    node_paths,
    reach_by_worlds,
    step_lists,
    steps_between,
    sum_over_paths,
    without_each,
)
from tests.unit.test_paths import advice_steps

METHODS = st.sampled_from([None, 700])
"""All worlds, and drawn ones: few, so that chance shows."""


def reach(steps: list[Step], size: int, draws: int | None = None) -> Reach:
    return reach_to(steps_between(size, steps), size - 1, draws=draws)


@pytest.mark.parametrize("draws", [None, 700])
@pytest.mark.parametrize("p", [0.0001, 0.3, 0.9999, 1.0])
def test_the_reach_over_a_single_step_is_its_probability(p: float, draws: int | None) -> None:
    answer = reach([(0, 1, p)], 2, draws)
    assert answer.probability.tolist() == [p, 1.0]
    assert answer.error.tolist() == [0.0, 0.0]


def test_steps_in_a_row_multiply_and_parallel_ones_are_independent() -> None:
    assert reach([(0, 1, 0.5), (1, 2, 0.4)], 3).probability[0] == pytest.approx(0.2)
    assert reach([(0, 1, 0.5), (0, 1, 0.4)], 2).probability[0] == pytest.approx(1 - 0.5 * 0.6)


def test_the_bridge_is_solved_as_by_hand() -> None:
    p = 0.7
    bridge = [(0, 1, p), (0, 2, p), (1, 3, p), (2, 3, p), (1, 2, p), (2, 1, p)]
    answer = reach(bridge, 4)
    both, one = p * p, 2 * p * (1 - p)
    ends_at_last = 1 - (1 - p) ** 2
    assert answer.draws == 0
    assert answer.probability[0] == pytest.approx(both * ends_at_last + one * (p + (1 - p) * p * p))


def test_certain_steps_cost_no_worlds() -> None:
    certain = [(node, node + 1, 1.0) for node in range(200)]
    answer = reach([*certain, (200, 201, 0.5)], 202)
    assert answer.draws == 0
    assert answer.probability[:201].tolist() == [0.5] * 201


def test_twenty_uncertain_steps_are_counted_and_twenty_one_drawn() -> None:
    pairs = [(0, node, 0.3) for node in range(1, 11)] + [(node, 12, 0.5) for node in range(1, 11)]
    exact = reach(pairs, 13)
    assert exact.draws == 0
    assert exact.probability[0] == pytest.approx(1 - 0.85**10)
    drawn = reach([*pairs, (0, 12, 0.01)], 13)
    assert drawn.draws == 100_000
    assert drawn.probability[0] == pytest.approx(1 - 0.99 * 0.85**10, abs=2 * drawn.error[0])


def test_weak_steps_are_left_aside_where_that_makes_them_twenty() -> None:
    pairs = [(0, node, 0.3) for node in range(1, 11)] + [(node, 12, 0.5) for node in range(1, 11)]
    answer = reach([*pairs, (0, 12, 0.003)], 13)
    assert answer.draws == 0
    assert answer.probability[0] == pytest.approx(1 - 0.85**10)
    assert answer.error[0] == pytest.approx(0.003)
    many = reach([*pairs, *[(0, 12, 0.003)] * 30], 13)
    assert many.draws == 100_000
    assert many.probability[0] == pytest.approx(1 - 0.997**30 * 0.85**10, abs=2 * many.error[0])


def test_where_one_path_leads_the_reach_is_its_probability_however_many_people() -> None:
    rng = np.random.default_rng(7)
    boss = [(node, int(rng.integers(0, node)), 0.8) for node in range(1, 300)]
    down = [(above, node, 0.9) for node, above, _ in boss]
    graph = steps_between(300, [*boss, *down])
    answer = reach_to(graph, 0)
    assert answer.draws == 100_000
    assert answer.probability.tolist() == best_to(graph, 0).probability.tolist()
    assert not answer.error.any()


def test_the_number_of_draws_goes_by_the_number_of_people() -> None:
    sizes = [1, 300, 301, 2_000, 2_001, 100_000]
    assert [draws_for(size) for size in sizes] == [100_000, 100_000, 20_000, 20_000, 2_048, 2_048]


def test_only_what_can_be_reached_from_the_start_matters_to_it() -> None:
    near = [(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.3)]
    far = [(node, 2, 0.3) for node in range(3, 30)]
    graph = steps_between(30, near + far)
    assert reach_to(graph, 2).draws == 100_000
    answer = reach_to(graph, 2, start=0)
    assert answer.draws == 0
    assert answer.probability[0] == pytest.approx(1 - 0.7 * 0.75)


def test_several_targets_are_answered_as_one_by_one() -> None:
    rng = np.random.default_rng(3)
    steps = [(int(a), int(b), 0.3) for a, b in rng.integers(0, 30, (120, 2)) if a != b]
    graph = steps_between(30, steps)
    together = reach_to_each([best_to(graph, target) for target in (0, 7, 29)])
    for answer in together:
        alone = reach_to(replace(graph), answer.target)
        assert answer.probability.tolist() == alone.probability.tolist()
        assert answer.error.tolist() == alone.error.tolist()
    assert reach_to_each([]) == []


def test_an_answer_is_kept_for_who_asks_the_same_and_for_nobody_else() -> None:
    ends = [(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.3), (3, 0, 0.5)]
    graph = steps_between(4, ends)
    answer = reach_to(graph, 2, start=0)
    assert reach_to(graph, 2, start=0) is answer
    assert reach_to(graph, 2).probability[3] > answer.probability[3]
    assert reach_to(graph, 2, start=0, draws=700).draws == 700
    fewer = DEFAULT_RULES.chains.model_copy(update={"exact_edges": 1, "draws": {}, "least_draws": 64})
    assert reach_to(graph, 2, start=0, rules=fewer).draws == 64
    for draws in range(1, 40):
        reach_to(graph, 2, draws=draws)
    assert reach_to(graph, 2, start=0) is not answer
    assert reach_to(graph, 2, start=0).probability.tolist() == answer.probability.tolist()


@given(step_lists(size=7, most=30), st.integers(0, 6), st.integers(0, 2**32))
def test_who_reaches_a_person_in_each_world(steps: list[Step], goal: int, seed: int) -> None:
    source, target = (np.array([step[end] for step in steps], dtype=np.int32) for end in (0, 1))
    carries = np.random.default_rng(seed).random((len(steps), 128)) < 0.5
    carried = np.packbits(carries, axis=1, bitorder="little").view("<u8").astype(np.uint64)
    layout = Layout.of(source, target, 7)
    rows = layout.reaching(goal, carried[layout.order], np.array([2**64 - 1, 2**36 - 1], dtype=np.uint64))
    for world in range(100):
        g: nx.DiGraph[int] = nx.DiGraph((step[1], step[0]) for step, on in zip(steps, carries, strict=True)
                                        if on[world])  # fmt: skip
        g.add_node(goal)
        reached = {who for who in range(7) if int(rows[layout.number[who]][world // 64]) >> world % 64 & 1}
        assert reached == {goal} | nx.descendants(g, goal)
    assert not any(int(row[1]) >> 36 for row in rows)


@pytest.mark.parametrize("p", [1e-9, 0.01, 0.25, 1 / 3, 0.9, 1 - 1e-9, 1.0])
def test_steps_carry_as_often_as_they_should(p: float) -> None:
    edges, draws = 40, 10_001
    source, target = np.arange(edges, dtype=np.int32), np.full(edges, edges, dtype=np.int32)
    graph = steps_between(edges + 1, [(node, edges, p) for node in range(edges)])
    counts = in_drawn_worlds(source, target, np.full(edges, p), graph.keys, edges + 1, [edges], draws)
    assert counts[0, edges] == draws
    spread = 5 * np.sqrt(p * (1 - p) * draws) + 1
    assert np.abs(counts[0, :edges] - p * draws).max() <= spread
    assert np.abs(counts[0, :edges].sum() - p * draws * edges) <= np.sqrt(edges) * spread


@given(step_lists(size=5, most=8))
def test_all_worlds_at_once_equal_one_by_one(steps: list[Step]) -> None:
    graph = steps_between(5, steps)
    answer = reach_to(graph, 4)
    assert answer.draws == 0
    assert answer.probability == pytest.approx(reach_by_worlds(graph, 4), abs=1e-12)


@given(step_lists(size=5, most=8))
def test_drawn_worlds_come_close_to_all_of_them(steps: list[Step]) -> None:
    graph = steps_between(5, steps)
    exact, drawn = reach_to(graph, 4), reach_to(graph, 4, draws=6_400)
    assert (np.abs(exact.probability - drawn.probability) <= 3 * drawn.error + 1e-12).all()


@given(step_lists(), METHODS)
def test_reach_lies_between_the_best_path_and_the_sum_of_all(steps: list[Step], draws: int | None) -> None:
    graph = steps_between(6, steps)
    answer = reach_to(graph, 5, draws=draws).probability
    assert (best_to(graph, 5).probability <= answer).all()
    for node in range(5):
        assert answer[node] <= sum_over_paths(graph, node, 5) + 1e-12
        assert (answer[node] > 0) == bool(node_paths(graph, node, 5))


@given(step_lists(), METHODS)
def test_taking_a_step_away_never_raises_the_reach(steps: list[Step], draws: int | None) -> None:
    graph = steps_between(6, steps)
    before = reach_to(graph, 5, draws=draws).probability
    for less in without_each(graph):
        assert (reach_to(less, 5, draws=draws).probability <= before + 1e-15).all()


@given(step_lists(), st.permutations(range(6)), METHODS)
def test_names_do_not_change_the_reach(steps: list[Step], order: list[int], draws: int | None) -> None:
    graph = steps_between(6, steps)
    renamed = steps_between(6, [(order[source], order[target], p) for source, target, p in steps])
    here = reach_to(graph, 5, draws=draws).probability
    there = reach_to(renamed, order[5], draws=draws).probability
    assert here == pytest.approx(there[order], abs=1e-12)


def test_krackhardts_advice_ties_give_the_reach_computed_elsewhere() -> None:
    graph, position = advice_steps()
    answer = reach_to(graph, position["7"])
    for id_, expected in krackhardt_reference()["reach_probability_mc_200k"].items():
        assert answer.probability[position[id_]] == pytest.approx(expected, abs=0.01)


def test_what_each_managers_leaving_costs_the_others_is_as_computed_elsewhere() -> None:
    graph, position = advice_steps()
    ends = list(zip(graph.source.tolist(), graph.target.tolist(), graph.probability.tolist(), strict=True))
    whole = reach_to(graph, position["7"]).probability
    costs = {}
    for id_ in krackhardt_reference()["what_if_gone_mean_reach_loss"]:
        gone = position[id_]
        left = steps_between(21, [step for step in ends if gone not in step[:2]])
        others = [place for name, place in position.items() if name not in (id_, "7")]
        costs[id_] = float((whole - reach_to(left, position["7"]).probability)[others].mean())
    # Both were drawn, theirs more coarsely.
    assert costs == pytest.approx(krackhardt_reference()["what_if_gone_mean_reach_loss"], abs=0.006)


def test_the_draws_of_a_step_depend_on_nothing_but_its_edge() -> None:
    def keys(graph: StepGraph) -> dict[str, int]:
        return dict(zip(graph.edge_ids, graph.keys.tolist(), strict=True))

    few, many = steps_between(3, [(0, 1, 0.5)]), steps_between(9, [(8, 7, 0.2), (3, 4, 0.1), (0, 1, 0.9)])
    assert keys(few)["e0"] == keys(many)["e0"]
    assert len(set(keys(many).values())) == 3
    assert draws_for(4, DEFAULT_RULES.chains.model_copy(update={"draws": {3: 10}, "least_draws": 5})) == 5
