"""Parameters of somebody's week (docs/rules.md §21)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Points, RuleTable


class WeekRules(RuleTable):
    """What comes into a week, and how urgent it is (docs/rules.md §21)."""

    section: ClassVar[str] = "§21"

    days: Annotated[int, Field(ge=0, le=31), Unit.DAYS] = 7
    """So many days ahead promises and contacts are listed before they are late."""
    urgent_influence: Points = 50
    """A contact past the rhythm is urgent from this influence on."""
