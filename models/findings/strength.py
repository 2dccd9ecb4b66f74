"""How strong ties are."""

from __future__ import annotations

from datetime import date

from models.enums import Grade
from models.findings.base import Answer, Finding


class Contribution(Finding):
    """One line of a strength: its points (all lines add up to it) and the strength without it."""

    kind: str
    id: str
    points: float
    without: float


class Trend(Finding):
    """The strength now less the strength 30 and 90 days before, in points."""

    d30: float
    d90: float


class WayThere(Finding):
    """A way to a wanted grade: so many acts of a kind, the last on a day, and how the tie would then stand.

    `kind` is "assessment" (one questionnaire that gives at least `least_points` of 48) or the kind of
    contact, one a week.
    """

    kind: str
    acts: int
    least_points: int | None
    on: date
    strength: float
    grade: Grade


class StrengthGoal(Finding):
    """The grade wanted of a tie and the ways to it, fewest acts first; none where nothing tried would do."""

    target_grade: Grade
    reached: bool
    ways: list[WayThere]


class TieStrength(Finding):
    """How strong the tie of one of ours to one of theirs is, 0–100, and why."""

    member_id: str
    contact_id: str
    strength: float
    grade: Grade
    depth: float
    warmth: float
    liking: float
    confidence: float
    self_strength: float | None
    disagreement: float | None
    trend: Trend
    cooling: bool
    next_due: date | None
    contributions: list[Contribution]
    hostile: bool = False
    """Close but hostile: the points of a trusted tie, and a liking that is sour."""
    last_contact: date | None = None
    """The last day of two-way contact."""
    goal: StrengthGoal | None = None
    """Where a grade is wanted of the tie."""


class Strengths(Answer[TieStrength]):
    """Every tie of ours to the account, strongest first."""


class StrengthPoint(Finding):
    """How strong a tie was on a day."""

    on: date
    strength: float
    depth: float
    warmth: float
    grade: Grade


class StrengthTrail(Answer[StrengthPoint]):
    """One tie over time, the earliest day first."""


class PairStrength(Finding):
    """How strong the tie of `source_id` to `target_id` is, 0–100, by their messages alone."""

    source_id: str
    target_id: str
    strength: float


class PairStrengths(Answer[PairStrength]):
    """Both orders of every pair of contacts that ever exchanged a message, strongest first."""
