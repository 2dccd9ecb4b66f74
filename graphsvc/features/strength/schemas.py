"""What can be asked of the strength of ties."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class StrengthQuery(Question):
    """The question of `GET /accounts/{id}/strength` and of `graphsvc strength`."""

    member_id: Id | None = Field(None, description="Only ties of this person of ours.")
    contact_id: Id | None = Field(None, description="Only ties to this contact.")
    best_per: Literal["contact"] | None = Field(None, description="One row per contact: its strongest tie.")
    limit: int | None = Field(None, ge=1, description="At most so many ties.")


class TrailQuery(Question):
    """The question of `GET /accounts/{id}/strength/{member_id}/{contact_id}/over-time`."""

    months: int = Field(24, ge=1, le=120, description="So many month ends back.")
