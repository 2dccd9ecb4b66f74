"""What can be asked of the channel map."""

from __future__ import annotations

from graphsvc.features.questions import Question


class ChannelsQuery(Question):
    """The question of `GET /channels`."""
