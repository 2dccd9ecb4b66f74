"""The records of the graph's nodes, as people write and read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from models.enums import (
    AccountStatus,
    ActionKind,
    BudgetState,
    ChannelKind,
    ChannelRole,
    ContactStatus,
    CriterionOrigin,
    Direction,
    Function,
    IndustryFactor,
    InteractionKind,
    Need,
    NodeKind,
    OpportunityStatus,
    Personality,
    Rung,
    Stage,
    Step,
    Tier,
    TierReason,
    Want,
)
from models.fields import LONGEST_NAME, Currency, Id, Name, OnDelete, Ref, Text, Unfit, Unit, field, one_of
from models.names import latin_name
from models.privacy import FieldClass
from models.questionnaire import LATEST, QUESTIONNAIRES


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        raise Unfit(
            "in UTC it lies outside the years 1 to 9999", "换算为 UTC 后超出公元 1 至 9999 年"
        ) from None


PUBLIC, BUSINESS, PERSONAL = FieldClass.PUBLIC, FieldClass.BUSINESS, FieldClass.PERSONAL
Moment = Annotated[datetime, AfterValidator(_utc)]
Amount = Annotated[int, Field(ge=0, le=3)]
AccountId = Annotated[Id, Ref(NodeKind.ACCOUNT, OnDelete.REFUSE)]
ContactId = Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CLEAR)]
MemberId = Annotated[Id, Ref(NodeKind.MEMBER, OnDelete.CLEAR)]
OpportunityId = Annotated[Id, Ref(NodeKind.OPPORTUNITY, OnDelete.CLEAR)]
EvidenceId = Annotated[Id, Ref(NodeKind.INTERACTION, OnDelete.CLEAR)]


class Part(BaseModel):
    """A value inside a record."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Node(Part):
    """What every node has. `id` is given by the client or made by the service."""

    id: Id = field("Id", "编号", ..., klass=PUBLIC)
    source: Text | None = field("Known from", "信息来源")
    confirmed_on: date | None = field("Confirmed on", "确认日期", klass=BUSINESS)
    external_ids: dict[Id, Name] = field("Ids in other systems", "外部编号", dict)


class Trip(Part):
    """Days in another city."""

    since: date = field("From", "开始日期", ...)
    until: date = field("To", "结束日期", ...)
    city: Name = field("City", "城市", ...)
    purpose: Text | None = field("Purpose", "目的")

    @model_validator(mode="after")
    def _days_in_order(self) -> Trip:
        if self.until < self.since:
            raise Unfit("until lies before since", "结束日期早于开始日期")
        return self


class Account(Node):
    name: Name = field("Name", "名称", ..., klass=PUBLIC)
    aliases: list[Name] = field("Also called", "别名", list, klass=PUBLIC)
    status: AccountStatus = field("Status", "状态", AccountStatus.PROSPECT)
    tier: Tier | None = field("Tier", "客户分级")
    tier_reason: TierReason | None = field("Reason for the tier", "分级理由")
    industry: Name | None = field("Industry", "行业", klass=PUBLIC)
    region: Name | None = field("Region", "区域", klass=PUBLIC)
    employees: int | None = field("Employees", "员工数", unit=Unit.PEOPLE, klass=PUBLIC, ge=0, le=10_000_000)
    situation: Text | None = field("Business situation", "业务情况")
    yearly_need: Text | None = field("Yearly need of our kind of product", "年需求")
    annual_volume: float | None = field(
        "Our yearly sales to it", "年销售额", unit=Unit.CURRENCY, ge=0, le=1e15
    )
    currency: Currency | None = field("Currency", "币种")
    channel_role: ChannelRole | None = field("Place in the channel", "渠道角色", klass=PUBLIC)
    goals: Text | None = field("Goals", "目标")
    industry_notes: dict[IndustryFactor, Text] = field("Notes on the industry", "行业分析", dict)


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
    account_id: AccountId = field("Account", "大客户", ..., klass=BUSINESS)
    name: Name = field("Name", "姓名", ..., klass=BUSINESS)
    latin_name: Name | None = field(
        "Name in Latin letters", "拼音/英文名", klass=BUSINESS, validate_default=True
    )
    status: ContactStatus = field("Status", "状态", ContactStatus.ACTIVE, klass=BUSINESS)
    placeholder: bool = field("A seat whose holder is not known yet", "占位", False, klass=BUSINESS)
    channels: list[Channel] = field("Ways to reach", "联系方式", list)
    personality: Personality | None = field("Personality", "性格取向")
    wants: dict[Want, Amount] = field("Personal wants", "个人愿望", dict, unit=Unit.DEGREE)
    needs: dict[Need, Amount] = field("Business needs", "业务需求", dict, unit=Unit.DEGREE, klass=BUSINESS)
    needs_note: Text | None = field("Note on the needs", "需求说明")
    restricted: bool = field("Objected to profiling", "限制处理", False, klass=BUSINESS)
    not_same_as: list[ContactId] = field(
        "Looks alike, but is somebody else", "经核实并非同一人", list, klass=BUSINESS, max_length=1000
    )

    @field_validator("latin_name")
    @classmethod
    def _spell_the_name(cls, given: str | None, info: ValidationInfo) -> str | None:
        name = info.data.get("name")
        return (latin_name(name) or "")[:LONGEST_NAME] or None if given is None and name else given


class Member(Node):
    name: Name = field("Name", "姓名", ...)
    latin_name: Name | None = field("Name in Latin letters", "拼音/英文名")
    title: Name | None = field("Title", "职务")
    rung: Rung | None = field("Rung", "职级")
    email: Name | None = field("E-mail", "邮箱")
    user: Name | None = field("User who signs in", "登录用户")
    city: Name | None = field("Base city", "常驻城市")
    hometown: Name | None = field("Hometown", "籍贯", klass=PERSONAL)
    university: Name | None = field("University", "毕业院校", klass=PERSONAL)
    former_employers: list[Name] = field(
        "Former employers", "曾任职单位", list, klass=PERSONAL, max_length=100
    )
    hobbies: list[Name] = field("Hobbies and sports", "爱好与运动", list, klass=PERSONAL, max_length=100)
    itinerary: list[Trip] = field("Itinerary", "行程", list, klass=PERSONAL, max_length=100)


class Competitor(Node):
    name: Name = field("Name", "名称", ..., klass=PUBLIC)
    strengths: Text | None = field("Strengths", "优势")
    weaknesses: Text | None = field("Weaknesses", "劣势")


class Rival(Node):
    competitor_id: Annotated[Id, Ref(NodeKind.COMPETITOR, OnDelete.REFUSE)] = field(
        "Competitor", "竞争者", ...
    )
    name: Name = field("Name", "姓名", ...)
    latin_name: Name | None = field("Name in Latin letters", "拼音/英文名")
    title: Name | None = field("Title", "职务")
    traits: Text | None = field("Traits", "特点", klass=PERSONAL)


class Product(Node):
    name: Name = field("Name", "名称", ..., klass=PUBLIC)
    competitor_id: Annotated[Id, Ref(NodeKind.COMPETITOR, OnDelete.REFUSE)] | None = field(
        "Competitor who makes it; empty is ours", "竞争者产品；为空即我方产品"
    )
    family: Name | None = field("Family", "产品系列", klass=PUBLIC)


class Milestone(Part):
    model_config = one_of("reached_on", "planned_on", every=True)

    stage: Stage = field("Stage", "阶段", ...)
    reached_on: date | None = field("Reached on", "达成日期")
    planned_on: date | None = field("Planned for", "计划日期")
    by: Text | None = field("By", "责任人")
    evidence: Text | None = field("Evidence", "依据")

    @model_validator(mode="after")
    def _has_a_day(self) -> Milestone:
        if self.reached_on is None and self.planned_on is None:
            raise Unfit(
                "a milestone has a day it was reached on or is planned for", "关键节点须有达成日期或计划日期"
            )
        return self


def _once_a_stage(milestones: list[Milestone]) -> list[Milestone]:
    stages = [milestone.stage for milestone in milestones]
    if twice := next((stage for place, stage in enumerate(stages) if stage in stages[:place]), None):
        raise Unfit(f"two milestones of the stage {twice}", f"阶段“{twice.zh}”有两个关键节点")
    return milestones


class Criterion(Part):
    text: Text = field("Criterion", "采购指标", ...)
    origin: CriterionOrigin = field("Whose idea", "由谁提出", CriterionOrigin.THEIRS)
    owner_id: ContactId | None = field("Owner", "负责人")


class Opportunity(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    name: Name = field("Name", "名称", ...)
    value: float | None = field("Value", "金额", unit=Unit.CURRENCY, ge=0, le=1e15)
    currency: Currency | None = field("Currency", "币种")
    step: Step = field("Purchasing step", "采购步骤", Step.DISCOVER)
    step_since: date | None = field("At this step since", "进入该步骤日期")
    stage: Stage = field("Sales stage", "销售阶段", Stage.DEVELOP)
    problem: Text | None = field("Problem to solve", "要解决的问题")
    process: Text | None = field("Buying process", "采购流程")
    budget: float | None = field("Budget", "预算", unit=Unit.CURRENCY, ge=0, le=1e15)
    budget_state: BudgetState | None = field("State of the budget", "预算状态")
    timetable: Text | None = field("Timetable", "时间表")
    milestones: Annotated[list[Milestone], AfterValidator(_once_a_stage)] = field(
        "Milestones", "关键节点", list
    )
    criteria: list[Criterion] = field("Buying criteria", "采购指标", list)
    tender_issued_on: date | None = field("Tender issued on", "招标文件发布日期")
    status: OpportunityStatus = field("Status", "状态", OpportunityStatus.OPEN)
    loss_reason: Text | None = field("Why lost", "丢单原因")


class Interaction(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    at: Moment = field("When", "时间", ...)
    kind: InteractionKind = field("Kind", "类型", ...)
    direction: Direction = field("Who started it", "发起方", Direction.MUTUAL)
    sentiment: int = field("How it went", "效果", 0, unit=Unit.MOOD, ge=-2, le=2)
    minutes: int | None = field("Length", "时长", unit=Unit.MINUTES, ge=0, le=10_000)
    note: Text | None = field("Note", "备注")
    resolved_on: date | None = field("Resolved on", "解决日期")
    score: int | None = field("Score of a survey", "满意度评分", unit=Unit.RATING, ge=1, le=5)
    opportunity_id: OpportunityId | None = field("Opportunity", "项目")
    member_ids: list[MemberId] = field("Our people", "我方人员", list, max_length=1000)
    contact_ids: list[ContactId] = field("Their people", "客户人员", list, max_length=1000)


QUESTIONS = tuple(question.id for question in QUESTIONNAIRES[LATEST])


def _known_questions(answers: dict[str, int]) -> dict[str, int]:
    if unknown := sorted(set(answers) - set(QUESTIONS)):
        given, known = ", ".join(unknown), ", ".join(QUESTIONS)
        raise Unfit(f"unknown questions: {given}; known are {known}", f"没有题目 {given}；可用题目：{known}")
    return answers


class Assessment(Node):
    account_id: AccountId = field("Account", "大客户", ..., klass=BUSINESS)
    at: Moment = field("When", "时间", ..., klass=BUSINESS)
    member_id: Annotated[Id, Ref(NodeKind.MEMBER, OnDelete.CASCADE)] = field(
        "Our member", "我方人员", ..., klass=BUSINESS
    )
    contact_id: Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CASCADE)] = field(
        "Contact", "联系人", ..., klass=BUSINESS
    )
    version: int = field(
        "Version of the questionnaire", "问卷版本", LATEST, unit=Unit.VERSION, klass=BUSINESS, ge=1, le=LATEST
    )
    answers: Annotated[dict[str, Annotated[int, Field(ge=0, le=4)]], AfterValidator(_known_questions)] = (
        field("Answers", "回答", ..., unit=Unit.FREQUENCY)
    )
    note: Text | None = field("Note", "备注")


class Action(Node):
    account_id: AccountId = field("Account", "大客户", ...)
    kind: ActionKind = field("Kind", "类型", ...)
    text: Text = field("What is to be done", "内容", ..., min_length=1)
    member_id: MemberId | None = field("Who of ours", "负责人")
    contact_id: ContactId | None = field("For whom", "对象")
    opportunity_id: OpportunityId | None = field("Opportunity", "项目")
    due: date | None = field("Due on", "截止日期")
    done_on: date | None = field("Done on", "完成日期")
    from_rule: Id | None = field("Rule that advised it", "建议规则")
