"""What can be asked of somebody's week."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.fields import Id


class WeekQuery(Question):
    """The question of `GET /me/week` and of `graphsvc week`."""

    member: Id = Field(description="Who of ours asks.")
