"""Parameters of complaints and satisfaction (docs/rules.md §13)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import RuleTable


class ComplaintRules(RuleTable):
    """What open complaints cost, and how satisfied departments are (docs/rules.md §13)."""

    deciders: Annotated[int, Field(ge=0)] = 5
    """To so many deciders, the most influential ones, the cost in reach is counted."""
    reach_people: int = 2_000
    """Up to so many people the way on is counted over all paths, above along the best one."""
    survey_days: int = 365
    """A survey counts for so many days."""
