"""Parameters of complaints and satisfaction (docs/rules.md §13)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Days, Maybe, RuleTable


class ComplaintRules(RuleTable):
    """What open complaints cost, and how satisfied departments are (docs/rules.md §13)."""

    section: ClassVar[str] = "§13"

    deciders: Maybe = 5
    """To so many deciders, the most influential ones, the cost in reach is counted."""
    reach_people: Annotated[int, Field(ge=0, le=2_000), Unit.PEOPLE] = 2_000
    """Up to so many people the way on is counted over all paths, above along the best one."""
    survey_days: Days = 365
    """A survey counts for so many days."""
