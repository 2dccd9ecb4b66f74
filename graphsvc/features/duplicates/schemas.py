"""What can be asked of the duplicates of an account."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question


class DuplicatesQuery(Question):
    """The question of `GET /accounts/{id}/duplicates` and of `graphsvc duplicates`."""

    min_score: float | None = Field(None, ge=0, le=1, description="Only pairs that score so much.")
    across: bool = Field(False, description="Pairs with people of the other accounts instead.")
    limit: int | None = Field(None, ge=1, description="At most so many pairs.")
