"""Parameters of positions (docs/rules.md §10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from models.enums import InteractionKind
from queries.rules.base import Days, Few, HalfLife, Moved, Points, RuleTable


class PositionRules(RuleTable):
    """How far a contact's two interests are met (docs/rules.md §10)."""

    section: ClassVar[str] = "§10"

    met_points: Points = 50
    personal: Mapping[InteractionKind, Moved] = {
        InteractionKind.MEAL: 8,
        InteractionKind.EVENT: 6,
        InteractionKind.CALL: 2,
    }
    institutional: Mapping[InteractionKind, Moved] = {
        InteractionKind.VISIT: 5,
        InteractionKind.DEMO: 6,
        InteractionKind.TRAINING: 6,
        InteractionKind.COMPLAINT: -6,
    }
    closed_complaint: Moved = 8
    closed_days: Days = 30
    """So many days after a complaint it is still closed in time."""
    kept_promise: Moved = 8
    broken_promise: Moved = -6
    mood: Mapping[int, Annotated[float, Field(ge=-10, le=10)]] = {-2: -1, -1: -0.5, 0: 1, 1: 1.2, 2: 1.2}
    """Factor of the points of an interaction by how it went; complaints have none."""
    move_scale: Annotated[float, Field(ge=1, le=10_000)] = 100
    move_half_life_days: HalfLife = 365
    personal_half_life_days: HalfLife = 730
    institutional_half_life_days: HalfLife = 1095
    lines: Few = 5
    """Lines of each interest in lists."""
