"""How numbers are published: nine significant digits, cut after every comparison has been made."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["DIGITS", "significant", "significant_all"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

DIGITS = 9
"""Digits that are equal on every machine; those behind them depend on the order of additions."""


def significant(value: float) -> float:
    """`value` at nine significant digits; −0 becomes 0. Rounding goes by the exact decimal value."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def significant_all(values: Floats) -> Floats:
    """Each of `values` at nine significant digits, in the same shape. O(n)."""
    rounded = [significant(value) for value in values.ravel().tolist()]
    return np.array(rounded, dtype=np.float64).reshape(values.shape)
