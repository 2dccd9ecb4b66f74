"""What is made ahead comes in its order, and nothing is made for nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from graphsvc.ahead import ahead


def test_everything_comes_in_its_order_made_elsewhere() -> None:
    makers = set()

    def numbers() -> Iterator[int]:
        for number in range(10):
            makers.add(threading.get_ident())
            yield number

    assert list(ahead(numbers())) == list(range(10))
    assert len(makers) == 1
    assert threading.get_ident() not in makers
    assert list(ahead(iter(()))) == []


def test_what_goes_wrong_comes_when_it_is_its_turn() -> None:
    def numbers() -> Iterator[int]:
        yield 1
        raise ValueError("two")

    items = ahead(numbers())
    assert next(items) == 1
    with pytest.raises(ValueError, match="two"):
        next(items)


def test_only_a_few_are_made_ahead_and_none_for_who_has_left() -> None:
    made = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number

    items = ahead(numbers())
    assert next(items) == 0
    items.close()  # type: ignore[attr-defined]
    assert 1 <= len(made) <= 4
    before = threading.active_count()
    assert list(ahead(iter([1]))) == [1]
    assert threading.active_count() == before


def test_what_is_at_hand_comes_first_while_the_others_are_made() -> None:
    made = threading.Event()

    def numbers() -> Iterator[int]:
        made.set()
        yield 2

    items = ahead(numbers(), 0, 1)
    assert not made.is_set()
    assert next(items) == 0
    assert made.wait(10)
    assert list(items) == [1, 2]
