"""Key-influencer rankings."""

from __future__ import annotations

from pydantic import Field

from models.enums import Category
from models.findings.base import Answer, Evidence, Finding
from models.measures import Measure


class Source(Finding):
    """From whom influence comes."""

    contact_id: str
    points: float


class InfluenceParts(Finding):
    """What a score is made of, in points of the score: own prior, the people behind it, the chart alone."""

    prior: float
    sources: list[Source] = Field(serialization_alias="from")
    formal: float


class Influencer(Finding):
    """One place of the ranking. `score` is 0–100 of the account's largest, `share` sums to 1."""

    rank: int
    contact_id: str
    name: str
    score: float
    share: float
    category: Category | None
    parts: InfluenceParts
    key_player: bool
    hidden: bool
    stability: float | None
    evidence: list[Evidence]
    value: float | None
    """The measure as the field knows it."""


class CategoryShare(Finding):
    """How much of a step one buyer category holds and whom to see first."""

    category: Category
    people: int
    share: float
    points: float
    start_with: str | None


class Ranking(Answer[Influencer]):
    """Key influencers, best first; `gaps` are categories that weigh in this step and have nobody.

    `error` is how far a `value` may be off for people having been drawn to measure from (95 %), 0 if exact.
    """

    measure: Measure
    by_category: list[CategoryShare]
    gaps: list[Category]
    error: float = 0.0
