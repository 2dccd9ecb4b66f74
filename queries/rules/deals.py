"""Parameters of warnings (docs/rules.md §6)."""

from __future__ import annotations

from collections.abc import Mapping

from models.enums import BuyingRole, Step
from models.findings.warnings import Severity
from queries.alerts import Rule
from queries.rules.base import RuleTable


class AdviceRules(RuleTable):
    """How urgent each warning is, and which roles should be known when (docs/rules.md §6)."""

    severity: Mapping[Rule, Severity] = {
        Rule.A_WITHOUT_TEAM: Severity.HIGH,
        Rule.COMPLAINT_OPEN: Severity.HIGH,
        Rule.ACTION_OVERDUE: Severity.HIGH,
        Rule.CRITERIA_SHUT: Severity.HIGH,
        Rule.STAGE_STEP_MISMATCH: Severity.MEDIUM,
        Rule.TENDER_BEFORE_EVALUATE: Severity.MEDIUM,
        Rule.MILESTONE_SKIPPED: Severity.MEDIUM,
        Rule.ROLE_MISSING: Severity.MEDIUM,
        Rule.MILESTONE_ORDER: Severity.LOW,
        Rule.MILESTONE_AHEAD: Severity.LOW,
        Rule.ROLE_UNPLACED: Severity.LOW,
        Rule.TIER_WITHOUT_REASON: Severity.LOW,
    }
    roles_from: Mapping[BuyingRole, Step] = {
        BuyingRole.USER: Step.DISCOVER,
        BuyingRole.DECISION_MAKER: Step.BREW,
        BuyingRole.CHAMPION: Step.DESIGN,
        BuyingRole.EVALUATOR: Step.DESIGN,
        BuyingRole.APPROVER: Step.EVALUATE,
        BuyingRole.PROCUREMENT: Step.EVALUATE,
    }
    """From which step on somebody should be known in a role."""
