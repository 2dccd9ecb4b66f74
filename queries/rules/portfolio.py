"""Parameters of tiers (docs/rules.md §5)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import model_validator

from models.enums import Tier
from models.fields import Unfit
from queries.rules.base import Probability, RuleTable


class TierRules(RuleTable):
    """Suggested tiers of accounts (docs/rules.md §5)."""

    section: ClassVar[str] = "§5"

    shares: Mapping[Tier, Probability] = {Tier.A: 0.5, Tier.B: 0.2, Tier.C: 0.1}
    """What the accounts of each tier make of all sales, the largest accounts first."""

    @model_validator(mode="after")
    def _shares_of_one_whole(self) -> Self:
        if math.fsum(self.shares.values()) > 1 + 1e-9:
            raise Unfit("shares: together at most 1", "shares：合计不超过 1")
        return self
