"""What can be asked about introductions."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from models.fields import Id
from queries.rules import DEFAULT_RULES


class IntroductionsQuery(BaseModel):
    """The question of `GET /accounts/{id}/introductions` and of `graphsvc introductions`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: Id = Field(description="Whom to be introduced to: a contact of the account.")
    k: int = Field(5, ge=1, le=DEFAULT_RULES.chains.most_alternatives, description="Ways at most.")
    on: date | None = Field(None, description="The day whose ties hold; default: today, in UTC.")
