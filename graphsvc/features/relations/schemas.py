"""What can be asked of the relation matrix."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class RelationsQuery(Question):
    """The question of `GET /accounts/{id}/relations`."""

    opportunity_id: Id | None = Field(None, description="With the influences of this purchase.")
    contact_id: Id | None = Field(None, description="Only the pairs of this contact.")
    limit: int | None = Field(None, ge=1, description="At most so many pairs.")
