"""What can be asked of threats."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class ThreatsQuery(Question):
    """The question of `GET /accounts/{id}/threats` and of `graphsvc threats`."""

    opportunity_id: Id | None = Field(
        None, description="By the influence in this purchase; default: overall."
    )
