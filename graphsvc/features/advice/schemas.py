"""What can be asked of the advice."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class AdviceQuery(Question):
    """The question of `GET /accounts/{id}/advice` and of `graphsvc advice`."""

    opportunity_id: Id | None = Field(
        None, description="Only what concerns this purchase, or the account as a whole."
    )
