"""What every question about an account may name: the moment it is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pydantic import BaseModel, ConfigDict, Field

from models.faults import Code, Fault, InvalidInput


class Question(BaseModel):
    """Base of the query models; the names of the fields are those of the API, others are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: datetime | None = Field(None, description="What was known then (time of the change log).")
    on: date | None = Field(None, description="The day whose ties hold; default: today in UTC.")

    def day(self) -> date:
        """The day to answer for. Raises InvalidInput for what is not supported yet."""
        if self.as_of is not None:
            raise not_yet("as_of")
        return self.on or today()


def today() -> date:
    """Today in UTC: the only place where answers meet the clock."""
    return datetime.now(UTC).date()


def not_yet(name: str) -> InvalidInput:
    """The refusal of a query name that a later version answers."""
    return InvalidInput(Fault(Code.NOT_YET, {"name": name}, pointer=f"/{name}"))
