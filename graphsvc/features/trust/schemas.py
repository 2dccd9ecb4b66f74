"""What can be asked of the trust."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import Step
from models.fields import Id


class TrustQuery(Question):
    """The question of `GET /accounts/{id}/trust` and of `graphsvc trust`."""

    opportunity_id: Id | None = Field(None, description="In this purchase, with the weights of its step.")
    step: Step | None = Field(None, description="At this purchasing step; default: the opportunity's.")
