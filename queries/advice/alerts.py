"""Alerts: what one rule found, with its evidence, and how it is told in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.enums import Kind
from models.fields import Label
from models.findings.base import Evidence
from models.findings.warnings import MadeAction, Severity, SuggestedAction, Warned
from models.terms import Degree, Term
from queries.advice.words.base import Rule
from queries.advice.words.catalog import RULES

__all__ = ["Alert", "Next", "days", "points", "said", "told"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What one rule found. `params` fill the rule's sentences; terms come in the language, lists joined.

    `contact_id`, `member_id`, `due`: whom the next step is about, who of ours takes it and until when, where
    the rule knows. `subject` is what the alert is about while its evidence changes (default: the evidence);
    `action_id` is the action it is about, if it is about one.
    """

    rule: Rule
    params: Mapping[str, Any]
    evidence: tuple[tuple[Kind, str], ...]
    opportunity_id: str | None = None
    contact_id: str | None = None
    member_id: str | None = None
    due: date | None = None
    subject: tuple[str, ...] = ()
    action_id: str | None = None

    def text(self, lang: str) -> str:
        """The sentence in "en" or "zh"."""
        return said(self.rule.zh if lang == "zh" else self.rule.en, self.params, lang)


Next = Callable[[Alert], tuple[SuggestedAction | None, MadeAction | None]]
"""What to do about an alert, and the action that was made of it."""


def _nothing(alert: Alert) -> tuple[None, None]:
    return None, None


def told(
    found: Iterable[Alert], severity: Mapping[str, Severity], lang: str, after: Next = _nothing
) -> list[Warned]:
    """Alerts as findings: urgent ones first, then in the order of rules, then as they were found."""
    degrees, rules = list(Severity), {rule: place for place, rule in enumerate(RULES)}
    ranked = sorted(found, key=lambda alert: (degrees.index(severity[alert.rule]), rules[alert.rule]))
    items = []
    for alert in ranked:
        suggested, action = after(alert)
        items.append(
            Warned(
                rule=alert.rule,
                severity=severity[alert.rule],
                text=alert.text(lang),
                evidence=[Evidence(kind=kind, id=id_) for kind, id_ in alert.evidence],
                opportunity_id=alert.opportunity_id,
                suggested=suggested,
                action=action,
            )
        )
    return items


def said(sentence: str, params: Mapping[str, Any], lang: str) -> str:
    """A sentence with its parameters filled in, in "en" or "zh"."""
    return sentence.format(**{name: _word(value, lang) for name, value in params.items()})


def days(number: int) -> Label:
    """A number of days in words."""
    return Label(f"{number} day" if number == 1 else f"{number} days", f"{number} 天")


def points(value: float) -> str:
    """Points of strength as people say them: whole ones."""
    return f"{value:.0f}"


def _word(value: Any, lang: str) -> str:
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(_word(item, lang) for item in value)
    return str(getattr(value, lang)) if isinstance(value, Term | Degree | Label) else str(value)
