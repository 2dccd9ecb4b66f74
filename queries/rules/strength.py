"""Parameters of relationship strength and cadence (docs/rules.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from models.enums import InteractionKind, Level, Tier
from queries.rules.base import Probability, RuleTable


class StrengthRules(RuleTable):
    """Relationship strength (docs/rules.md §1)."""

    weights: Mapping[InteractionKind, float] = {
        InteractionKind.VISIT: 3,
        InteractionKind.MEETING: 3,
        InteractionKind.DEMO: 3,
        InteractionKind.TRAINING: 3,
        InteractionKind.MEAL: 3,
        InteractionKind.EVENT: 3,
        InteractionKind.REFERRAL: 4,
        InteractionKind.SURVEY: 2,
        InteractionKind.CALL: 2,
        InteractionKind.MESSAGE: 1,
        InteractionKind.EMAIL: 1,
        InteractionKind.COMPLAINT: 0,
    }
    shared: tuple[InteractionKind, ...] = (
        InteractionKind.VISIT,
        InteractionKind.MEETING,
        InteractionKind.DEMO,
        InteractionKind.TRAINING,
        InteractionKind.MEAL,
        InteractionKind.EVENT,
        InteractionKind.SURVEY,
        InteractionKind.CALL,
    )
    """Half of each is theirs and half ours, whoever asked for it."""
    theirs: tuple[InteractionKind, ...] = (InteractionKind.REFERRAL,)
    """All of each is theirs."""
    mass_mail_weight: float = 0.1
    mass_mail_people: int = 20
    """From so many of their people on, a message or e-mail is mass mail."""
    complaint_sentiment: int = -1
    negative_quality: float = 0.3
    positive_quality: float = 1.2
    half_life_days: float = 60
    half_life_decision_days: float = 120
    warmth_mass: float = 6
    warmth_share: float = 0.85
    unanswered_cap: float = 15
    assessment_weight: float = 4
    prior_weight: float = 1
    assessment_half_life_days: float = 365
    stranger_depth: float = 0.1
    history_depth: float = 0.35
    history_months: float = 6
    month_half_life_days: float = 1095
    confidence_mass: float = 3
    answer_days: int = 7
    """What answers the other side within so many days makes its day one of two-way contact."""
    grade_points: tuple[float, float, float] = (25, 50, 75)
    fresh_assessment_days: int = 365
    trusted_days: int = 6
    trusted_span_days: int = 90
    handover_share: Probability = 0.5
    handover_days: int = 180
    cooling_points: float = 15
    sour_liking: float = -0.1
    disagreement_points: float = 25
    goal_acts: int = 26


class CadenceRules(RuleTable):
    """Days between two contacts (docs/rules.md §1), by level in an A account, longer in the others; whom to
    meet and what to have confirmed (docs/rules.md §12)."""

    days: Mapping[Level, int] = {Level.DECISION: 60, Level.MANAGEMENT: 21, Level.OPERATIONAL: 45}
    days_unknown: int = 45
    tier: Mapping[Tier, float] = {Tier.A: 1, Tier.B: 1.5, Tier.C: 3}
    tier_unset: float = 3
    least_influence: float = 20
    """From so many points on somebody is to be met though we do not know him and he plays no part."""
    stale_days: int = 90
    """What nobody has confirmed for longer is stale."""
    stale_records: Annotated[int, Field(ge=1)] = 10
    drawn_people: Annotated[int, Field(ge=0)] = 5
    chain_deciders: Annotated[int, Field(ge=0)] = 10
    """To so many deciders, the most influential ones, it is asked which ties carry our best chains."""
