"""Rules of a purchase: step and stage, milestones, tender, criteria, budget, windows."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class PurchaseRule(Rule):
    """What is said of a purchase."""

    WINDOW_CLOSING = (
        "window-closing",
        Severity.HIGH,
        "{deal}: acceptance in {days}, on {day}, shuts a window to the decision layer.",
        "{deal}：{days}后（{day}）验收，届时接触决策层的一个窗口将关闭。",
        (
            "See {people} before the acceptance of {deal}: results at hand open the talk on what comes next.",
            "在{deal}验收前拜访{people}：带上成果，谈下一步。",
        ),
    )
    WINDOW_UNUSED = (
        "window-unused",
        Severity.HIGH,
        "{deal}: the window to the decision layer is open since {since}; not spoken to since: {people}.",
        "{deal}：接触决策层的窗口自 {since} 起开启，其间尚未接触：{people}。",
        ("{deal}: meet {people} while the window is open.", "{deal}：趁窗口开启，拜访{people}。"),
    )
    CRITERIA_SHUT = (
        "criteria-shut",
        Severity.HIGH,
        "{deal}: the buyer evaluates, so the criteria stand; our stage {stage} still means to shape them.",
        "{deal}：客户已进入评估，采购指标不能再改，而我方仍在“{stage}”，还打算影响指标。",
        ("{deal}: answer the criteria as they stand, one by one.", "{deal}：按既定指标逐条应答。"),
    )
    STAGE_STEP_MISMATCH = (
        "stage-step-mismatch",
        Severity.MEDIUM,
        "{deal}: the buyer is at {step}, where our stage should be {fitting}; it is {stage}{behind}.",
        "{deal}：客户处于“{step}”，我方应在“{fitting}”，现为“{stage}”{behind}。",
        (
            "{deal}: bring our stage to {fitting}, or correct the buyer's step.",
            "{deal}：将我方阶段推进到“{fitting}”，或更正客户步骤。",
        ),
    )
    TENDER_BEFORE_EVALUATE = (
        "tender-before-evaluate",
        Severity.MEDIUM,
        "{deal}: the tender is out since {day}, so the buyer evaluates; the step is still {step}.",
        "{deal}：招标文件已于 {day} 发布，客户应已在评估比较，而采购步骤仍记为“{step}”。",
        ("{deal}: set the buyer's step to Evaluate.", "{deal}：将采购步骤更新为“评估比较”。"),
    )
    TENDER_UNDECIDED = (
        "tender-undecided",
        Severity.MEDIUM,
        "{deal}: the tender is out for {days}, and not won among those who evaluate: {people}.",
        "{deal}：招标文件已发布 {days}，评估者中尚未争取到：{people}。",
        ("{deal}: take {people} through our answer to the criteria.", "{deal}：向{people}逐条讲解我方应答。"),
    )
    MILESTONE_LATE = (
        "milestone-late",
        Severity.MEDIUM,
        "{deal}: {stage} was planned for {day} and is {days} late.",
        "{deal}：“{stage}”计划于 {day} 达成，已晚 {days}。",
        (
            "{deal}: reach the milestone of {stage}, or plan it anew.",
            "{deal}：达成“{stage}”的关键节点，或重新计划日期。",
        ),
    )
    MILESTONE_SKIPPED = (
        "milestone-skipped",
        Severity.MEDIUM,
        "{deal}: left behind without their milestone: {stages}.",
        "{deal}：已越过但未达成关键节点：{stages}。",
        ("{deal}: make good for {stages}.", "{deal}：补齐{stages}。"),
    )
    CRITERIA_THEIRS = (
        "criteria-theirs",
        Severity.MEDIUM,
        "{deal}: {count} of {all} criteria were the competitor's idea: {criteria}.",
        "{deal}：{all} 项采购指标中有 {count} 项由竞争者提出：{criteria}。",
        (
            "{deal}: ask {people} why these criteria matter, and weigh them against ours.",
            "{deal}：向{people}了解这些指标的理由，用我方指标平衡。",
        ),
    )
    CRITERIA_NOT_OURS = (
        "criteria-not-ours",
        Severity.MEDIUM,
        "{deal}: the buyer writes the criteria, and none of them is our idea.",
        "{deal}：客户正在制定采购指标，其中没有一项由我方提出。",
        (
            "{deal}: offer the wording of two criteria to who writes them.",
            "{deal}：向指标编写人提供两项指标的建议文本。",
        ),
    )
    BUDGET_UNSURE = (
        "budget-unsure",
        Severity.MEDIUM,
        "{deal}: the buyer is at {step}, and the budget is not approved ({state}).",
        "{deal}：客户处于“{step}”，预算尚未批准（{state}）。",
        ("{deal}: ask who approves the budget, and when.", "{deal}：问清预算由谁批、何时批。"),
    )
    STEP_STALLED = (
        "step-stalled",
        Severity.LOW,
        "{deal}: at {step} for {days}.",
        "{deal}：停留在“{step}”已 {days}。",
        ("{deal}: ask what keeps the purchase at {step}.", "{deal}：问清项目为何停在“{step}”。"),
    )
    MILESTONE_ORDER = (
        "milestone-order",
        Severity.LOW,
        "{deal}: {later} is dated before {earlier}, which comes first.",
        "{deal}：“{later}”的日期早于应在其前的“{earlier}”。",
        ("{deal}: correct the days of {earlier} and {later}.", "{deal}：更正“{earlier}”与“{later}”的日期。"),
    )
    MILESTONE_AHEAD = (
        "milestone-ahead",
        Severity.LOW,
        "{deal}: {stage} is said to be reached on {day}, which has not come yet.",
        "{deal}：“{stage}”的达成日期 {day} 尚未到来。",
        (
            "{deal}: enter {day} as the planned day of {stage}.",
            "{deal}：将 {day} 改记为“{stage}”的计划日期。",
        ),
    )
