"""The words of a purchase as one answer tells it."""

from __future__ import annotations

from models.terms import Term


class MilestoneState(Term):
    """Where the milestone of a sales stage stands on a day."""

    REACHED = "reached", "Reached", "已达成"
    SKIPPED = "skipped", "Skipped", "已越过"
    LATE = "late", "Late", "逾期未达成"
    PLANNED = "planned", "Planned", "已计划"
    AHEAD = "ahead", "Still to come", "未到"
