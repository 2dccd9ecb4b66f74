"""How far the two interests of each contact are met."""

from __future__ import annotations

from datetime import date

from models.enums import Category
from models.findings.base import Answer, Evidence, Finding
from models.positions import Position, Road


class PositionPoint(Finding):
    """Where we stood with a contact on a day; both interests 0–100."""

    on: date
    personal: float
    institutional: float
    position: Position


class Passed(Finding):
    """A position and the first day of the trail on which it was held."""

    position: Position
    since: date


class Standing(Finding):
    """Where we stand with a contact: both interests 0–100, and the positions passed so far.

    `member_id` is who of ours stands best with him personally, `assessed_on` the day of the last
    questionnaire. `lagging`: a supplier on the supplier road whose personal side has not followed. The lines
    of each interest add up to it (the heaviest ones in lists); the reasons are of values set by hand.
    """

    contact_id: str
    name: str
    category: Category | None
    position: Position
    personal: float
    institutional: float
    road: Road | None
    lagging: bool
    member_id: str | None
    assessed_on: date | None
    passed: list[Passed]
    personal_evidence: list[Evidence]
    personal_reason: str | None
    institutional_evidence: list[Evidence]
    institutional_reason: str | None


class CategoryPosition(Finding):
    """Where we stand with a buyer category: with its best person; an outsider where we know nobody."""

    category: Category
    people: int
    contact_id: str | None
    personal: float
    institutional: float
    position: Position


class Positions(Answer[Standing]):
    """Everybody we have to do with, the best position first; and the six categories by their best person."""

    categories: list[CategoryPosition]


class PositionTrail(Answer[PositionPoint]):
    """The dated trail of one contact, the oldest point first, and where it has led."""

    contact: Standing
