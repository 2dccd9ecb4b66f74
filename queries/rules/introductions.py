"""Parameters of introductions (docs/rules.md §18)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import Probability, RuleTable


class IntroductionRules(RuleTable):
    """Who could bring us to somebody (docs/rules.md §18)."""

    upward: Probability = 0.5
    """To one's own boss."""
    bond: Probability = 0.85
    unknown_bond: Probability = 0.5
    colleagues: Probability = 0.3
    past_colleagues: Probability = 0.3
    channel: Probability = 0.15
    ask_days: Annotated[int, Field(ge=0)] = 365
    ask_cost: Annotated[float, Field(ge=0)] = 20
    """What one referral within `ask_days` adds to the cost of asking again, in points."""
    most_accounts: Annotated[int, Field(ge=1)] = 20
