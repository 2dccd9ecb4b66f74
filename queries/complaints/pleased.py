"""Who has just been pleased, and has nothing open that should be closed first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, code_of
from models.enums import InteractionKind, NodeKind
from models.graph import AccountGraph
from queries.complaints.opened import open_complaints
from queries.rules.advice import AdviceRules

__all__ = ["pleased_lately", "taking_part"]


def pleased_lately(graph: AccountGraph, today: int, rules: AdviceRules) -> dict[int, tuple[int, int]]:
    """Of each contact (a position) the last complaint settled or good mark given within `referral_days`.

    The day's number and the row of the interaction. Who has a complaint open is not among them: that is
    closed before anything is asked of him (docs/rules.md §13). O(interactions log interactions).
    """
    table = graph.nodes[NodeKind.INTERACTION]
    kind, resolved = table.array("kind"), table.array("resolved_on").astype(np.int64)
    day = (table.array("at") // SECONDS_A_DAY).astype(np.int64)
    settled = (kind == code_of(InteractionKind.COMPLAINT)) & (resolved <= today)
    good = table.array("score") >= rules.referral_score
    marked = (kind == code_of(InteractionKind.SURVEY)) & good & (day <= today)
    when = np.where(settled, resolved, np.where(marked, day, NO_DAY))
    rows = np.flatnonzero((when != NO_DAY) & (when >= today - rules.referral_days))
    found: dict[int, tuple[int, int]] = {}
    for row in rows[np.argsort(when[rows], kind="stable")].tolist():
        found |= dict.fromkeys(taking_part(graph, row), (int(when[row]), row))
    for row in open_complaints(graph, today):
        for contact in taking_part(graph, row):
            found.pop(contact, None)
    return found


def taking_part(graph: AccountGraph, row: int) -> Iterator[int]:
    """The positions of their people in an interaction."""
    position = graph.contacts.position
    named = graph.nodes[NodeKind.INTERACTION].texts("contact_ids")[row] or ()
    return (position[id_] for id_ in named if id_ in position)
