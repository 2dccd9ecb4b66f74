"""What is derived from a graph: made once, also when many threads ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from models.graph import AccountGraph, build_graph

ASKING = 6


@pytest.fixture
def graph() -> AccountGraph:
    return build_graph("acme", 1, 1, {}, {})


def test_many_threads_share_one_making(graph: AccountGraph) -> None:
    together, made = Barrier(ASKING), []

    def make() -> int:
        made.append(1)
        return len(made)

    def ask() -> int:
        together.wait(10)
        return graph.memo("key", make)

    with ThreadPoolExecutor(ASKING) as threads:
        found = [future.result(10) for future in [threads.submit(ask) for _ in range(ASKING)]]
    assert (found, made) == ([1] * ASKING, [1])


def test_who_waited_for_a_failure_tries_itself(graph: AccountGraph) -> None:
    begun, go_on = Event(), Event()

    def fail() -> int:
        begun.set()
        assert go_on.wait(10)
        raise ValueError("first")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(graph.memo, "key", fail)
        assert begun.wait(10)
        second = threads.submit(graph.memo, "key", lambda: 2)
        go_on.set()
        assert second.result(10) == 2
        with pytest.raises(ValueError, match="first"):
            first.result(10)


def test_one_derived_value_may_need_another(graph: AccountGraph) -> None:
    assert graph.memo("outer", lambda: graph.memo("inner", lambda: 1) + 1) == 2
    graph.forget()
    assert graph.memo("inner", lambda: 5) == 5
