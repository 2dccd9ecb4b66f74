"""Parameters of key players and of measures by position (docs/rules.md §16)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queries.rules.base import Probability, RuleTable


class KeyPlayerRules(RuleTable):
    """Key players: fragmentation, the smallest set, measures by position (docs/rules.md §16)."""

    counts_from: Annotated[float, Field(gt=0)] = 0.05
    exact_people: Annotated[int, Field(ge=1)] = 2_000
    starts: Annotated[int, Field(ge=2)] = 1_024
    goal: Probability = 0.5
    most_seats: Annotated[int, Field(ge=1)] = 20
    tried_people: Annotated[int, Field(ge=1)] = 50
    tried_seats: Annotated[int, Field(ge=1, le=3)] = 3
