"""The records of the graph's nodes, as people write and read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from models.enums import (
    AccountStatus,
    BudgetState,
    ChannelKind,
    ChannelRole,
    ContactStatus,
    CriterionOrigin,
    Direction,
    Function,
    InteractionKind,
    Need,
    NodeKind,
    OpportunityStatus,
    Personality,
    Stage,
    Step,
    Tier,
    TierReason,
    Want,
)
from models.fields import LONGEST_NAME, Currency, Id, Name, OnDelete, Ref, Text, Unfit, field
from models.names import latin_name


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        raise Unfit(
            "in UTC it lies outside the years 1 to 9999", "换算为 UTC 后超出公元 1 至 9999 年"
        ) from None


Moment = Annotated[datetime, AfterValidator(_utc)]
Amount = Annotated[int, Field(ge=0, le=3)]
AccountId = Annotated[Id, Ref(NodeKind.ACCOUNT, OnDelete.REFUSE)]
OpportunityId = Annotated[Id, Ref(NodeKind.OPPORTUNITY, OnDelete.CLEAR)]
EvidenceId = Annotated[Id, Ref(NodeKind.INTERACTION, OnDelete.CLEAR)]


class Part(BaseModel):
    """A value inside a record."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Node(Part):
    """What every node has. `id` is given by the client or made by the service."""

    id: Id = field("Id", "编号", ...)
    source: Text | None = field("Known from", "信息来源")
    confirmed_on: date | None = field("Confirmed on", "确认日期")
    external_ids: dict[Id, Name] = field("Ids in other systems", "外部编号", dict)


class Account(Node):
    name: Name = field("Name", "名称", ...)
    aliases: list[Name] = field("Also called", "别名", list)
    status: AccountStatus = field("Status", "状态", AccountStatus.PROSPECT)
    tier: Tier | None = field("Tier", "客户分级")
    tier_reason: TierReason | None = field("Reason for the tier", "分级理由")
    industry: Name | None = field("Industry", "行业")
    region: Name | None = field("Region", "区域")
    employees: int | None = field("Employees", "员工数", ge=0, le=10_000_000)
    situation: Text | None = field("Business situation", "业务情况")
    yearly_need: Text | None = field("Yearly need of our kind of product", "年需求")
    annual_volume: float | None = field("Our yearly sales to it", "年销售额", unit="currency", ge=0, le=1e15)
    currency: Currency | None = field("Currency", "币种")
    channel_role: ChannelRole | None = field("Place in the channel", "渠道角色")
    goals: Text | None = field("Goals", "目标")
    industry_notes: dict[Id, Text] = field("Notes on the industry", "行业分析", dict)


class Department(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    parent_id: Annotated[Id, Ref(NodeKind.DEPARTMENT, OnDelete.REFUSE)] | None = field("Part of", "上级部门")
    name: Name = field("Name", "名称", ...)
    function: Function = field("Function", "职能", Function.OTHER)
    mandate: Text | None = field("Mandate", "机构职能")


class Channel(Part):
    kind: ChannelKind = field("Kind", "方式", ...)
    value: Name = field("Address or number", "号码或地址", ...)


class Contact(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    name: Name = field("Name", "姓名", ...)
    latin_name: Name | None = field("Name in Latin letters", "拼音/英文名", validate_default=True)
    status: ContactStatus = field("Status", "状态", ContactStatus.ACTIVE)
    placeholder: bool = field("A seat whose holder is not known yet", "占位", False)
    channels: list[Channel] = field("Ways to reach", "联系方式", list)
    personality: Personality | None = field("Personality", "性格取向")
    wants: dict[Want, Amount] = field("Personal wants", "个人愿望", dict)
    needs: dict[Need, Amount] = field("Business needs", "业务需求", dict)
    needs_note: Text | None = field("Note on the needs", "需求说明")
    restricted: bool = field("Objected to profiling", "限制处理", False)

    @field_validator("latin_name")
    @classmethod
    def _spell_the_name(cls, given: str | None, info: ValidationInfo) -> str | None:
        name = info.data.get("name")
        return (latin_name(name) or "")[:LONGEST_NAME] or None if given is None and name else given


class Member(Node):
    name: Name = field("Name", "姓名", ...)
    latin_name: Name | None = field("Name in Latin letters", "拼音/英文名")
    title: Name | None = field("Title", "职务")
    email: Name | None = field("E-mail", "邮箱")
    city: Name | None = field("Base city", "常驻城市")


class Competitor(Node):
    name: Name = field("Name", "名称", ...)
    strengths: Text | None = field("Strengths", "优势")
    weaknesses: Text | None = field("Weaknesses", "劣势")


class Rival(Node):
    competitor_id: Annotated[Id, Ref(NodeKind.COMPETITOR, OnDelete.REFUSE)] = field(
        "Competitor", "竞争者", ...
    )
    name: Name = field("Name", "姓名", ...)
    latin_name: Name | None = field("Name in Latin letters", "拼音/英文名")
    title: Name | None = field("Title", "职务")
    traits: Text | None = field("Traits", "特点")


class Milestone(Part):
    stage: Stage = field("Stage", "阶段", ...)
    reached_on: date = field("Reached on", "达成日期", ...)
    by: Text | None = field("By", "责任人")
    evidence: Text | None = field("Evidence", "依据")


class Criterion(Part):
    text: Text = field("Criterion", "采购指标", ...)
    origin: CriterionOrigin = field("Whose idea", "由谁提出", CriterionOrigin.THEIRS)
    owner_id: Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CLEAR)] | None = field("Owner", "负责人")


class Opportunity(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    name: Name = field("Name", "名称", ...)
    value: float | None = field("Value", "金额", unit="currency", ge=0, le=1e15)
    currency: Currency | None = field("Currency", "币种")
    step: Step = field("Purchasing step", "采购步骤", Step.DISCOVER)
    step_since: date | None = field("At this step since", "进入该步骤日期")
    stage: Stage = field("Sales stage", "销售阶段", Stage.DEVELOP)
    problem: Text | None = field("Problem to solve", "要解决的问题")
    process: Text | None = field("Buying process", "采购流程")
    budget: float | None = field("Budget", "预算", unit="currency", ge=0, le=1e15)
    budget_state: BudgetState | None = field("State of the budget", "预算状态")
    timetable: Text | None = field("Timetable", "时间表")
    milestones: list[Milestone] = field("Milestones", "关键节点", list)
    criteria: list[Criterion] = field("Buying criteria", "采购指标", list)
    tender_issued_on: date | None = field("Tender issued on", "招标文件发布日期")
    status: OpportunityStatus = field("Status", "状态", OpportunityStatus.OPEN)
    loss_reason: Text | None = field("Why lost", "丢单原因")


class Interaction(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    at: Moment = field("When", "时间", ...)
    kind: InteractionKind = field("Kind", "类型", ...)
    direction: Direction = field("Who started it", "发起方", Direction.MUTUAL)
    sentiment: int = field("How it went", "效果", 0, ge=-2, le=2)
    minutes: int | None = field("Length", "时长", unit="minutes", ge=0, le=10_000)
    note: Text | None = field("Note", "备注")
    resolved_on: date | None = field("Resolved on", "解决日期")
    score: int | None = field("Score of a survey", "满意度评分", ge=1, le=5)
    opportunity_id: OpportunityId | None = field("Opportunity", "项目")
    member_ids: list[Annotated[Id, Ref(NodeKind.MEMBER, OnDelete.CLEAR)]] = field(
        "Our people", "我方人员", list, max_length=1000
    )
    contact_ids: list[Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CLEAR)]] = field(
        "Their people", "客户人员", list, max_length=1000
    )


QUESTIONS = tuple(f"{half}{n}" for half in "PI" for n in range(1, 7))


def _known_questions(answers: dict[str, int]) -> dict[str, int]:
    if unknown := sorted(set(answers) - set(QUESTIONS)):
        given, known = ", ".join(unknown), ", ".join(QUESTIONS)
        raise Unfit(f"unknown questions: {given}; known are {known}", f"没有题目 {given}；可用题目：{known}")
    return answers


class Assessment(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    at: Moment = field("When", "时间", ...)
    member_id: Annotated[Id, Ref(NodeKind.MEMBER, OnDelete.CASCADE)] = field("Our member", "我方人员", ...)
    contact_id: Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CASCADE)] = field("Contact", "联系人", ...)
    version: int = field("Version of the questionnaire", "问卷版本", 1, ge=1, le=1)
    answers: Annotated[dict[str, Annotated[int, Field(ge=0, le=4)]], AfterValidator(_known_questions)] = (
        field("Answers, 0 never to 4 always", "回答，0 从不 – 4 总是", ...)
    )
    note: Text | None = field("Note", "备注")
