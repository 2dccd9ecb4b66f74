"""What can be asked of a purchase."""

from __future__ import annotations

from graphsvc.features.questions import Question


class DealQuery(Question):
    """The question of `GET /accounts/{id}/opportunities/{id}/deal` and of `graphsvc deal`."""
