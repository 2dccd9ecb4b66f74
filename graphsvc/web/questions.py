"""Requests that ask nothing beside their address, or hardly anything: other names are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field


class NoQuery(BaseModel):
    """Nothing is asked beside the address, but in which language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")


NoQueryDep = Annotated[NoQuery, Query()]
