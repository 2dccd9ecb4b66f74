"""What can be asked of the ranking."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from graphsvc.features.questions import Question
from models.enums import Category, Prior, Step, TieDirection
from models.fields import Id, Unfit
from models.measures import Measure
from queries.rules import DEFAULT_RULES


def weights_of(text: str) -> dict[str, float]:
    """The weights of tie types written as "friendship:0.5,solid:1". Raises ValueError. O(length)."""
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, colon, number = (piece.strip() for piece in part.partition(":"))
        try:
            weights[name] = float(number)
        except ValueError:
            colon = ""
        if not (name and colon):
            given = part.strip()[:40]
            raise Unfit(
                f"{given} is not TYPE:NUMBER, as in friendship:0.5",
                f"{given} 不是“类型:数字”的形式，如 friendship:0.5",
            )
    return weights


def _readable(text: str) -> str:
    weights_of(text)
    return text


class RankingQuery(Question):
    """The question of `GET /accounts/{id}/influencers` and of `graphsvc rank`."""

    opportunity_id: Id | None = Field(None, description="Rank for this purchase.")
    step: Step | None = Field(None, description="Rank for this purchasing step; default: the opportunity's.")
    compare_step: Step | None = Field(None, description="Say how each person moves from this step.")
    measure: Measure | None = Field(None, description="How to score; default: influence.")
    category: Category | None = Field(None, description="Only people of this buyer category.")
    contact_id: Id | None = Field(None, description="Only this person, at the place among all.")
    prior: Prior = Field(Prior.LEVEL, description="What a seat alone is worth.")
    direction: TieDirection = Field(TieDirection.AS_STORED, description="Which way influence runs.")
    weights: Annotated[str, AfterValidator(_readable)] | None = Field(
        None, description="Weights of tie types, as in friendship:0.5,expertise:1."
    )
    informal: bool = Field(True, description="Whether informal ties count.")
    limit: int | None = Field(None, ge=1, description="At most so many people.")


class SmallestSetQuery(Question):
    """The question of `GET /accounts/{id}/influencers/smallest-set` and of `graphsvc smallest-set`."""

    size: int | None = Field(
        None,
        ge=1,
        le=DEFAULT_RULES.keyplayers.most_seats,
        description="So many people; default: as few as pass the goal.",
    )
    goal: float | None = Field(
        None, ge=0, le=1, description="Joint proximity to pass, 0 to 1; default: that of the rules."
    )
    opportunity_id: Id | None = Field(None, description="Count influences limited to this purchase too.")
