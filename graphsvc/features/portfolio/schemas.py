"""What can be asked of the portfolio."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class PortfolioQuery(BaseModel):
    """The question of `GET /portfolio`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date | None = Field(None, description="The day whose teams hold; default: today, in UTC.")
