"""Parameters of key players and of measures by position (docs/rules.md §16)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.fields import Unit
from queries.rules.base import Probability, RuleTable


class KeyPlayerRules(RuleTable):
    """Key players: fragmentation, the smallest set, measures by position (docs/rules.md §16)."""

    section: ClassVar[str] = "§16"

    counts_from: Annotated[float, Field(ge=0.001, le=1)] = 0.05
    exact_people: Annotated[int, Field(ge=1, le=5_000), Unit.PEOPLE] = 2_000
    starts: Annotated[int, Field(ge=2, le=10_000)] = 1_024
    between_steps: Annotated[int, Field(ge=1, le=1_000_000_000)] = 50_000_000
    """Ties times people that betweenness is measured from, above `exact_people`."""
    cover_pairs: Annotated[int, Field(ge=1, le=1_000_000_000)] = 50_000_000
    """Pairs of a candidate and a person to be near to that the smallest set is chosen by, likewise."""
    goal: Probability = 0.5
    most_seats: Annotated[int, Field(ge=1, le=20)] = 20
    tried_people: Annotated[int, Field(ge=1, le=50), Unit.PEOPLE] = 50
    tried_seats: Annotated[int, Field(ge=1, le=3)] = 3
