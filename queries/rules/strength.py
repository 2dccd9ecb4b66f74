"""Parameters of relationship strength and cadence (docs/rules.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from models.enums import InteractionKind, Level, Tier
from models.fields import Unfit, Unit
from queries.rules.base import Days, Factor, Few, HalfLife, Maybe, Points, Probability, RuleTable

Rhythm = Annotated[int, Field(ge=1, le=3_650), Unit.DAYS]


class StrengthRules(RuleTable):
    """Relationship strength (docs/rules.md §1)."""

    section: ClassVar[str] = "§1"

    weights: Mapping[InteractionKind, Factor] = {
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
    mass_mail_weight: Factor = 0.1
    mass_mail_people: Annotated[int, Field(ge=1, le=10_000), Unit.PEOPLE] = 20
    """From so many of their people on, a message or e-mail is mass mail."""
    complaint_sentiment: Annotated[int, Field(ge=-2, le=2), Unit.MOOD] = -1
    negative_quality: Factor = 0.3
    positive_quality: Factor = 1.2
    half_life_days: HalfLife = 60
    half_life_decision_days: HalfLife = 120
    warmth_mass: Annotated[float, Field(ge=0.01, le=1_000)] = 6
    warmth_share: Probability = 0.85
    unanswered_cap: Points = 15
    assessment_weight: Factor = 4
    prior_weight: Annotated[float, Field(ge=0.01, le=100)] = 1
    assessment_half_life_days: HalfLife = 365
    stranger_depth: Probability = 0.1
    history_depth: Probability = 0.35
    history_months: Annotated[float, Field(ge=0.1, le=1_200)] = 6
    month_half_life_days: HalfLife = 1095
    confidence_mass: Annotated[float, Field(ge=0.01, le=1_000)] = 3
    answer_days: Days = 7
    """What answers the other side within so many days makes its day one of two-way contact."""
    grade_points: tuple[Points, Points, Points] = (25, 50, 75)
    fresh_assessment_days: Days = 365
    trusted_days: Days = 6
    trusted_span_days: Days = 90
    handover_share: Probability = 0.5
    handover_days: Annotated[int, Field(ge=1, le=36_500), Unit.DAYS] = 180
    cooling_points: Points = 15
    sour_liking: Annotated[float, Field(ge=-1, le=0)] = -0.1
    disagreement_points: Points = 25
    goal_acts: Annotated[int, Field(ge=1, le=1_000)] = 26

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.grade_points) != sorted(self.grade_points):
            raise Unfit("grade_points: from the lowest to the highest", "grade_points：应由低到高")
        if self.stranger_depth + self.history_depth > 1:
            raise Unfit("stranger_depth + history_depth: at most 1", "两者之和不超过 1")
        if set(self.shared) & set(self.theirs):
            raise Unfit("shared, theirs: a kind stands in one of them", "同一类型只能列入其一")
        return self


class CadenceRules(RuleTable):
    """Days between two contacts (docs/rules.md §1), by level in an A account, longer in the others; whom to
    meet and what to have confirmed (docs/rules.md §12)."""

    section: ClassVar[str] = "§1"

    days: Mapping[Level, Rhythm] = {Level.DECISION: 60, Level.MANAGEMENT: 21, Level.OPERATIONAL: 45}
    days_unknown: Rhythm = 45
    tier: Mapping[Tier, Annotated[float, Field(ge=0.1, le=100)]] = {Tier.A: 1, Tier.B: 1.5, Tier.C: 3}
    tier_unset: Annotated[float, Field(ge=0.1, le=100)] = 3
    least_influence: Points = 20
    """From so many points on somebody is to be met though we do not know him and he plays no part."""
    stale_days: Days = 90
    """What nobody has confirmed for longer is stale."""
    stale_records: Few = 10
    drawn_people: Maybe = 5
    chain_deciders: Maybe = 10
    """To so many deciders, the most influential ones, it is asked which ties carry our best chains."""
