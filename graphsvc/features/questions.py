"""What every question about an account may name: the moment it is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from models.fields import AskedDay, AskedTime
from models.findings.base import Traced

Answered = TypeVar("Answered", bound=Traced)


class Question(BaseModel):
    """Base of the query models; the names of the fields are those of the API, others are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: AskedTime | None = Field(None, description="What was known then (time of the change log).")
    on: AskedDay | None = Field(
        None, description="The day whose ties hold; default: that of as_of, else today, in UTC."
    )

    def day(self) -> date:
        """The day to answer for."""
        then = self.as_of.astimezone(UTC).date() if self.as_of else None
        return self.on or then or today()

    def stamped(self, answer: Answered) -> Answered:
        """The answer with the moment it was asked for in its provenance."""
        if self.as_of is None:
            return answer
        provenance = answer.provenance.model_copy(update={"as_of": self.as_of.astimezone(UTC)})
        return answer.model_copy(update={"provenance": provenance})


def today() -> date:
    """Today in UTC: the only place where answers meet the clock."""
    return datetime.now(UTC).date()
