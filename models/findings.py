"""Answers as they are: plain values with their evidence and provenance, the same for API, pages and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, computed_field

from models.doubles import LikenessRule
from models.enums import (
    AccountStatus,
    Category,
    ConcernCode,
    ConcernForm,
    Grade,
    Measure,
    Tier,
    TierReason,
    Window,
)
from models.terms import Term


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


class Severity(Term):
    """How urgent a warning is."""

    HIGH = "high", "Urgent", "紧急"
    MEDIUM = "medium", "Soon", "尽快"
    LOW = "low", "When convenient", "择机"


class Warned(Finding):
    """What a rule warns of, in the language of who asks, and the records it rests on."""

    rule: str
    severity: Severity
    text: str
    evidence: list[Evidence]
    opportunity_id: str | None = None


class Advice(Answer[Warned]):
    """Warnings about an account and its purchases, the most urgent first."""


class HeldConcern(Finding):
    """What a contact cares about: said of him in the purchase (`edge_id`), or usual in his `category`."""

    code: ConcernCode
    text: str | None = None
    form: ConcernForm | None = None
    edge_id: str | None = None
    category: Category | None = None


class Money(Finding):
    """An amount; without a currency where none was said."""

    currency: str | None
    value: float


class PortfolioLine(Finding):
    """An account among the others. `cumulated_share`: of the sales in its currency, down to this account.

    `overruled`: the tier in force is another than the suggested one, for `tier_reason` if there is one.
    `open_value` is empty where the open purchases are in several currencies (see `open_values`).
    """

    account_id: str
    name: str
    status: AccountStatus
    tier: Tier | None
    tier_reason: TierReason | None
    suggested_tier: Tier | None
    overruled: bool
    annual_volume: float | None
    currency: str | None
    cumulated_share: float | None
    open_opportunities: int
    open_value: float | None
    open_values: list[Money]
    warnings: list[Warned]


class Portfolio(Answer[PortfolioLine]):
    """The accounts of the scope, the largest sales of each currency first.

    Provenance: `account_sequence` is the sum over the accounts, so any change moves it.
    """


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


class Likeness(Finding):
    """What speaks for (points above 0) or against two contacts being one person, and what it rests on."""

    rule: LikenessRule
    value: str | None
    points: float


class Duplicate(Finding):
    """Two contacts that may be one person, the smaller id first. `score` 0–1; `reasons` add up to it."""

    contact_id: str
    other_id: str
    name: str
    other_name: str
    account_id: str
    other_account_id: str
    score: float
    reasons: list[Likeness]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def contact_ids(self) -> list[str]:
        """Both ids."""
        return [self.contact_id, self.other_id]


class Duplicates(Answer[Duplicate]):
    """Probable duplicates, best first, among so many `people`, of whom so many pairs were `compared`.

    `split_blocks` counts the groups that were too large to compare everybody in them with everybody.
    """

    people: int
    compared: int
    split_blocks: int


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
