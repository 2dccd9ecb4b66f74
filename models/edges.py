"""The records of the graph's edges, as people write and read them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from models.enums import (
    LEVEL_OF_RUNG,
    Attitude,
    Basis,
    BuyingRole,
    ChannelLink,
    CompetitorStatus,
    ConcernCode,
    ConcernForm,
    Function,
    Grade,
    InstalledAt,
    Level,
    Line,
    NodeKind,
    Polarity,
    Rung,
    TeamRole,
    Voice,
)
from models.fields import Id, Name, OnDelete, Ref, Text, Unfit, Unit, field
from models.nodes import EvidenceId, MemberId, Part
from models.privacy import FieldClass


class Edge(Part):
    """What every edge has. It holds on a day D if since ≤ D < until; empty ends are open."""

    id: Id = field("Id", "编号", ..., klass=FieldClass.PUBLIC)
    source_id: Id = field("From", "起点", ...)
    target_id: Id = field("To", "终点", ...)
    since: date | None = field("Since", "起始日期")
    until: date | None = field("Until", "结束日期")
    confidence: float = field("Confidence", "置信度", 0.8, unit=Unit.PROBABILITY, ge=0, le=1)
    source: Text | None = field("Known from", "信息来源")
    note: Text | None = field("Note", "备注")
    confirmed_on: date | None = field("Confirmed on", "确认日期")
    evidence: list[EvidenceId] = field("Evidence", "依据", list, max_length=1000)

    @model_validator(mode="after")
    def _times_in_order(self) -> Edge:
        if self.since and self.until and self.until < self.since:
            raise Unfit("until lies before since", "结束日期早于起始日期")
        return self


class Tie(Edge):
    """An edge between two people; nobody is tied to himself."""

    @model_validator(mode="after")
    def _two_people(self) -> Tie:
        if self.source_id == self.target_id:
            raise Unfit("a person cannot be tied to themselves", "不能与自己建立关系")
        return self


class WorksIn(Edge):
    title: Name | None = field("Title", "职务")
    rung: Rung | None = field("Rung", "职级")
    level: Level | None = field("Level; follows from the rung unless given", "层级")
    function: Function | None = field("Function, if not the department's", "职能")
    primary: bool = field("Primary job", "主要职务", True)

    @property
    def place(self) -> Level | None:
        """The level in the hierarchy: the one given, else the rung's."""
        return self.level or (LEVEL_OF_RUNG[self.rung] if self.rung else None)


class ReportsTo(Tie):
    line: Line = field("Line", "汇报线", Line.SOLID)


class Influences(Tie):
    weight: float | None = field(
        "How likely the target follows the source in a purchase",
        "影响权重",
        unit=Unit.PROBABILITY,
        ge=0,
        le=1,
    )
    stated: bool = field("Stated by a person", "人工判断", True)
    basis: Basis | None = field("Basis", "依据类型", klass=FieldClass.PERSONAL)
    opportunity_id: Annotated[Id, Ref(NodeKind.OPPORTUNITY, OnDelete.CASCADE)] | None = field(
        "Only in this opportunity", "仅限项目"
    )


LAST_SECOND = 253_402_300_799
"""9999-12-31T23:59:59Z as Unix time: the end of the calendar."""
MOST_RECIPIENTS = 1_000_000


def _within_the_calendar(event: list[int]) -> list[int]:
    time, recipients = event
    if not 0 <= time <= LAST_SECOND:
        raise Unfit(
            "the time of a message lies between 0 and the end of 9999", "邮件时间须在 0 与 9999 年末之间"
        )
    if not 1 <= recipients <= MOST_RECIPIENTS:
        raise Unfit("a message has 1 to 1000000 recipients", "邮件收件人数须为 1 至 1000000")
    return event


Event = Annotated[list[int], Field(min_length=2, max_length=2), AfterValidator(_within_the_calendar)]
"""One message: its Unix time and the number of its recipients."""


class Messages(Tie):
    count: int = field("Messages", "邮件数", 1, unit=Unit.MESSAGES, ge=0, le=10**9)
    active_days: int | None = field("Days with a message", "活跃天数", unit=Unit.DAYS, ge=0, le=100_000)
    first: date | None = field("First", "首次")
    last: date | None = field("Last", "最近")
    events: list[Event] = field(
        "Messages one by one, sorted by time", "逐条记录", list, unit=Unit.EVENTS, klass=FieldClass.PERSONAL
    )


class Bond(Tie):
    polarity: Polarity = field("Friendly or conflict", "亲疏", Polarity.FRIENDLY)
    basis: Basis | None = field("Basis", "依据类型", klass=FieldClass.PERSONAL)
    weight: float | None = field("Weight", "权重", unit=Unit.PROBABILITY, ge=0, le=1)


class Handover(Part):
    member_id: MemberId | None = field("From", "移交人")
    on: date = field("On", "移交日期", ...)


class Knows(Tie):
    personal: float | None = field("Personal interest met", "个人利益", unit=Unit.POINTS, ge=0, le=100)
    institutional: float | None = field(
        "Institutional interest met", "机构利益", unit=Unit.POINTS, ge=0, le=100
    )
    reason: Text | None = field("Reason for the values set by hand", "人工设定理由")
    self_strength: float | None = field("The member's own guess", "自评强度", unit=Unit.POINTS, ge=0, le=100)
    target_grade: Grade | None = field("Wanted grade", "目标等级")
    referral_ok: bool | None = field("Willing to refer", "愿意推荐")
    handed_over_from: Handover | None = field("Handed over from", "移交自")


class Courts(Tie):
    strength: float = field("Strength as we believe it", "关系强度", ..., unit=Unit.POINTS, ge=0, le=100)


class Concern(Part):
    code: ConcernCode = field("Concern", "关注点", ...)
    text: Text | None = field("In their words", "原话")
    form: ConcernForm | None = field("Explicit or implied", "明确或隐藏")


class Vote(Part):
    member_id: MemberId | None = field("Voter", "投票人")
    attitude: Attitude | None = field("Attitude", "态度")
    voice: Voice | None = field("Voice", "话语权")
    at: date | None = field("On", "日期")


class Plays(Edge):
    roles: list[BuyingRole] = field("Buying roles", "采购角色", list)
    attitude: Attitude | None = field("Attitude; empty is unknown", "态度")
    voice: Voice | None = field("Voice; empty is unknown", "话语权")
    concerns: list[Concern] = field("Concerns", "关注点", list)
    votes: list[Vote] = field("Votes of several members", "各成员判断", list)


class Serves(Edge):
    role: TeamRole = field("Role", "角色", TeamRole.SUPPORT)


class CompetesIn(Edge):
    status: CompetitorStatus = field("Status", "状态", CompetitorStatus.SHORTLISTED)
    their_features: Text | None = field("Their features", "它们的特性")
    our_features: Text | None = field("Our features", "我们的特性")
    our_advantages: Text | None = field("Our advantages", "我们的优势")
    their_disadvantages: Text | None = field("Their disadvantages", "它们的劣势")
    chances: Text | None = field("Chances", "机会")
    threats: Text | None = field("Threats", "威胁")


class Uses(Edge):
    source_kind: InstalledAt = field("Installed at", "安装于", InstalledAt.ACCOUNT)
    quantity: int | None = field("Quantity", "数量", unit=Unit.PIECES, ge=0, le=10**9)
    satisfaction: int | None = field("Satisfaction", "满意度", unit=Unit.RATING, ge=1, le=5)
    supplier: Name | None = field("Supplied by", "供货方")


class Channel(Edge):
    kind: ChannelLink = field("Kind", "类型", ...)
    share: float | None = field("Share of the source's trade", "占起点业务比例", unit=Unit.SHARE, ge=0, le=1)

    @model_validator(mode="after")
    def _two_accounts(self) -> Channel:
        if self.source_id == self.target_id:
            raise Unfit("an account is no channel of its own", "客户不能与自己建立渠道关系")
        return self
