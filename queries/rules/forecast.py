"""Parameters of the forecast (docs/rules.md §14)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from queries.rules.base import Few, Probability, RuleTable


class ForecastRules(RuleTable):
    """How opinions begin, and what a settled one comes to (docs/rules.md §14)."""

    section: ClassVar[str] = "§14"

    decided: Annotated[float, Field(ge=0.01, le=1)] = 0.25
    """From here on, either way, an opinion is no longer undecided; below −it an entered no is a veto."""
    guessed: Probability = 0.5
    """The opinion of somebody of unknown attitude to whom our tie has 100 points and nobody else has one."""
    levers: Few = 10
