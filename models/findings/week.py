"""What somebody of ours should do this week, over all accounts they serve."""

from __future__ import annotations

from datetime import date

from models.enums import TeamRole
from models.findings.base import Answer, Evidence, Finding, Provenance
from models.findings.warnings import Severity, SuggestedAction
from models.week import Duty


class WeekItem(Finding):
    """One thing to do. `stake` is 0–100: the influence of whom it is about, or what hangs on a record.

    `due` is the day by which, empty where nothing says one; `days_late` counts from there, below 0 while
    there is time. `rule` is the rule of advice it comes from, if it comes from one. `suggested`, sent to
    `POST /actions` as it is, makes it an action.
    """

    rank: int
    account_id: str
    account: str
    duty: Duty
    urgency: Severity
    text: str
    stake: float
    due: date | None
    days_late: int | None
    contact_id: str | None
    opportunity_id: str | None
    rule: str | None
    evidence: list[Evidence]
    suggested: SuggestedAction | None


class WeekAccount(Finding):
    """An account that was looked at: as what its team has the member, and what its lines rest on.

    `left_off` counts by rule of advice what else it would say; `silent` are the rules that read dossiers,
    where whoever asks has no right to these.
    """

    account_id: str
    name: str
    roles: list[TeamRole]
    left_off: dict[str, int]
    silent: list[str]
    provenance: Provenance


class Week(Answer[WeekItem]):
    """What a member should do in the days from `on` to `until`, the most urgent first.

    Provenance: `account_sequence` is the sum over `accounts`, so any change of theirs moves it.
    """

    member_id: str
    member: str
    week: str
    until: date
    accounts: list[WeekAccount]
