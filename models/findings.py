"""Answers as they are: plain values with their evidence and provenance, the same for API, pages and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from models.enums import Category, Grade, Measure, Window


class Finding(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class Provenance(Finding):
    """What an answer was computed from and how; the same provenance means the same answer."""

    algorithm: str
    version: str
    rules_version: str
    parameters: dict[str, Any]
    account_sequence: int
    firm_sequence: int
    as_of: datetime | None = None
    on: date


Item = TypeVar("Item")


class Answer(Finding, Generic[Item]):
    """A list of findings, best first. `next_cursor` is set by the API where more follow."""

    items: list[Item]
    next_cursor: str | None = None
    provenance: Provenance


class Evidence(Finding):
    """A record a number rests on, with its share of it."""

    kind: str
    id: str
    points: float | None = None


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
    stability: float
    evidence: list[Evidence]


class CategoryShare(Finding):
    """How much of a step one buyer category holds and whom to see first."""

    category: Category
    people: int
    share: float
    points: float
    start_with: str | None


class Ranking(Answer[Influencer]):
    """Key influencers, best first; `gaps` are categories that weigh in this step and have nobody."""

    measure: Measure
    by_category: list[CategoryShare]
    gaps: list[Category]


class Contribution(Finding):
    """One line of a strength: its points (all lines add up to it) and the strength without it."""

    kind: str
    id: str
    points: float
    without: float


class Trend(Finding):
    """The strength now less the strength 30 and 90 days before, in points."""

    d30: float
    d90: float


class TieStrength(Finding):
    """How strong the tie of one of ours to one of theirs is, 0–100, and why."""

    member_id: str
    contact_id: str
    strength: float
    grade: Grade
    depth: float
    warmth: float
    liking: float
    confidence: float
    self_strength: float | None
    disagreement: float | None
    trend: Trend
    cooling: bool
    next_due: date | None
    contributions: list[Contribution]
    hostile: bool = False
    """Close but hostile: the points of a trusted tie, and a liking that is sour."""
    last_contact: date | None = None
    """The last day of two-way contact."""


class Strengths(Answer[TieStrength]):
    """Every tie of ours to the account, strongest first."""


class PairStrength(Finding):
    """How strong the tie of `source_id` to `target_id` is, 0–100, by their messages alone."""

    source_id: str
    target_id: str
    strength: float


class PairStrengths(Answer[PairStrength]):
    """Both orders of every pair of contacts that ever exchanged a message, strongest first."""


class ChainStep(Finding):
    """One step of a chain and the probability that it carries."""

    edge_id: str
    kind: str
    source_id: str
    target_id: str
    probability: float


class Chain(Finding):
    """One way to a decision maker. `probability` is this path's, `reach` that of any path (± error)."""

    source_id: str
    target_id: str
    rank: int
    probability: float
    reach: float
    reach_error: float
    path: list[str]
    steps: list[ChainStep]
    weakest: list[str]
    blockers: list[str]
    entry_point: str | None
    window: Window | None
    window_since: date | None
    disjoint: bool


class Chains(Answer[Chain]):
    """The best chains to each target; `unreachable` lists pairs (source, target) that no path joins."""

    unreachable: list[tuple[str, str]]


class LegendRow(Finding):
    """One row of a legend: what is on screen under `key`, and how often."""

    key: str
    label: str
    count: int


class View(Finding):
    """A picture as data: nodes with x and y, edges, options, legend, and tables that say the same."""

    view: str
    version: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    legend: list[LegendRow]
    tables: dict[str, list[dict[str, Any]]]
    provenance: Provenance
    panels: list[dict[str, Any]] = []
    """Bands or department panels behind the nodes: key, label, x0, y0, x1, y1."""
    summary: dict[str, Any] = {}
    """What the page says beside the map: chain, ranking, gaps."""
    lang: str = "en"
    bounds: dict[str, float] = {}
    """What is drawn lies inside x0, y0, x1, y1."""
    theme: dict[str, Any] = {}
    """The colours to draw with, for light and dark surroundings, and the font."""
    texts: dict[str, Any] = {}
    """Title, subtitle and the headings of the tables, in the view's language."""
