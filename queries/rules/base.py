"""What all rule tables share: the bounds of their numbers."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from models.fields import Unit

Probability = Annotated[float, Field(ge=0, le=1), Unit.PROBABILITY]
PassedOn = Annotated[float, Field(ge=0, le=0.99), Unit.PROBABILITY]
"""A part that goes on to others; below 1, else an opinion that goes in circles never settles."""
Points = Annotated[float, Field(ge=0, le=100), Unit.POINTS]
Moved = Annotated[float, Field(ge=-100, le=100), Unit.POINTS]
"""Points that something adds or takes away."""
Factor = Annotated[float, Field(ge=0, le=100)]
Positive = Annotated[float, Field(gt=0, le=1_000)]
"""What something is divided by or multiplied with, so never nought."""
HalfLife = Annotated[float, Field(ge=1, le=36_500), Unit.DAYS]
Days = Annotated[int, Field(ge=0, le=36_500), Unit.DAYS]
Few = Annotated[int, Field(ge=1, le=100)]
"""How many are listed."""
Maybe = Annotated[int, Field(ge=0, le=100)]
"""The same where none may be."""
Rating = Annotated[int, Field(ge=1, le=5), Unit.RATING]


class RuleTable(BaseModel):
    """Base of the rule tables: frozen, and a name that is none of its fields is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: ClassVar[str] = ""
    """Where docs/rules.md explains it."""
