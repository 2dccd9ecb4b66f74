"""The first few of many, and the best of each group, found without sorting them all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from queries.influence.standing import best_first, first_of
from queries.strength.flows import best_of_group, runs

FEW = st.sampled_from([0.0, 0.1, 0.1 + 1e-15, 0.25, 0.5])


@given(st.lists(FEW, max_size=12), st.integers(1, 6))
def test_the_first_are_those_of_the_whole_order(shares: list[float], most: int) -> None:
    share = np.array(shares)
    assert first_of(share, most).tolist() == best_first(share)[:most].tolist()


@given(st.lists(st.tuples(st.integers(0, 3), FEW), max_size=12))
def test_the_best_of_a_group_and_the_next_beside_it(rows: list[tuple[int, float]]) -> None:
    rows.sort(key=lambda row: row[0])
    group, mass = runs(np.array([key for key, _ in rows], dtype=np.int64)), [value for _, value in rows]
    kept, following = [0.0] * len(rows), [0.0] * len(rows)
    for number in set(group.tolist()):
        places = [place for place, its in enumerate(group.tolist()) if its == number]
        best = max(places, key=lambda place: (mass[place], -place))
        kept[best] = mass[best]
        following[best] = max((mass[place] for place in places if place != best), default=0.0)
    found = best_of_group(np.array(mass), group)
    assert [column.tolist() for column in found] == [kept, following]
