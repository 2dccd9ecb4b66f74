"""People in another order are listened to as before."""

from __future__ import annotations

import numpy as np
from scipy.sparse import random_array

from queries.influence.walks import by_length, renumbered


def test_rows_of_one_length_stand_together_and_sum_to_the_same_bits() -> None:
    chance = np.random.default_rng(3)
    matrix = random_array((500, 500), density=0.02, format="csr", rng=chance)
    x = chance.random(500)
    order = by_length(matrix.indptr)
    moved = renumbered(matrix, order)
    assert (moved @ x[order]).tobytes() == (matrix @ x)[order].tobytes()
    lengths = np.diff(matrix.indptr)
    assert sorted(lengths.tolist()) == lengths[order].tolist() == np.diff(moved.indptr).tolist()
    assert lengths[0] != lengths.min(), "nothing was moved"


def test_of_equal_length_the_first_stands_first() -> None:
    assert by_length(np.array([0, 2, 3, 3, 5, 6], dtype=np.int32)).tolist() == [2, 1, 4, 0, 3]
    assert by_length(np.array([0], dtype=np.int32)).tolist() == []
