"""Parameters of threats (docs/rules.md §11)."""

from __future__ import annotations

from queries.rules.base import RuleTable


class ThreatRules(RuleTable):
    """Competitors' ties against ours (docs/rules.md §11)."""

    contested_points: float = 50
    """From so many points on on both sides a contact is contested."""
