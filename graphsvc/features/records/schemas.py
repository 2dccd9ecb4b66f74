"""What goes over the wire beside the records themselves."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from models.fields import Id, Text

MOST_CHANGES = 1000


class ChangeSetBody(BaseModel):
    """Many puts and deletes at once; each is {"put": KIND, "record": {…}} or {"delete": KIND, "id": …}.

    Either may name the revision it `expected`; 0 means that the record must be new.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    changes: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_CHANGES)
    reason: Text | None = Field(None, description="Why, for the change log.")
    id: Id | None = Field(None, description="Makes it safe to send again: it is applied once.")
