"""Parameters of somebody's week (docs/rules.md §21)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import RuleTable


class WeekRules(RuleTable):
    """What comes into a week, and how urgent it is (docs/rules.md §21)."""

    days: Annotated[int, Field(ge=0, le=31)] = 7
    """So many days ahead promises and contacts are listed before they are late."""
    urgent_influence: Annotated[float, Field(ge=0, le=100)] = 50
    """A contact past the rhythm is urgent from this influence on."""
