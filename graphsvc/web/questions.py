"""Requests that ask nothing beside their address, or hardly anything: other names are refused."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict


class NoQuery(BaseModel):
    """Nothing is asked beside the address, but in which language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: str | None = None


NoQueryDep = Annotated[NoQuery, Query()]
