"""Sorting by counting agrees with sorting by comparing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from queries.sorting import is_sorted, order_by

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)))


def test_rows_come_by_the_first_key_then_the_next_then_as_they_stood() -> None:
    first, second = np.array([1, 0, 1, 1], dtype=np.int32), np.array([2, 2, 0, 2], dtype=np.int32)
    assert order_by(first, second, size=3).tolist() == [1, 2, 0, 3]
    assert order_by(first, size=2).tolist() == [1, 0, 2, 3]


@given(PAIRS)
def test_it_is_a_stable_sort(pairs: list[tuple[int, int]]) -> None:
    keys = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    expected = sorted(range(len(pairs)), key=pairs.__getitem__)
    assert order_by(keys[:, 0], keys[:, 1], size=5).tolist() == expected


@given(st.integers(0, 2**32))
def test_keys_of_any_size_and_rows_in_any_runs(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.choice([1, 2, 1000, 2**16]))
    rows = int(chance.choice([1, 10, 5_000]))
    keys = chance.integers(0, min(size, 2 ** int(chance.integers(0, 17))), (3, rows)).astype(np.int32)
    if chance.random() < 0.5:
        keys = keys[:, np.lexsort(keys[::-1])]
    assert order_by(*keys, size=size).tolist() == np.lexsort(keys[::-1]).tolist()


def test_sorted_by_the_first_key_then_the_next() -> None:
    first, second = np.array([0, 0, 1, 1]), np.array([3, 3, 0, 2])
    assert is_sorted(first, second)
    assert not is_sorted(second, first)
    assert not is_sorted(first, second[::-1])
    assert is_sorted(first[:0], second[:0])
