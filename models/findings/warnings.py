"""What rules warn of."""

from __future__ import annotations

from models.findings.base import Answer, Evidence, Finding
from models.terms import Term


class Severity(Term):
    """How urgent a warning is."""

    HIGH = "high", "Urgent", "紧急"
    MEDIUM = "medium", "Soon", "尽快"
    LOW = "low", "When convenient", "择机"


class Warned(Finding):
    """What a rule warns of, in the language of who asks, and the records it rests on."""

    rule: str
    severity: Severity
    text: str
    evidence: list[Evidence]
    opportunity_id: str | None = None


class Advice(Answer[Warned]):
    """Warnings about an account and its purchases, the most urgent first."""
