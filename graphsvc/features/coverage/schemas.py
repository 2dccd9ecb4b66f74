"""What can be asked of the coverage."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class CoverageQuery(Question):
    """The question of `GET /accounts/{id}/coverage` and of `graphsvc coverage`."""

    opportunity_id: Id | None = Field(None, description="In this purchase, with its attitudes and roles.")
    limit: int | None = Field(None, ge=1, description="At most so many ties.")
