"""The strongest tie of ours to each contact."""

from __future__ import annotations

import numpy as np

from queries.strength.flows import Ints
from queries.strength.table import StrengthTable

__all__ = ["best_tie_rows"]


def best_tie_rows(table: StrengthTable, contacts: int) -> Ints:
    """The row in `table` of each contact's strongest tie, −1 for who has none. O(ties log ties).

    Strengths that differ in the order of additions only are equal; of equal ones the first member by id.
    """
    best = np.full(contacts, -1, dtype=np.int64)
    order = np.lexsort((-table.member, np.round(table.strength, 9)))
    best[table.contact[order]] = order  # the last one written, the strongest, stays
    return best
