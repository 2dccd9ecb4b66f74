"""Parameters of the ranking (docs/rules.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from models.enums import Basis, Category, EdgeKind, Level, Step
from queries.rules.base import PassedOn, Probability, RuleTable


class InfluenceRules(RuleTable):
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
