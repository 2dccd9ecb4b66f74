"""Which complaints are open."""

from __future__ import annotations

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, code_of
from models.enums import InteractionKind, NodeKind
from models.graph import AccountGraph

__all__ = ["open_complaints"]


def open_complaints(graph: AccountGraph, today: int) -> list[int]:
    """The rows of the interactions that are complaints open on a day, the oldest first. O(interactions).

    What was resolved later is still open on that day.
    """
    table = graph.nodes[NodeKind.INTERACTION]
    day, resolved = table.array("at") // SECONDS_A_DAY, table.array("resolved_on")
    complaint = table.array("kind") == code_of(InteractionKind.COMPLAINT)
    rows = np.flatnonzero(complaint & (day <= today) & ((resolved == NO_DAY) | (resolved > today)))
    return [int(row) for row in rows[np.argsort(day[rows], kind="stable")]]
