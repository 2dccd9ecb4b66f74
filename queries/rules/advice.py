"""Parameters of advice (docs/rules.md §6)."""

from __future__ import annotations

from collections.abc import Mapping

from models.enums import BuyingRole, Step
from models.findings.warnings import Severity
from queries.advice.words.catalog import RULES
from queries.rules.base import RuleTable


class AdviceRules(RuleTable):
    """How urgent each warning is and from where on it is one (docs/rules.md §6)."""

    severity: Mapping[str, Severity] = {str(rule): rule.urgency for rule in RULES}
    due_days: Mapping[Severity, int] = {Severity.HIGH: 3, Severity.MEDIUM: 7, Severity.LOW: 14}
    most_each: int = 5
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
    known_points: float = 25
    """From this strength on somebody of ours knows a contact."""
    trusted_points: float = 50
    window_days: int = 30
    stalled_days: int = 180
    stale_days: int = 90
    left_days: int = 180
    survey_days: int = 90
    referral_days: int = 30
    referral_score: int = 4
    low_score: int = 2
    city_days: int = 14
