"""Parameters of what if (docs/rules.md §15)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import RuleTable


class WhatIfRules(RuleTable):
    """What is told of a change that is only thought of (docs/rules.md §15)."""

    most_moved: Annotated[int, Field(ge=1)] = 10
    """So many numbers of each answer are named as moved."""
