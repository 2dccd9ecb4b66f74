"""How often a contact wants to be met: by level and by the account's tier (model.md §3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from models.columns import code_of
from models.enums import ContactStatus, Level, NodeKind, Tier
from models.graph import AccountGraph
from queries.people import people
from queries.rules import DEFAULT_RULES
from queries.rules.strength import CadenceRules

__all__ = ["cadence_days"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
_LEVELS, _TIERS = tuple(Level), tuple(Tier)


def cadence_days(graph: AccountGraph, *, on: date, rules: CadenceRules = DEFAULT_RULES.cadence) -> Floats:
    """Whole days that may pass between two contacts, by contact position; NaN for who has left. O(people).

    An account without a tier is met as rarely as one of tier C, a contact of unknown level as often as an
    operational one: nobody drops out of sight because a field is empty.
    """
    level = people(graph.on(on)).level
    by_level = np.array([*(rules.days[level] for level in _LEVELS), rules.days_unknown], dtype=np.float64)
    days = np.ceil(by_level[level] * _tier_factor(graph, rules))  # an unset level is code −1, the last one
    left = graph.contacts.array("status") == code_of(ContactStatus.LEFT)
    return np.where(left, np.nan, days)


def _tier_factor(graph: AccountGraph, rules: CadenceRules) -> float:
    accounts = graph.nodes[NodeKind.ACCOUNT]
    row = accounts.position.get(graph.account_id)
    code = -1 if row is None else int(accounts.array("tier")[row])
    return rules.tier[_TIERS[code]] if code >= 0 else rules.tier_unset
