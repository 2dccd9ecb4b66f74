"""What can be asked of the portfolio."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import Category, Step
from models.measures import Measure


class PortfolioQuery(Question):
    """The question of `GET /portfolio`."""


class InfluencersQuery(Question):
    """The question of `GET /influencers`."""

    step: Step | None = Field(None, description="Rank everybody for this purchasing step.")
    measure: Measure | None = Field(None, description="How to score; default: influence.")
    category: Category | None = Field(None, description="Only people of this buyer category.")
    per_account: int = Field(5, ge=1, le=50, description="At most so many people of an account.")
    max_strength: float | None = Field(
        None, ge=0, le=100, description="Only people to whom nobody of ours has a stronger tie."
    )
