"""Parameters of coverage and trust (docs/rules.md §7, §8)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Few, Probability, RuleTable


class CoverageRules(RuleTable):
    """Contact matrix, shape, single threads and the next pairing (docs/rules.md §7)."""

    section: ClassVar[str] = "§7"

    goal_points: Annotated[float, Field(ge=1, le=100), Unit.POINTS] = 50
    """From here on a category is covered; a new tie is taken to reach it."""
    thread_loss: Probability = 0.5
    """A department or decider hangs on one of ours whose leaving costs this part of the best tie."""
    pairings: Few = 3


class TrustRules(RuleTable):
    """Trust by categories (docs/rules.md §8)."""

    section: ClassVar[str] = "§8"

    voiceless: Probability = 0.5
    """What the tie to somebody without a voice is worth."""
