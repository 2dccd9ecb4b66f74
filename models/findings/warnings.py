"""What rules warn of, and what to do about it."""

from __future__ import annotations

from datetime import date

from models.enums import ActionKind
from models.findings.base import Answer, Evidence, Finding
from models.terms import Term


class Severity(Term):
    """How urgent a warning is."""

    HIGH = "high", "Urgent", "紧急"
    MEDIUM = "medium", "Soon", "尽快"
    LOW = "low", "When convenient", "择机"


class SuggestedAction(Finding):
    """What to do about a warning: sent to `POST /actions` as it is, it becomes an action.

    `id` is made of what is warned of, so the same advice cannot become two actions.
    """

    id: str
    account_id: str
    kind: ActionKind
    text: str
    member_id: str | None
    contact_id: str | None
    opportunity_id: str | None
    due: date
    from_rule: str


class MadeAction(Finding):
    """The action that was made of a warning, as it stands."""

    id: str
    member_id: str | None
    due: date | None
    done_on: date | None


class Warned(Finding):
    """What a rule warns of, in the language of who asks, and the records it rests on.

    `action` is the one that was made of it. `suggested` is what could be done; none while an action is open.
    """

    rule: str
    severity: Severity
    text: str
    evidence: list[Evidence]
    opportunity_id: str | None = None
    suggested: SuggestedAction | None = None
    action: MadeAction | None = None


class Advice(Answer[Warned]):
    """Warnings about an account and its purchases, the most urgent first.

    `left_off` counts by rule what else it would say: of each rule the first few are told. `silent` are the
    rules that had to keep quiet, as they read dossiers and whoever asks has no right to these.
    """

    left_off: dict[str, int]
    silent: list[str]
