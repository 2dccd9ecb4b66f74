"""Parameters of departures (docs/rules.md §20)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import RuleTable


class DepartureRules(RuleTable):
    """What hangs on one person, and who could make up for it (docs/rules.md §20)."""

    substitutes: Annotated[int, Field(ge=1)] = 3
    """So many are named."""
