"""Parameters of threats (docs/rules.md §11)."""

from __future__ import annotations

from typing import ClassVar

from queries.rules.base import Points, RuleTable


class ThreatRules(RuleTable):
    """Competitors' ties against ours (docs/rules.md §11)."""

    section: ClassVar[str] = "§11"

    contested_points: Points = 50
    """From so many points on on both sides a contact is contested."""
