"""Whom to measure from where measuring from everybody would take too long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.enums import NodeKind
from queries.draws import edge_keys
from queries.keyplayers.hops import Places
from queries.rules.keyplayers import KeyPlayerRules

__all__ = ["TWO_SIDED", "drawn"]

TWO_SIDED = 1.959963984540054
"""Standard errors on either side of a mean that hold 95 % of all draws."""


def drawn(there: Places, ids: Sequence[str], rules: KeyPlayerRules, most: int | None = None) -> Places:
    """All of `there` up to `exact_people`; above, the `starts` people whose ids hash lowest, in order.

    With `most`, no more than these, two at least: an error is not told of one.

    A hash of the id alone draws: the same people on every run and store, whoever else comes or goes.
    """
    if len(there) <= rules.exact_people:
        return there
    keys = edge_keys(NodeKind.CONTACT, [ids[person] for person in there.tolist()])
    number = rules.starts if most is None else min(rules.starts, max(2, most))
    return np.sort(there[np.argsort(keys, kind="stable")[:number]])
