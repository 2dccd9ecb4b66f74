"""What every rule of advice has."""

from __future__ import annotations

from typing import Self

from models.fields import Label
from models.findings.warnings import Severity
from models.terms import Term


class Rule(Term):
    """Base of the vocabularies of rules (docs/rules.md §6): an id and its sentence with {parameters}.

    `urgency` is the usual one (the rule table may set another), `todo` the next step that is suggested,
    with the same parameters; None where there is nothing to plan.
    """

    urgency: Severity
    todo: Label | None

    def __new__(
        cls, value: str, urgency: Severity, en: str, zh: str, todo: tuple[str, str] | None = None
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.en, member.zh = en, zh
        member.urgency = urgency
        member.todo = None if todo is None else Label(*todo)
        return member
