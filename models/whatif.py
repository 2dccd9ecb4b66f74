"""Changes that are only thought of: what a what-if may change, checked as records are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from models.enums import Attitude, EdgeKind, Grade, Step
from models.fields import Id, Unfit, field, one_of
from models.nodes import Part
from models.terms import Term

__all__ = ["AddEdge", "Answered", "Change", "Courted", "Leave", "NewAttitude", "NewStep", "Tie"]


class Answered(Term):
    """The answers that can be asked for before and after."""

    INFLUENCERS = "influencers", "Key influencers", "关键影响者"
    CHAINS = "chains", "Decision chains", "决策链"
    STRENGTH = "strength", "Strength", "关系强度"
    FORECAST = "forecast", "Forecast", "预测"
    COVERAGE = "coverage", "Coverage", "客户覆盖"
    TRUST = "trust", "Trust", "信任度"
    THREATS = "threats", "Threats", "竞争威胁"
    DEPARTURE = "departure", "Departure", "人员离开"


class Leave(Part):
    """One of ours or one of theirs leaves: give one of the two."""

    model_config = one_of("member_id", "contact_id")

    kind: Literal["leave"]
    member_id: Id | None = field("Who of ours", "我方人员")
    contact_id: Id | None = field("Who of theirs", "联系人")

    @model_validator(mode="after")
    def _one(self) -> Leave:
        _one_of(self.model_dump(), "member_id", "contact_id")
        return self


class Tie(Part):
    """One of ours comes to stand so with a contact: at a strength, or at the lowest points of a grade."""

    model_config = one_of("strength", "grade")

    kind: Literal["tie"]
    member_id: Id = field("Who of ours", "我方人员", ...)
    contact_id: Id = field("With whom", "联系人", ...)
    strength: Annotated[float, Field(ge=0, le=100)] | None = field("Strength, 0–100", "关系强度")
    grade: Grade | None = field("Grade", "等级")

    @model_validator(mode="after")
    def _one(self) -> Tie:
        _one_of(self.model_dump(), "strength", "grade")
        return self


class NewAttitude(Part):
    """A contact comes to think so of us in a purchase; without an attitude nobody knows any more."""

    kind: Literal["attitude"]
    contact_id: Id = field("Contact", "联系人", ...)
    opportunity_id: Id = field("Purchase", "项目", ...)
    attitude: Attitude | None = field("Attitude; null is unknown", "态度；null 表示不明", ...)


class NewStep(Part):
    """A purchase comes to another step on the day asked for."""

    kind: Literal["step"]
    opportunity_id: Id = field("Purchase", "项目", ...)
    step: Step = field("Purchasing step", "采购步骤", ...)


class Courted(Part):
    """A competitor's rep wins somebody: his tie comes to this strength."""

    kind: Literal["courts"]
    rival_id: Id = field("Competitor's rep", "竞争者代表", ...)
    contact_id: Id = field("Contact", "联系人", ...)
    strength: float = field("Strength, 0–100", "关系强度", ..., ge=0, le=100)


class AddEdge(Part):
    """An edge appears, or one of its id is another: kind, ends, and the other fields of its record."""

    kind: Literal["edge"]
    edge: EdgeKind = field("Kind of edge", "关系类型", ...)
    source_id: Id = field("From", "起点", ...)
    target_id: Id = field("To", "终点", ...)
    fields: dict[str, Any] = field("Other fields", "其他字段", dict)


Change = Annotated[Leave | Tie | NewAttitude | NewStep | Courted | AddEdge, Field(discriminator="kind")]


def _one_of(given: Mapping[str, Any], one: str, other: str) -> None:
    if (given[one] is None) is (given[other] is None):
        raise Unfit(f"give either {one} or {other}", f"{one} 与 {other} 须且只能给出一个")
