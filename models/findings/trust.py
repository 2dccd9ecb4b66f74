"""How far an account trusts us."""

from __future__ import annotations

from models.coverage import Discount
from models.enums import Category, Grade, Level, Step
from models.findings.base import Answer, Evidence, Finding


class PassedOver(Finding):
    """A tie that is stronger than the one that counts, and counts for less or for nothing."""

    contact_id: str
    member_id: str
    strength: float
    discount: Discount


class TrustTerm(Finding):
    """What one buyer category adds to the trust: `points` = `weight` · `strength`.

    `strength` is what the best tie there is worth: its own `tie_strength` · `share` (what the contact holds
    of the category), halved without a voice (`discount`). `people` sit in the category, `met` of them have
    a tie that counts; nobody there at all is a `gap`. `passed_over`: the strongest tie that was passed over.
    """

    category: Category
    weight: float
    strength: float
    points: float
    grade: Grade
    people: int
    met: int
    gap: bool
    contact_id: str | None
    member_id: str | None
    tie_strength: float | None
    share: float | None
    discount: Discount | None
    passed_over: PassedOver | None
    evidence: list[Evidence]


class Thermometer(Finding):
    """How warm a level of theirs is to us, by the best tie there; `people` sit on it."""

    level: Level
    strength: float
    grade: Grade
    people: int
    contact_id: str | None
    member_id: str | None
    evidence: list[Evidence]


class Trust(Answer[TrustTerm]):
    """The trust of an account, 0–100, as the sum of its six terms, in the order of the categories.

    `possible`: what it would be at 100 wherever somebody of theirs is known; `weakest`: the category that
    weighs something, has people, and trusts us least. `gaps` are categories that weigh something and have
    nobody.
    """

    trust: float
    possible: float
    grade: Grade
    step: Step | None
    weakest: Category | None
    gaps: list[Category]
    levels: list[Thermometer]
