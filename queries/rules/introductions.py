"""Parameters of introductions (docs/rules.md §18)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Days, Few, Probability, RuleTable


class IntroductionRules(RuleTable):
    """Who could bring us to somebody (docs/rules.md §18)."""

    section: ClassVar[str] = "§18"

    upward: Probability = 0.5
    """To one's own boss."""
    bond: Probability = 0.85
    unknown_bond: Probability = 0.5
    colleagues: Probability = 0.3
    past_colleagues: Probability = 0.3
    channel: Probability = 0.15
    ask_days: Days = 365
    ask_cost: Annotated[float, Field(ge=0, le=1_000), Unit.POINTS] = 20
    """What one referral within `ask_days` adds to the cost of asking again, in points."""
    most_accounts: Few = 20
