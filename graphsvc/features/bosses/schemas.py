"""What can be asked of probable bosses."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id
from queries.rules import DEFAULT_RULES


class BossesQuery(Question):
    """The question of `GET /accounts/{id}/probable-bosses` and of `graphsvc bosses`."""

    contact_id: Id | None = Field(None, description="Only whose boss this contact has; default: everybody's.")
    k: int = Field(
        3, ge=1, le=DEFAULT_RULES.bosses.most_guesses, description="Probable bosses for each person."
    )
