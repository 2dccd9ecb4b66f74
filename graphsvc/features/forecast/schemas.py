"""What can be asked of the forecast."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import Step
from models.fields import Id


class ForecastQuery(Question):
    """The question of `GET /accounts/{id}/forecast` and of `graphsvc forecast`."""

    opportunity_id: Id | None = Field(None, description="In this purchase; without one, in all open ones.")
    step: Step | None = Field(None, description="At this purchasing step; default: the opportunity's.")
