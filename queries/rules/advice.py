"""Parameters of advice (docs/rules.md §6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from models.enums import BuyingRole, Step
from models.findings.warnings import Severity
from queries.advice.words.catalog import RULES
from queries.rules.base import Days, Few, Points, Rating, RuleTable


class AdviceRules(RuleTable):
    """How urgent each warning is and from where on it is one (docs/rules.md §6)."""

    section: ClassVar[str] = "§6"

    severity: Mapping[str, Severity] = {str(rule): rule.urgency for rule in RULES}
    due_days: Mapping[Severity, Days] = {Severity.HIGH: 3, Severity.MEDIUM: 7, Severity.LOW: 14}
    most_each: Few = 5
    """So many alerts of one rule are told, the most important ones; the others are counted."""
    roles_from: Mapping[BuyingRole, Step] = {
        BuyingRole.USER: Step.DISCOVER,
        BuyingRole.DECISION_MAKER: Step.BREW,
        BuyingRole.EVALUATOR: Step.DESIGN,
        BuyingRole.APPROVER: Step.EVALUATE,
        BuyingRole.PROCUREMENT: Step.EVALUATE,
    }
    """From which step on somebody should be known in a role."""
    champion_from: Step = Step.DESIGN
    signers_from: Step = Step.BREW
    budget_from: Step = Step.DESIGN
    known_points: Points = 25
    """From this strength on somebody of ours knows a contact."""
    trusted_points: Points = 50
    window_days: Days = 30
    stalled_days: Days = 180
    stale_days: Days = 90
    left_days: Days = 180
    survey_days: Days = 90
    referral_days: Days = 30
    referral_score: Rating = 4
    low_score: Rating = 2
    city_days: Days = 14
