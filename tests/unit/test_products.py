"""A product made half by half is the product."""

from __future__ import annotations

import numpy as np
from scipy.sparse import random_array

from queries.influence.walks import products


def test_halves_give_the_product_to_the_last_bit() -> None:
    chance = np.random.default_rng(3)
    for rows, density in ((1_000, 0.3), (30, 0.5)):  # above and below the size from which there are two
        matrix = random_array((rows, rows), density=density, format="csr", rng=chance)
        x = chance.random(rows)
        with products(matrix) as product:
            assert product(x).tobytes() == (matrix @ x).tobytes()


def test_all_entries_in_one_row() -> None:
    matrix = random_array((3, 300_000), density=0.0, format="lil")
    matrix[1, :] = 0.5
    matrix = matrix.tocsr()
    with products(matrix) as product:
        assert product(np.ones(300_000)).tolist() == [0, 150_000, 0]
