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


class Change(Finding):
    """How much more of the account's influence somebody passes on than at the other step, as a share."""

    contact_id: str
    change: float


class CategoryChange(Finding):
    """How much of a move comes from what a buyer category weighs; None: from people of no category."""

    category: Category | None
    change: float


class Moved(Finding):
    """How somebody came from his place at another step to the present one, and why.

    The change of his share is taken apart twice, each time completely: by who passes it on (`own`, what
    his own seat weighs; `sources`, direct listeners; `others`, the rest of them) and, in `by_category`, by
    the weight of buyer categories behind it, wherever in the account these people sit.
    """

    from_rank: int
    from_share: float
    change: float
    why: str
    own: float
    sources: list[Change] = Field(serialization_alias="from")
    others: float
    by_category: list[CategoryChange]


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
    moved: Moved | None = None
    """Where the ranking was compared with that of another step."""


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
