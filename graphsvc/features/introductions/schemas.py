"""What can be asked about introductions."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id
from queries.rules import DEFAULT_RULES


class IntroductionsQuery(Question):
    """The question of `GET /accounts/{id}/introductions` and of `graphsvc introductions`."""

    to: Id = Field(description="Whom to be introduced to: a contact of the account.")
    k: int = Field(5, ge=1, le=DEFAULT_RULES.chains.most_alternatives, description="Ways at most.")
