"""What can be asked of the decision chains."""

from __future__ import annotations

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import ChainSource, Step
from models.fields import Id
from queries.rules import DEFAULT_RULES

MOST_TARGETS = 50


class ChainsQuery(Question):
    """The question of `GET /accounts/{id}/chains` and of `graphsvc chains`.

    Chains start from our people, the competitor's, every contact (`source`) or one person (`source_id`).
    """

    target_id: list[Id] = Field(
        [], max_length=MOST_TARGETS, description="Whom to reach; default: the decision makers."
    )
    source_id: Id | None = Field(None, description="Start from this contact; overrules source.")
    source: ChainSource = Field(ChainSource.OURS, description="Whose chains.")
    opportunity_id: Id | None = Field(None, description="Chains in this purchase.")
    step: Step | None = Field(None, description="At this purchasing step; default: the opportunity's.")
    k: int = Field(3, ge=1, le=DEFAULT_RULES.chains.most_alternatives, description="Chains per pair.")
    limit: int | None = Field(None, ge=1, description="At most so many chains.")
