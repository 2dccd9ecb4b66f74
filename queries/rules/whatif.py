"""Parameters of what if (docs/rules.md §15)."""

from __future__ import annotations

from typing import ClassVar

from queries.rules.base import Few, RuleTable


class WhatIfRules(RuleTable):
    """What is told of a change that is only thought of (docs/rules.md §15)."""

    section: ClassVar[str] = "§15"

    most_moved: Few = 10
    """So many numbers of each answer are named as moved."""
