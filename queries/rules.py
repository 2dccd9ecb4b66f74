"""Every parameter of the formulas in one table; docs/rules.md explains them, provenance names its version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field

from models.doubles import LikenessRule
from models.enums import Basis, BuyingRole, Category, EdgeKind, InteractionKind, Level, Step, Tier
from models.findings import Severity
from queries.alerts import Rule

Probability = Annotated[float, Field(ge=0, le=1)]
PassedOn = Annotated[float, Field(ge=0, le=0.99)]
"""A part that goes on to others; below 1, else an opinion that goes in circles never settles."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StrengthRules(_Table):
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


class CadenceRules(_Table):
    """Days between two contacts (docs/rules.md §1): by level in an A account, longer in the others."""

    days: Mapping[Level, int] = {Level.DECISION: 60, Level.MANAGEMENT: 21, Level.OPERATIONAL: 45}
    days_unknown: int = 45
    tier: Mapping[Tier, float] = {Tier.A: 1, Tier.B: 1.5, Tier.C: 3}
    tier_unset: float = 3


class InfluenceRules(_Table):
    """Key-influencer ranking (docs/rules.md §2)."""

    damping: PassedOn = 0.85
    listening_full: Annotated[float, Field(gt=0)] = 0.4
    unknown_weight: Probability = 0.5
    kinds: Mapping[EdgeKind, float] = {
        EdgeKind.REPORTS_TO: 1.0,
        EdgeKind.INFLUENCES: 1.0,
        EdgeKind.BOND: 1.0,
        EdgeKind.MESSAGES: 0.0,
    }
    stated: float = 1.0
    basis: Mapping[Basis, float] = {
        Basis.AUTHORITY: 1.0,
        Basis.EXPERTISE: 1.0,
        Basis.FRIENDSHIP: 0.2,
        Basis.FAMILY: 0.2,
        Basis.ALUMNI: 0.2,
        Basis.TOWNSMAN: 0.2,
        Basis.COMRADE: 0.2,
        Basis.FORMER_BOSS: 0.2,
        Basis.HOBBY: 0.2,
        Basis.OTHER: 0.1,
    }
    no_basis: float = 0.1
    solid_line: float = 0.8
    dotted_line: float = 0.5
    level_ratio: float = 3
    openness: Mapping[Level, PassedOn] = {
        Level.DECISION: 0.3,
        Level.MANAGEMENT: 0.4,
        Level.OPERATIONAL: 0.5,
    }
    openness_unknown: PassedOn = 0.85
    outside_buying_centre: float = 0.1
    voice: tuple[float, float, float, float] = (0.5, 1.0, 1.5, 2.0)
    signer: float = 2.0
    finance_share_of_clerks: float = 0.3
    key_player_ratio: float = 2
    hidden_points: float = 15
    stability_top: int = 5
    stability_draws: int = 30
    stability_dropped: Probability = 0.2
    steps: Mapping[Step, Mapping[Category, float]] = {
        step: (dict(zip(Category, weights, strict=True)))
        for step, weights in zip(
            Step,
            (
                (0.05, 0.20, 0.15, 0.05, 0.35, 0.20),
                (0.45, 0.20, 0.10, 0.15, 0.05, 0.05),
                (0.05, 0.25, 0.40, 0.05, 0.15, 0.10),
                (0.15, 0.20, 0.35, 0.15, 0.10, 0.05),
                (0.40, 0.10, 0.05, 0.35, 0.05, 0.05),
                (0.15, 0.15, 0.20, 0.05, 0.20, 0.25),
            ),
            strict=True,
        )
    }


class ChainRules(_Table):
    """Decision chains and reach (docs/rules.md §3)."""

    upward: Probability = 0.8
    downward: Probability = 0.9
    dotted: Probability = 0.5
    stated: Probability = 0.85
    derived: Probability = 0.3
    unknown_weight: Probability = 0.15
    messages_scale: float = 20
    attitude: Mapping[int, Probability] = {2: 1.0, 1: 1.0, 0: 1.0, -1: 0.5, -2: 0.1}
    voice: tuple[float, float, float, float] = (0.6, 0.85, 1.0, 1.0)
    window_shut: Probability = 0.6
    most_alternatives: int = 20
    extra_hops: int = 6
    exact_edges: int = 20
    least_probability: float = 1 / 320
    draws: Mapping[int, int] = {300: 100_000, 2_000: 20_000}
    """Draws of the reach up to so many people; above, `least_draws`."""
    least_draws: int = 2_048


class DuplicateRules(_Table):
    """Probable duplicates (docs/rules.md §4)."""

    points: Mapping[LikenessRule, float] = {
        LikenessRule.SAME_NAME: 6,
        LikenessRule.SHORT_NAME: 5,
        LikenessRule.SAME_SPELLING: 6,
        LikenessRule.MISSPELT: 5,
        LikenessRule.HOMOPHONE: 2,
        LikenessRule.NEAR_NAME: -3,
        LikenessRule.OTHER_NAME: -6,
        LikenessRule.COMMON_NAME: -1,
        LikenessRule.SAME_EMAIL: 10,
        LikenessRule.OTHER_EMAIL: -3,
        LikenessRule.SAME_PHONE: 6,
        LikenessRule.OTHER_PHONE: -2,
        LikenessRule.SAME_WECHAT: 8,
        LikenessRule.OTHER_WECHAT: -2,
        LikenessRule.SAME_EXTERNAL_ID: 4,
        LikenessRule.SAME_DEPARTMENT: 2,
        LikenessRule.OTHER_DEPARTMENT: -3,
    }
    prior: float = -6
    least_score: Probability = 0.6
    short_characters: int = 2
    long_spelling: int = 8
    near_characters: Probability = 0.6
    near_letters: Probability = 0.75
    phone_digits: int = 8
    external_id_length: int = 4
    block_people: Annotated[int, Field(ge=2)] = 50
    window: Annotated[int, Field(ge=1)] = 10


class TierRules(_Table):
    """Suggested tiers of accounts (docs/rules.md §5)."""

    shares: Mapping[Tier, Probability] = {Tier.A: 0.5, Tier.B: 0.2, Tier.C: 0.1}
    """What the accounts of each tier make of all sales, the largest accounts first."""


class AdviceRules(_Table):
    """How urgent each warning is, and which roles should be known when (docs/rules.md §6)."""

    severity: Mapping[Rule, Severity] = {
        Rule.A_WITHOUT_TEAM: Severity.HIGH,
        Rule.COMPLAINT_OPEN: Severity.HIGH,
        Rule.ACTION_OVERDUE: Severity.HIGH,
        Rule.CRITERIA_SHUT: Severity.HIGH,
        Rule.STAGE_STEP_MISMATCH: Severity.MEDIUM,
        Rule.TENDER_BEFORE_EVALUATE: Severity.MEDIUM,
        Rule.MILESTONE_SKIPPED: Severity.MEDIUM,
        Rule.ROLE_MISSING: Severity.MEDIUM,
        Rule.MILESTONE_ORDER: Severity.LOW,
        Rule.MILESTONE_AHEAD: Severity.LOW,
        Rule.ROLE_UNPLACED: Severity.LOW,
        Rule.TIER_WITHOUT_REASON: Severity.LOW,
    }
    roles_from: Mapping[BuyingRole, Step] = {
        BuyingRole.USER: Step.DISCOVER,
        BuyingRole.DECISION_MAKER: Step.BREW,
        BuyingRole.CHAMPION: Step.DESIGN,
        BuyingRole.EVALUATOR: Step.DESIGN,
        BuyingRole.APPROVER: Step.EVALUATE,
        BuyingRole.PROCUREMENT: Step.EVALUATE,
    }
    """From which step on somebody should be known in a role."""


class Rules(_Table):
    """All rule tables. `version` changes with any value."""

    strength: StrengthRules = StrengthRules()
    cadence: CadenceRules = CadenceRules()
    influence: InfluenceRules = InfluenceRules()
    chains: ChainRules = ChainRules()
    tiers: TierRules = TierRules()
    advice: AdviceRules = AdviceRules()
    duplicates: DuplicateRules = DuplicateRules()

    @property
    def version(self) -> str:
        """The first 12 hex digits of the SHA-256 of the tables' canonical JSON."""
        canonical = orjson.dumps(
            self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
        )
        return hashlib.sha256(canonical).hexdigest()[:12]


DEFAULT_RULES = Rules()
