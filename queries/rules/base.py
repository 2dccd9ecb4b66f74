"""What all rule tables share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0, le=1)]
PassedOn = Annotated[float, Field(ge=0, le=0.99)]
"""A part that goes on to others; below 1, else an opinion that goes in circles never settles."""


class RuleTable(BaseModel):
    """Base of the rule tables: frozen, and a name that is none of its fields is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
