"""Fragmentation, and the distances it rests on."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import ContactStatus
from queries.keyplayers.fragmentation import fragmentation, fragmentation_of, fragmentation_without
from queries.keyplayers.hops import Hops
from queries.keyplayers.network import Network, network_of
from queries.rules import DEFAULT_RULES, Rules
from tests.rankings import people
from tests.real_data import krackhardt, krackhardt_reference

SIZE = 7
Pairs = list[tuple[int, int]]

ends = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(ends, ends), max_size=16)


def hops(ties: Pairs, size: int = SIZE) -> Hops:
    source, to = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    return Hops.of(size, source, to)


def network(ties: Pairs, size: int = SIZE) -> Network:
    return Network(np.ones(size, dtype=bool), hops(ties, size))


def names(size: int = SIZE) -> tuple[str, ...]:
    return tuple(f"p{place:05}" for place in range(size))


def sampling(**given: int) -> Rules:
    return DEFAULT_RULES.model_copy(update={"keyplayers": DEFAULT_RULES.keyplayers.model_copy(update=given)})


def slowly(g: nx.Graph[int]) -> float:
    """The definition, pair by pair."""
    if len(g) < 2:
        return 0.0
    apart = 0.0
    for one, other in permutations(g, 2):
        if nx.has_path(g, one, other):
            apart += 1 / nx.shortest_path_length(g, one, other)
    return 1 - apart / (len(g) * (len(g) - 1))


def undirected(ties: Pairs) -> nx.Graph[int]:
    g: nx.Graph[int] = nx.Graph()
    g.add_nodes_from(range(SIZE))
    g.add_edges_from((one, other) for one, other in ties if one != other)
    return g


@given(pairs)
def test_it_is_the_definition_whole_and_without_each(ties: Pairs) -> None:
    g, found = undirected(ties), network(ties)
    assert fragmentation(found, names()).value == pytest.approx(slowly(g), abs=1e-12)
    without = fragmentation_without(found, names(), np.arange(SIZE))
    expected = [slowly(g.subgraph(set(g) - {person})) for person in g]
    assert without.tolist() == pytest.approx(expected, abs=1e-12)


@given(pairs, st.sets(ends))
def test_distances_are_those_of_networkx(ties: Pairs, starts: set[int]) -> None:
    g: nx.DiGraph[int] = nx.DiGraph(ties)
    g.add_nodes_from(range(SIZE))
    found = hops(ties).distances(np.array(sorted(starts), dtype=np.int64))
    for person in g:
        lengths = [
            nx.shortest_path_length(g, start, person)
            for start in starts - {person}
            if nx.has_path(g, start, person)
        ]
        assert found.reached[person] == len(lengths)
        assert found.hops[person] == sum(lengths)
        assert found.near[person] == pytest.approx(sum(1 / length for length in lengths))
        assert found.near_squares[person] == pytest.approx(sum(1 / length**2 for length in lengths))


def test_many_starts_fill_several_words() -> None:
    size = 200
    found = hops([(place, place + 1) for place in range(size - 1)], size).distances(np.arange(size))
    assert found.reached.tolist() == list(range(size))
    assert found.hops.tolist() == [place * (place + 1) / 2 for place in range(size)]
    back = hops([(place, place + 1) for place in range(size - 1)], size).near_from(np.arange(size))
    assert back[0] == pytest.approx(sum(1 / distance for distance in range(1, size)))
    assert back[-1] == 0


def test_krackhardts_managers_fall_apart_as_computed_elsewhere() -> None:
    graph, reference = krackhardt(("advice",)), krackhardt_reference()["kpp_neg_fragmentation"]
    assert fragmentation_of(graph).value == pytest.approx(reference["whole"], abs=1e-6)
    ids = graph.contacts.ids
    without = fragmentation_without(network_of(graph), ids, np.arange(len(ids)))
    assert dict(zip(ids, without, strict=True)) == pytest.approx(
        {id_: value for id_, value in reference.items() if id_ != "whole"}, abs=1e-6
    )
    for place, id_ in enumerate(ids):
        gone = np.arange(len(ids)) == place
        assert fragmentation_of(graph, gone=gone).value == pytest.approx(reference[id_], abs=1e-6)


def test_who_is_gone_or_restricted_is_no_part_of_it() -> None:
    account = people("ana", "ben").contact("cho", status=ContactStatus.LEFT).contact("dee", restricted=True)
    account.influences("ana", "cho", 0.5).influences("ben", "dee", 0.5)
    assert fragmentation_of(account.graph()).value == 1
    assert fragmentation_of(account.influences("ana", "ben", 0.5).graph()).value == 0


def test_faint_ties_count_where_they_add_up() -> None:
    account = people("ana", "ben").influences("ana", "ben", 0.05)
    assert fragmentation_of(account.graph()).value == 1
    assert fragmentation_of(account.influences("ben", "ana", 0.05).graph()).value == 1  # heard apart
    assert fragmentation_of(account.influences("ana", "ben", 0.05, id="again").graph()).value == 0


def test_messages_are_walked_where_there_is_nothing_else() -> None:
    assert fragmentation_of(people("ana", "ben").messages("ana", "ben", 3).graph()).value == 0
    mixed = people("ana", "ben", "cho").messages("ana", "ben", 3).reports("ana", "cho").graph()
    assert fragmentation_of(mixed).value == pytest.approx(2 / 3)


@pytest.mark.parametrize("size", [0, 1])
def test_one_person_cannot_fall_apart(size: int) -> None:
    assert fragmentation(network([], size), names(size)).value == 0


def test_a_draw_lies_within_its_error_and_never_changes() -> None:
    size = 400
    ties = [(place, (place * place + 7) % size) for place in range(size)]
    ties += [(0, place) for place in range(0, size, 3)]
    whole = fragmentation(network(ties, size), names(size))
    drawn = fragmentation(network(ties, size), names(size), sampling(exact_people=399, starts=150))
    assert whole.error == 0
    assert 0 < abs(whole.value - drawn.value) <= drawn.error < 0.05
    assert drawn == fragmentation(network(ties, size), names(size), sampling(exact_people=1, starts=150))
    everybody = fragmentation(network(ties, size), names(size), sampling(exact_people=1, starts=size))
    assert (everybody.value, everybody.error) == (pytest.approx(whole.value), 0)
