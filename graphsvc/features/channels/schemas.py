"""What can be asked of the channel map."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class ChannelsQuery(BaseModel):
    """The question of `GET /channels`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date | None = Field(None, description="The day whose links hold; default: today, in UTC.")
