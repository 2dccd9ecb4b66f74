"""Sorting rows by small whole numbers, as positions are, by counting instead of comparing."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

__all__ = ["is_sorted", "order_by"]

Ints = np.ndarray[Any, np.dtype[np.int32]]


def order_by(*keys: Ints, size: int) -> Ints:
    """The rows sorted by the first key, then the next, then as they stand. Keys are 0 … size−1.

    A radix sort with a key as digit: a matrix whose row holds one entry, in the column of its key, is turned
    from rows to columns, which counts, keeps what is equal as it stands, and is compiled. Two keys of half a
    million rows take two fifths of the time of sorting both packed into one number; keys in order take none.
    O(keys · (rows + size)).
    """
    rows = len(keys[0])
    begins, marks = np.arange(rows + 1, dtype=np.int32), np.zeros(rows, dtype=np.int8)
    order = begins[:-1]
    for place, key in enumerate(reversed(keys)):
        digits = key.take(order) if place else key
        if not is_sorted(digits):
            turned = csr_array((marks, digits, begins), shape=(rows, size)).tocsc().indices
            order = order.take(turned)
    return np.asarray(order, dtype=np.int32)


def is_sorted(*keys: Ints) -> bool:
    """Whether rows are sorted by the first key, then the next. O(rows)."""
    fine = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in reversed(keys):
        fine = (key[:-1] < key[1:]) | (key[:-1] == key[1:]) & fine
    return bool(fine.all())
