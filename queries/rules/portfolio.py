"""Parameters of tiers (docs/rules.md §5)."""

from __future__ import annotations

from collections.abc import Mapping

from models.enums import Tier
from queries.rules.base import Probability, RuleTable


class TierRules(RuleTable):
    """Suggested tiers of accounts (docs/rules.md §5)."""

    shares: Mapping[Tier, Probability] = {Tier.A: 0.5, Tier.B: 0.2, Tier.C: 0.1}
    """What the accounts of each tier make of all sales, the largest accounts first."""
