"""The smallest set: by hand, against every set, and its bounds."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Category, Function, Level
from models.faults import Code, InvalidInput
from models.findings.keyplayers import SmallestSet
from queries.keyplayers.cover import Cover
from queries.keyplayers.hops import Hops
from queries.keyplayers.smallest import smallest_set
from queries.rules import DEFAULT_RULES, Rules
from tests.invented import Invented
from tests.rankings import DAY, people
from tests.real_data import krackhardt, krackhardt_reference

SIZE = 7
PEOPLE = [f"p{place}" for place in range(SIZE)]
pairs = st.lists(st.sampled_from(list(permutations(range(SIZE), 2))), unique=True, max_size=14)


def ruled(**given: int) -> Rules:
    table = DEFAULT_RULES.keyplayers.model_copy(update=given)
    return DEFAULT_RULES.model_copy(update={"keyplayers": table})


def account(ties: list[tuple[int, int]]) -> Invented:
    found = people(*PEOPLE)
    for heard, listener in ties:
        found.influences(PEOPLE[heard], PEOPLE[listener], 1)
    return found


def asked(given: Invented, **question: Any) -> SmallestSet:
    return smallest_set(given.graph(), on=DAY, **question)


def proximity(ties: list[tuple[int, int]], chosen: tuple[str, ...]) -> float:
    """The definition: how near the nearest of a set is to everybody."""
    g: nx.DiGraph[str] = nx.DiGraph((PEOPLE[heard], PEOPLE[listener]) for heard, listener in ties)
    g.add_nodes_from(PEOPLE)
    far = nx.multi_source_dijkstra_path_length(g, set(chosen), weight=None)
    return sum(1 / max(1, distance) for distance in far.values()) / SIZE


@given(pairs, st.integers(1, 3))
def test_the_best_set_of_a_size_is_the_best_of_all(ties: list[tuple[int, int]], size: int) -> None:
    found = asked(account(ties), size=size)
    ids = tuple(seat.contact_id for seat in found.items)
    every = {chosen: proximity(ties, chosen) for chosen in combinations(PEOPLE, size)}
    assert found.proximity == pytest.approx(max(every.values()))
    assert found.proximity == pytest.approx(every[tuple(sorted(ids))])
    assert found.proximity == pytest.approx(sum(seat.gain for seat in found.items))
    gains = [seat.gain for seat in found.items]
    assert gains == sorted(gains, reverse=True)
    assert (found.exact, found.at_least, found.error) == (True, 1, 0)
    for seat in found.items:
        assert seat.alone == pytest.approx(proximity(ties, (seat.contact_id,)))
    assert sum(seat.nearest for seat in found.items) + found.out_of_reach == SIZE


@given(pairs, st.sampled_from([0.2, 0.5, 0.8, 1.0]))
def test_no_smaller_set_passes_the_goal(ties: list[tuple[int, int]], goal: float) -> None:
    found = asked(account(ties), goal=goal)
    for fewer in range(1, min(len(found.items), 4)):
        assert max(proximity(ties, chosen) for chosen in combinations(PEOPLE, fewer)) < goal
    assert found.passed == (found.proximity >= goal - 1e-9)
    assert found.passed  # everybody together is near to everybody


@given(pairs, st.integers(1, 4))
def test_greedily_it_is_never_worse_than_it_says(ties: list[tuple[int, int]], size: int) -> None:
    found = asked(account(ties), size=size, rules=ruled(tried_people=1))
    best = max(proximity(ties, chosen) for chosen in combinations(PEOPLE, size))
    assert found.exact is False
    assert found.at_least >= 1 - (1 - 1 / size) ** size - 1e-9
    assert found.proximity >= found.at_least * best - 1e-9


@given(pairs, st.integers(1, SIZE))
def test_looking_lazily_chooses_as_looking_at_everybody_each_time(
    ties: list[tuple[int, int]], most: int
) -> None:
    source, to = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    cover = Cover(Hops.of(SIZE, source, to).turned().nearness(np.arange(SIZE)))
    chosen: list[int] = []
    for _ in range(most):
        gains = [round(cover.joint(np.array([*chosen, one])), 9) for one in range(SIZE)]
        chosen.append(max(set(range(SIZE)) - set(chosen), key=lambda one: (gains[one], -one)))
    assert cover.greedy(most).tolist() == chosen


def test_krackhardts_pair_is_as_near_to_all_as_the_one_found_elsewhere() -> None:
    """The reference reads advice either way; a pair of it is near to all, and so are others."""
    graph, reference = krackhardt(("advice",)), krackhardt_reference()
    ids = list(graph.contacts.ids)
    ties = graph.edges
    hops = Hops.of(len(ids), *(np.concatenate(ends) for ends in _both(ties)))
    cover = Cover(hops.nearness(np.arange(len(ids))))
    assert cover.joint(cover.best(2)) / len(ids) == reference["kpp_pos_best_pair"]["reach"] == 1
    theirs = np.array([ids.index(id_) for id_ in reference["kpp_pos_best_pair"]["set"]])
    assert cover.joint(theirs) / len(ids) == 1
    greedy = [ids[place] for place in cover.greedy(2).tolist()]
    assert greedy == reference["kpp_pos_greedy_pair"]["set"]


def _both(edges: Any) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    table = edges["influences"]
    return (table.source, table.target), (table.target, table.source)


def test_read_as_influence_it_names_seniors_and_not_who_asks_everybody() -> None:
    found = smallest_set(krackhardt(("advice",)), on=DAY, size=2)
    assert {seat.contact_id for seat in found.items} == {"1", "21"}
    assert found.proximity == 1


def test_who_is_chosen_is_told_with_name_and_category() -> None:
    given = people("ben").contact("ana", Level.OPERATIONAL, Function.USER, name="Ana Ames")
    [seat] = asked(given.influences("ana", "ben", 1)).items
    assert (seat.rank, seat.name, seat.category, seat.nearest) == (1, "Ana Ames", Category.USER, 2)


def test_influences_of_a_purchase_count_in_it_alone() -> None:
    given = people("ana", "ben").opportunity("deal").influences("ana", "ben", 1, opportunity_id="deal")
    assert asked(given, size=1).proximity == 0.5
    assert asked(given, size=1, opportunity_id="deal").proximity == 1


def test_a_goal_out_of_reach_is_said_to_be() -> None:
    found = asked(people(*PEOPLE), goal=1, rules=ruled(most_seats=4))
    assert (len(found.items), found.passed, found.out_of_reach) == (4, False, 3)
    assert found.proximity == pytest.approx(4 / 7)


def test_an_empty_account_has_an_empty_set() -> None:
    found = asked(Invented())
    assert (found.items, found.proximity, found.passed) == ([], 0, False)
    assert asked(Invented(), size=2).items == []


def test_in_a_large_account_the_people_it_is_measured_at_are_drawn() -> None:
    size = 120
    given = people(*(f"p{place:03}" for place in range(size)))
    for place in range(1, size):
        given.influences(f"p{place // 4:03}", f"p{place:03}", 1)
    whole = asked(given, size=3)
    few = asked(given, size=3, rules=ruled(exact_people=100, starts=60))
    assert (whole.error, few.exact) == (0, False)
    assert 0 < few.error < 0.2
    assert whole.proximity - 2 * few.error <= few.proximity <= whole.proximity
    ids = tuple(seat.contact_id for seat in few.items)
    near = nx.multi_source_dijkstra_path_length(tree(size), set(ids), weight=None)
    assert few.proximity == pytest.approx(sum(1 / max(1, far) for far in near.values()) / size)
    assert few.out_of_reach == size - len(near)
    fewer = asked(given, size=3, rules=ruled(exact_people=100, starts=60, cover_pairs=20 * size + 1))
    assert fewer.items == asked(given, size=3, rules=ruled(exact_people=100, starts=20)).items
    assert fewer.error > few.error


def test_in_a_large_account_the_set_ends_where_it_passes_the_goal_for_everybody() -> None:
    size = 120
    given = people(*(f"p{place:03}" for place in range(size)))
    for place in range(1, size):
        given.influences(f"p{place // 4:03}", f"p{place:03}", 1)
    found = asked(given, goal=0.6, rules=ruled(exact_people=100, starts=60))
    assert found.passed
    assert found.proximity - found.items[-1].gain < 0.6 <= found.proximity


def tree(size: int) -> nx.DiGraph[str]:
    """Everybody is heard by four."""
    return nx.DiGraph((f"p{place // 4:03}", f"p{place:03}") for place in range(1, size))


@pytest.mark.parametrize(
    ("question", "code", "pointer"),
    [
        ({"size": 0}, Code.OUT_OF_RANGE, "/size"),
        ({"size": 21}, Code.OUT_OF_RANGE, "/size"),
        ({"goal": 1.5}, Code.OUT_OF_RANGE, "/goal"),
        ({"opportunity_id": "none"}, Code.UNKNOWN_RECORD, "/opportunity_id"),
    ],
)
def test_what_cannot_be_asked_is_refused(question: dict[str, Any], code: Code, pointer: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        asked(people("ana"), **question)
    assert [(fault.code, fault.pointer) for fault in caught.value.faults] == [(code, pointer)]
