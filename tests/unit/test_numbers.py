"""Rounding of published numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.numbers import significant, significant_all

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1 / 3, 0.333333333),
        (2 / 3e-7, 6666666.67),
        (100.0, 100.0),
        (1.2345678949e-12, 1.23456789e-12),
        (0.0, 0.0),
    ],
)
def test_nine_digits_are_kept(value: float, published: float) -> None:
    assert significant(value) == published


def test_minus_zero_is_published_as_zero() -> None:
    assert math.copysign(1, significant(-0.0)) == 1


@given(finite)
def test_rounding_moves_a_number_by_half_a_digit_at_most_and_only_once(value: float) -> None:
    rounded = significant(value)
    assert math.isclose(rounded, value, rel_tol=5.01e-9, abs_tol=5e-324 * 1e9)
    assert significant(rounded) == rounded


@given(st.lists(finite, max_size=6))
def test_arrays_are_rounded_like_single_numbers(values: list[float]) -> None:
    rounded = significant_all(np.array(values, dtype=np.float64))
    assert rounded.tolist() == [significant(value) for value in values]
    assert significant_all(np.ones((2, 3)) / 3).shape == (2, 3)
