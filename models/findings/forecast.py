"""How the opinion of a buying centre will settle, and whom to win over first."""

from __future__ import annotations

from pydantic import Field

from models.enums import Attitude, BuyingRole, Category, Step
from models.findings.base import Answer, Evidence, Finding
from models.opinions import OpinionSource, Verdict


class OpinionPart(Finding):
    """What a settled opinion owes to one person: himself, or somebody he listens to.

    All parts add up to the opinion; shown are the largest three.
    """

    contact_id: str
    points: float


class Settling(Finding):
    """One person's opinion of us, −1 (against) to 1 (all for us): at the beginning, and as it settles.

    `weight` is what the person holds of the step (all add up to 1), `sway` what the whole room's opinion
    moves when his own moves by 1. `veto`: signs, is entered as against us, and stays so.
    """

    contact_id: str
    name: str
    category: Category | None
    roles: list[BuyingRole]
    decider: bool
    attitude: Attitude | None
    source: OpinionSource
    opinion: float
    settled: float
    verdict: Verdict
    weight: float
    sway: float
    veto: bool
    parts: list[OpinionPart] = Field(serialization_alias="from")
    evidence: list[Evidence]


class Lever(Finding):
    """What the room's opinion gains if one person moves to the next word, and the way there.

    `probability` is that of our best chain to him, `path` its people (the first is ours); `expected` =
    gain · probability, by which levers are listed.
    """

    contact_id: str
    name: str
    attitude: Attitude | None
    to: Attitude
    gain: float
    probability: float
    expected: float
    path: list[str]


class VerdictShare(Finding):
    """How much of the weight of a category, or of all of them, is for us, undecided and against us."""

    category: Category | None
    weight: float
    for_us: float
    undecided: float
    against_us: float


class Forecast(Answer[Settling]):
    """How the room settles: deciders first, then by weight. A model of listening, not a promise.

    `opinion` is the room's settled opinion, −1 to 1; `room` how its weight divides, `by_category` the same
    category by category. `vetoes` are contact ids, named in the headline whatever the total says.
    `guessed_share` is the weight of those whose opinion was guessed.
    """

    headline: str
    opinion: float
    verdict: Verdict
    room: VerdictShare
    by_category: list[VerdictShare]
    vetoes: list[str]
    levers: list[Lever]
    gaps: list[Category]
    guessed_share: float
    step: Step | None
