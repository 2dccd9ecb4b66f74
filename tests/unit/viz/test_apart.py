"""Dots moved apart: none on another, none outside, each near its place, the same for the same dots."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from viz.layout.apart import moved_apart

PLACES = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=40)


@given(PLACES)
def test_no_dot_lies_on_another_and_all_lie_within(places: list[tuple[float, float]]) -> None:
    found = moved_apart(places, 5.2, 3, 97)
    assert len(found) == len(places)
    assert all(hypot(x - u, y - v) >= 5.2 for (x, y), (u, v) in combinations(found, 2))
    assert all(3 <= at <= 97 for spot in found for at in spot)
    assert found == moved_apart(places, 5.2, 3, 97)


def test_who_has_room_stays_and_the_second_on_a_place_goes_beside_it() -> None:
    found = moved_apart([(20, 20), (80, 80), (20, 20)], 5, 0, 100)
    assert found[:2] == [(20, 20), (80, 80)]
    assert 5 <= hypot(found[2][0] - 20, found[2][1] - 20) <= 5.1


def test_without_room_a_dot_stays_where_it_is() -> None:
    assert moved_apart([(0, 0), (0, 0)], 50, 0, 1) == [(0, 0), (0, 0)]
