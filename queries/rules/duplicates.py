"""Parameters of probable duplicates (docs/rules.md §4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from models.doubles import LikenessRule
from queries.rules.base import Few, Probability, RuleTable

LogOdds = Annotated[float, Field(ge=-20, le=20)]


class DuplicateRules(RuleTable):
    """Probable duplicates (docs/rules.md §4)."""

    section: ClassVar[str] = "§4"

    points: Mapping[LikenessRule, LogOdds] = {
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
    prior: LogOdds = -6
    least_score: Probability = 0.6
    short_characters: Annotated[int, Field(ge=1, le=10)] = 2
    long_spelling: Annotated[int, Field(ge=1, le=40)] = 8
    near_characters: Probability = 0.6
    near_letters: Probability = 0.75
    phone_digits: Annotated[int, Field(ge=4, le=20)] = 8
    external_id_length: Annotated[int, Field(ge=1, le=64)] = 4
    block_people: Annotated[int, Field(ge=2, le=1_000)] = 50
    window: Few = 10
