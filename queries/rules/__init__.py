"""Every parameter of the formulas; docs/rules.md explains them, provenance names their version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

import orjson

from queries.rules.advice import AdviceRules
from queries.rules.base import RuleTable
from queries.rules.bosses import BossRules
from queries.rules.chains import ChainRules
from queries.rules.complaints import ComplaintRules
from queries.rules.coverage import CoverageRules, TrustRules
from queries.rules.departures import DepartureRules
from queries.rules.duplicates import DuplicateRules
from queries.rules.forecast import ForecastRules
from queries.rules.influence import InfluenceRules
from queries.rules.introductions import IntroductionRules
from queries.rules.keyplayers import KeyPlayerRules
from queries.rules.portfolio import TierRules
from queries.rules.positions import PositionRules
from queries.rules.strength import CadenceRules, StrengthRules
from queries.rules.threats import ThreatRules
from queries.rules.week import WeekRules
from queries.rules.whatif import WhatIfRules


class Rules(RuleTable):
    """All rule tables. `version` changes with any value."""

    strength: StrengthRules = StrengthRules()
    cadence: CadenceRules = CadenceRules()
    influence: InfluenceRules = InfluenceRules()
    chains: ChainRules = ChainRules()
    tiers: TierRules = TierRules()
    advice: AdviceRules = AdviceRules()
    departures: DepartureRules = DepartureRules()
    duplicates: DuplicateRules = DuplicateRules()
    coverage: CoverageRules = CoverageRules()
    trust: TrustRules = TrustRules()
    keyplayers: KeyPlayerRules = KeyPlayerRules()
    threats: ThreatRules = ThreatRules()
    whatif: WhatIfRules = WhatIfRules()
    forecast: ForecastRules = ForecastRules()
    positions: PositionRules = PositionRules()
    introductions: IntroductionRules = IntroductionRules()
    complaints: ComplaintRules = ComplaintRules()
    week: WeekRules = WeekRules()
    bosses: BossRules = BossRules()

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of the SHA-256 of the tables' canonical JSON."""
        canonical = orjson.dumps(
            self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
        )
        return hashlib.sha256(canonical).hexdigest()[:12]

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some tables exchanged, which has a version of its own."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("version", None)
        return copied


DEFAULT_RULES = Rules()
