"""Parameters of trust (docs/rules.md §8)."""

from __future__ import annotations

from queries.rules.base import Probability, RuleTable


class TrustRules(RuleTable):
    """Trust by categories (docs/rules.md §8)."""

    voiceless: Probability = 0.5
    """What the tie to somebody without a voice is worth."""
