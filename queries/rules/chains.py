"""Parameters of chains and reach (docs/rules.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Few, Positive, Probability, RuleTable

Draws = Annotated[int, Field(ge=64, le=100_000)]


class ChainRules(RuleTable):
    """Decision chains and reach (docs/rules.md §3)."""

    section: ClassVar[str] = "§3"

    upward: Probability = 0.8
    downward: Probability = 0.9
    dotted: Probability = 0.5
    stated: Probability = 0.85
    derived: Probability = 0.3
    unknown_weight: Probability = 0.15
    messages_scale: Positive = 20
    attitude: Mapping[int, Probability] = {2: 1.0, 1: 1.0, 0: 1.0, -1: 0.5, -2: 0.1}
    voice: tuple[Probability, Probability, Probability, Probability] = (0.6, 0.85, 1.0, 1.0)
    window_shut: Probability = 0.6
    most_alternatives: Annotated[int, Field(ge=1, le=20)] = 20
    most_targets: Few = 10
    most_steps: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1_300_000
    """Steps of the account times targets that one answer looks at."""
    extra_hops: Annotated[int, Field(ge=0, le=20)] = 6
    exact_edges: Annotated[int, Field(ge=0, le=20)] = 20
    least_probability: Annotated[float, Field(gt=0, le=1), Unit.PROBABILITY] = 1 / 320
    draws: Mapping[int, Draws] = {300: 100_000, 2_000: 20_000}
    """Draws of the reach up to so many people; above, `least_draws`."""
    least_draws: Draws = 2_048
