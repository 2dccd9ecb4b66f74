"""Parameters of the ranking (docs/rules.md §2)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from models.enums import Basis, Category, EdgeKind, Level, Step
from models.fields import Unfit
from queries.rules.base import Factor, Few, PassedOn, Points, Probability, RuleTable

Voice = Annotated[float, Field(ge=0.01, le=100)]
"""How much more somebody counts; never nought, so that no category loses everybody."""


class InfluenceRules(RuleTable):
    """Key-influencer ranking (docs/rules.md §2)."""

    section: ClassVar[str] = "§2"

    damping: PassedOn = 0.85
    listening_full: Annotated[float, Field(ge=0.01, le=10)] = 0.4
    unknown_weight: Probability = 0.5
    kinds: Mapping[EdgeKind, Factor] = {
        EdgeKind.REPORTS_TO: 1.0,
        EdgeKind.INFLUENCES: 1.0,
        EdgeKind.BOND: 1.0,
        EdgeKind.MESSAGES: 0.0,
    }
    stated: Probability = 1.0
    basis: Mapping[Basis, Probability] = {
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
    no_basis: Probability = 0.1
    solid_line: Probability = 0.8
    dotted_line: Probability = 0.5
    level_ratio: Annotated[float, Field(ge=1, le=100)] = 3
    openness: Mapping[Level, PassedOn] = {
        Level.DECISION: 0.3,
        Level.MANAGEMENT: 0.4,
        Level.OPERATIONAL: 0.5,
    }
    openness_unknown: PassedOn = 0.85
    outside_buying_centre: Annotated[float, Field(ge=0.001, le=1)] = 0.1
    voice: tuple[Voice, Voice, Voice, Voice] = (0.5, 1.0, 1.5, 2.0)
    signer: Voice = 2.0
    finance_share_of_clerks: Probability = 0.3
    key_player_ratio: Factor = 2
    hidden_points: Points = 15
    stability_top: Few = 5
    stability_draws: Few = 30
    stability_dropped: Probability = 0.2
    steps: Mapping[Step, Mapping[Category, Probability]] = {
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

    @model_validator(mode="after")
    def _steps_are_shares(self) -> Self:
        for step, weights in self.steps.items():
            if abs(math.fsum(weights.values()) - 1) > 1e-9:
                raise Unfit(
                    f"steps/{step}: the weights of a step add up to 1",
                    f"steps/{step}：权重之和须为 1",
                )
        return self
