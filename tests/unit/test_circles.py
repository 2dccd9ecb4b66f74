"""Which nodes of a graph lie on circles: what reporting lines, ownership and departments may not have."""

from __future__ import annotations

from itertools import product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.stores.rules_of_edges import on_circles

NODES = st.sampled_from("abcdefg")


def test_ways_to_a_circle_and_from_it_do_not_lie_on_it() -> None:
    assert on_circles([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]).keys() == {"b", "c"}


def test_who_leads_to_himself_is_a_circle() -> None:
    assert on_circles([("a", "a"), ("b", "a")]).keys() == {"a"}


def test_a_tree_has_none() -> None:
    assert on_circles([("b", "a"), ("c", "a"), ("d", "c"), ("d", "c")]) == {}


@given(st.lists(st.tuples(NODES, NODES), max_size=14))
def test_those_on_circles_are_those_that_come_back_to_themselves(pairs: list[tuple[str, str]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    slow = {node for node in graph if any(nx.has_path(graph, after, node) for after in graph[node])}
    found = on_circles(pairs)
    assert found.keys() == slow
    for one, other in product(slow, slow):
        both = nx.has_path(graph, one, other) and nx.has_path(graph, other, one)
        assert (found[one] == found[other]) == both
