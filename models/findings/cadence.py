"""Whom to meet again, and what to have confirmed."""

from __future__ import annotations

from datetime import date

from models.cadence import Matter
from models.enums import Category
from models.findings.base import Answer, Evidence, Finding


class Overdue(Finding):
    """A contact whose rhythm is broken. `days` since the last two-way contact; both empty if there was none.

    `overdue_days` = `days` less the rhythm `cadence_days`; `due` the day on which contact was due.
    `member_id` is who of ours knows the contact best, empty if nobody does.
    """

    rank: int
    contact_id: str
    name: str
    category: Category | None
    last_contact: date | None
    days: int | None
    cadence_days: int
    overdue_days: int | None
    due: date | None
    influence: float
    in_centre: bool
    member_id: str | None
    evidence: list[Evidence]


class OverdueContacts(Answer[Overdue]):
    """Contacts past their rhythm, the most influential first."""


class Stale(Finding):
    """A card or tie that nobody has confirmed for long; `days` since, empty if nobody ever did.

    A card has no `source_id`. `weight` is 0–100: what hangs on it, `because` says how.
    """

    rank: int
    kind: str
    id: str
    source_id: str | None
    source: str | None
    target_id: str
    target: str
    confirmed_on: date | None
    days: int | None
    weight: float
    because: Matter


class Drawn(Finding):
    """Somebody drawn by lot to be assessed, by whom, and the day of the last questionnaire."""

    contact_id: str
    name: str
    member_id: str
    assessed_on: date | None


class ConfirmList(Answer[Stale]):
    """What to have confirmed in an ISO week (`week`, "2025-W24"), and whom to assess in it."""

    week: str
    drawn: list[Drawn]
