"""Parameters of departures (docs/rules.md §20)."""

from __future__ import annotations

from typing import ClassVar

from queries.rules.base import Few, RuleTable


class DepartureRules(RuleTable):
    """What hangs on one person, and who could make up for it (docs/rules.md §20)."""

    section: ClassVar[str] = "§20"

    substitutes: Few = 3
    """So many are named."""
