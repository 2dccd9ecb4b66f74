"""What rules warn of: the rules with their sentences in both languages, and alerts with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.enums import Kind
from models.fields import Label
from models.findings.base import Evidence
from models.findings.warnings import Severity, Warned
from models.terms import Term


class Rule(Term):
    """What is warned of (docs/rules.md §6): the rule's id, and its sentence with {parameters}."""

    TIER_WITHOUT_REASON = (
        "tier-without-reason",
        "Its tier is {tier}, its sales suggest {suggested}, and no reason is given.",
        "现有分级为{tier}，按销售额建议为{suggested}，但未注明理由。",
    )
    A_WITHOUT_TEAM = "a-without-team", "An A account has no {role}.", "A 级客户没有指定{role}。"
    STAGE_STEP_MISMATCH = (
        "stage-step-mismatch",
        "{deal}: the buyer is at {step}, where our stage should be {fitting}; it is {stage}{behind}.",
        "{deal}：客户处于“{step}”，我方应在“{fitting}”，现为“{stage}”{behind}。",
    )
    MILESTONE_SKIPPED = (
        "milestone-skipped",
        "{deal}: left behind without their milestone: {stages}.",
        "{deal}：已越过但未达成关键节点：{stages}。",
    )
    MILESTONE_ORDER = (
        "milestone-order",
        "{deal}: {later} is dated before {earlier}, which comes first.",
        "{deal}：“{later}”的日期早于应在其前的“{earlier}”。",
    )
    MILESTONE_AHEAD = (
        "milestone-ahead",
        "{deal}: {stage} is said to be reached on {day}, which has not come yet.",
        "{deal}：“{stage}”的达成日期 {day} 尚未到来。",
    )
    CRITERIA_SHUT = (
        "criteria-shut",
        "{deal}: the buyer evaluates, so the criteria stand; our stage {stage} still means to shape them.",
        "{deal}：客户已进入评估，采购指标不能再改，而我方仍在“{stage}”，还打算影响指标。",
    )
    TENDER_BEFORE_EVALUATE = (
        "tender-before-evaluate",
        "{deal}: the tender is out since {day}, so the buyer evaluates; the step is still {step}.",
        "{deal}：招标文件已于 {day} 发布，客户应已在评估比较，而采购步骤仍记为“{step}”。",
    )
    ROLE_MISSING = (
        "role-missing",
        "{deal}: at {step} nobody is known as {roles}.",
        "{deal}：“{step}”步骤尚不清楚谁是{roles}。",
    )
    ROLE_UNPLACED = (
        "role-unplaced",
        "{deal}: who plays a part but has no seat in the chart: {people}.",
        "{deal}：有采购角色但不知在哪个部门任职：{people}。",
    )
    ACTION_OVERDUE = (
        "action-overdue",
        "{kind}, overdue for {days}: {text}",
        "{kind}已逾期 {days}：{text}",
    )
    COMPLAINT_OPEN = (
        "complaint-open",
        "A complaint is open for {days}: {people}.",
        "投诉已 {days}未结：{people}。",
    )


@dataclass(frozen=True, slots=True)
class Alert:
    """What one rule found. `params` fill the rule's sentence; terms come in the language, lists joined."""

    rule: Rule
    params: Mapping[str, Any]
    evidence: tuple[tuple[Kind, str], ...]
    opportunity_id: str | None = None

    def text(self, lang: str) -> str:
        """The sentence in "en" or "zh"."""
        said = {name: _said(value, lang) for name, value in self.params.items()}
        return (self.rule.zh if lang == "zh" else self.rule.en).format(**said)


def told(found: Iterable[Alert], severity: Mapping[Rule, Severity], lang: str) -> list[Warned]:
    """Alerts as findings: urgent ones first, then in the order of rules, of purchases, of evidence."""
    rules, degrees = list(Rule), list(Severity)
    ranked = sorted(
        found,
        key=lambda warning: (
            degrees.index(severity[warning.rule]),
            rules.index(warning.rule),
            warning.opportunity_id or "",
            [id_ for _, id_ in warning.evidence],
        ),
    )
    return [
        Warned(
            rule=warning.rule,
            severity=severity[warning.rule],
            text=warning.text(lang),
            evidence=[Evidence(kind=kind, id=id_) for kind, id_ in warning.evidence],
            opportunity_id=warning.opportunity_id,
        )
        for warning in ranked
    ]


def _said(value: Any, lang: str) -> str:
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(_said(item, lang) for item in value)
    return str(getattr(value, lang)) if isinstance(value, Term | Label) else str(value)
