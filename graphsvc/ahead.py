"""Making and using at the same time: what is to come is made in a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_AT_HAND = 3
_END = object()


def ahead(items: Iterator[T], *at_hand: T) -> Generator[T]:
    """The items in their order, a few made in another thread while the one before them is used.

    It pays where using one waits outside of Python. What making one raises comes when it is its turn. Items
    `at_hand` come before the others, which are being made as soon as the first is taken.
    """
    with ThreadPoolExecutor(1, "ahead") as maker:
        coming = deque(maker.submit(next, items, _END) for _ in range(_AT_HAND))
        try:
            yield from at_hand
            while (item := coming.popleft().result()) is not _END:
                coming.append(maker.submit(next, items, _END))
                yield item  # type: ignore[misc]
        finally:
            maker.shutdown(wait=True, cancel_futures=True)
