"""What the trade ties together: steps with stages, stages with their milestones, categories with concerns."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass

from models.enums import Category, ConcernCode, Stage, Step
from models.fields import Label

STAGE_OF_STEP: Mapping[Step, Stage] = types.MappingProxyType(dict(zip(Step, Stage, strict=True)))
"""The sales stage that belongs to each purchasing step: they pair in order."""
STEP_OF_STAGE: Mapping[Stage, Step] = types.MappingProxyType({v: k for k, v in STAGE_OF_STEP.items()})


@dataclass(frozen=True, slots=True)
class StageWork:
    """What is done at a sales stage, and the milestone 关键节点 that ends it."""

    milestone: Label
    work: Label


WORK_OF_STAGE: Mapping[Stage, StageWork] = types.MappingProxyType(
    {
        Stage.DEVELOP: StageWork(
            Label("Accurate project information", "准确的项目信息"),
            Label("Collect and judge what is known", "收集并判断信息"),
        ),
        Stage.QUALIFY: StageWork(
            Label("Pre-sales approved", "售前立项"),
            Label("Sort out organisation and roles", "理清组织与角色"),
        ),
        Stage.PROPOSE: StageWork(
            Label("Relationship moved forward", "有效的客户关系推进"),
            Label(
                "Win the key people, shape the criteria, offer the solution", "争取关键人、影响指标、提出方案"
            ),
        ),
        Stage.BID: StageWork(
            Label("Tender or negotiated offer handed in", "投标或议标"),
            Label("Tender, or negotiate an offer", "准备并提交投标或议标"),
        ),
        Stage.NEGOTIATE: StageWork(
            Label("Contract approved and signed", "合同审批、签订"),
            Label("Agree on terms", "商定合同条款"),
        ),
        Stage.DELIVER: StageWork(
            Label("Accepted and project closed", "工程验收、项目结项"),
            Label("Build, hand over, close", "实施、移交、结项"),
        ),
    }
)

DEFAULT_CONCERNS: Mapping[Category, tuple[ConcernCode, ...]] = types.MappingProxyType(
    {
        Category.DECISION_MAKER: (ConcernCode.RETURN, ConcernCode.QUALIFICATION),
        Category.USER_MANAGER: (ConcernCode.QUALITY, ConcernCode.DELIVERY),
        Category.TECHNICAL_MANAGER: (
            ConcernCode.RELIABILITY,
            ConcernCode.SERVICE,
            ConcernCode.QUALIFICATION,
        ),
        Category.FINANCE_MANAGER: (ConcernCode.PRICE, ConcernCode.TERMS, ConcernCode.RETURN),
        Category.USER: (ConcernCode.USABILITY, ConcernCode.RELIABILITY),
        Category.OPERATOR: (ConcernCode.RELIABILITY, ConcernCode.SERVICE),
    }
)
"""What people of a category usually care about; what is known of a contact stands in `plays.concerns`."""
