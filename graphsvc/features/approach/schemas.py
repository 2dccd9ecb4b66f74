"""What can be asked of an approach."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class ApproachQuery(Question):
    """The question of `GET /accounts/{id}/approach/{contact_id}` and of `graphsvc approach`."""

    opportunity_id: Id | None = Field(
        None, description="Concerns in this purchase; default: in all open ones."
    )
