"""Parameters of positions (docs/rules.md §10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from models.enums import InteractionKind
from queries.rules.base import RuleTable

Days = Annotated[float, Field(gt=0)]


class PositionRules(RuleTable):
    """How far a contact's two interests are met (docs/rules.md §10)."""

    met_points: float = 50
    personal: Mapping[InteractionKind, float] = {
        InteractionKind.MEAL: 8,
        InteractionKind.EVENT: 6,
        InteractionKind.CALL: 2,
    }
    institutional: Mapping[InteractionKind, float] = {
        InteractionKind.VISIT: 5,
        InteractionKind.DEMO: 6,
        InteractionKind.TRAINING: 6,
        InteractionKind.COMPLAINT: -6,
    }
    closed_complaint: float = 8
    closed_days: int = 30
    """So many days after a complaint it is still closed in time."""
    kept_promise: float = 8
    broken_promise: float = -6
    mood: Mapping[int, float] = {-2: -1, -1: -0.5, 0: 1, 1: 1.2, 2: 1.2}
    """Factor of the points of an interaction by how it went; complaints have none."""
    move_scale: Days = 100
    move_half_life_days: Days = 365
    personal_half_life_days: Days = 730
    institutional_half_life_days: Days = 1095
    lines: int = 5
    """Lines of each interest in lists."""
