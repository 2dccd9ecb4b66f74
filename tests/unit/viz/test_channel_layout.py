"""The channel map: cards apart, goods to the right, the same picture for the same links."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from viz.layout.channels import HEIGHT, WIDTH, lay_channels

DEPTHS = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(0, 3), min_size=1)


@given(DEPTHS, st.data())
def test_no_card_lies_on_another_and_all_lie_within(
    depths: dict[str, int | None], data: st.DataObject
) -> None:
    links = data.draw(st.lists(st.tuples(*[st.sampled_from(sorted(depths))] * 2), max_size=12))
    found = lay_channels(depths, links)
    assert set(found.places) == set(depths)
    for (x, y), (u, v) in combinations(found.places.values(), 2):
        assert abs(x - u) >= WIDTH or abs(y - v) >= HEIGHT
    assert all(0 <= x <= found.width - WIDTH for x, _ in found.places.values())
    assert all(0 <= y <= found.height - HEIGHT for _, y in found.places.values())
    assert all(0 <= x <= found.width for line in found.lines for x in line.points[::2])
    assert found == lay_channels(depths, links)


def test_goods_go_to_the_right_and_who_has_none_stands_last() -> None:
    found = lay_channels({"owner": None, "shop": 1, "mill": 0}, [("mill", "shop"), ("owner", "shop")])
    across = {id_: x for id_, (x, _) in found.places.items()}
    assert across["mill"] < across["shop"] < across["owner"]
    there = found.lines[0].points
    assert there[0] == across["mill"] + WIDTH
    assert there[-2] == across["shop"]


def test_cards_stand_near_whom_they_are_linked_with() -> None:
    depths: dict[str, int | None] = {"a": 0, "b": 0, "c": 1, "d": 1}
    found = lay_channels(depths, [("a", "d"), ("b", "c")])
    down = {id_: y for id_, (_, y) in found.places.items()}
    assert (down["a"] < down["b"]) == (down["d"] < down["c"])


def test_a_pair_linked_both_ways_has_two_lines_apart() -> None:
    there, back = lay_channels({"a": 0, "b": 1}, [("a", "b"), ("b", "a")]).lines
    assert there.points[1] != back.points[1]
    assert there.label != back.label
