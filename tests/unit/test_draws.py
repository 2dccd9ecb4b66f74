"""Draws over edges by hashes of their ids."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import EdgeKind
from queries.draws import edge_keys, happens

ids = st.lists(st.from_regex(r"\A[A-Za-z0-9._:-]{1,64}\Z"), unique=True, max_size=8)


def slow_key(*texts: str) -> int:
    """The key by whole numbers: eight words of each text, mixed in one after another."""
    state, limit = 0, 2**64
    for text in texts:
        letters = text.encode().ljust(64, b"\0")
        for first in range(0, 64, 8):
            word = (state ^ int.from_bytes(letters[first : first + 8], "little")) + 0x9E3779B97F4A7C15
            word %= limit
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 % limit
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB % limit
            state = word ^ (word >> 31)
    return state


@given(ids)
def test_keys_are_splitmix64_of_kind_and_id(names: list[str]) -> None:
    keys = edge_keys(EdgeKind.INFLUENCES, names)
    assert keys.tolist() == [slow_key("influences", name) for name in names]


@given(ids, ids)
def test_an_edges_bits_hang_on_no_other_edge(some: list[str], more: list[str]) -> None:
    alone = happens(edge_keys(EdgeKind.BOND, some), range(5), 0.2)
    together = happens(edge_keys(EdgeKind.BOND, more + some), range(5), 0.2)
    assert (together[:, len(more) :] == alone).all()
    assert alone.shape == (5, len(some))


def test_draws_may_be_taken_in_any_slices() -> None:
    keys = edge_keys(EdgeKind.BOND, [f"e{number}" for number in range(50)])
    whole = happens(keys, range(30), 0.2)
    assert (np.vstack([happens(keys, range(11), 0.2), happens(keys, range(11, 30), 0.2)]) == whole).all()


def test_kinds_and_ids_have_keys_of_their_own() -> None:
    names = [f"{first}{second}" for first in "ab." for second in range(1000)]
    keys = np.concatenate([edge_keys(kind, names) for kind in EdgeKind])
    assert len(np.unique(keys)) == len(names) * len(EdgeKind)


@pytest.mark.parametrize("probability", [0.0, 0.2, 0.5, 1.0])
def test_each_edge_is_struck_as_often_as_asked_and_independently(probability: float) -> None:
    keys = edge_keys(EdgeKind.MESSAGES, [str(number) for number in range(2000)])
    struck = happens(keys, range(200), probability)
    error = np.sqrt(probability * (1 - probability))
    assert abs(struck.mean() - probability) <= 5 * error / np.sqrt(struck.size)
    assert abs(struck.mean(axis=0) - probability).max() <= 5 * error / np.sqrt(200)
    assert abs(struck.mean(axis=1) - probability).max() <= 5 * error / np.sqrt(2000)
    both = (struck[:, :-1] & struck[:, 1:]).mean()
    assert abs(both - probability**2) <= 5 / np.sqrt(struck.size)


def test_another_seed_is_another_draw() -> None:
    keys = edge_keys(EdgeKind.BOND, [str(number) for number in range(500)])
    one, other = happens(keys, range(1), 0.5), happens(keys, range(1), 0.5, seed=7)
    assert 0.4 < (one == other).mean() < 0.6
