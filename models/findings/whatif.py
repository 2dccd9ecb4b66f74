"""What would be: answers before and after changes that are not stored, and what moves most."""

from __future__ import annotations

from models.findings.base import Finding, Provenance
from models.findings.chains import Chains
from models.findings.coverage import Coverage
from models.findings.departures import Departure
from models.findings.forecast import Forecast
from models.findings.influence import Ranking
from models.findings.strength import Strengths
from models.findings.threats import Threats
from models.findings.trust import Trust
from models.whatif import Answered


class Answers(Finding):
    """The answers that were asked for; the others are None."""

    influencers: Ranking | None = None
    chains: Chains | None = None
    strength: Strengths | None = None
    forecast: Forecast | None = None
    coverage: Coverage | None = None
    trust: Trust | None = None
    threats: Threats | None = None


class Moved(Finding):
    """One number of an answer that changes, with the ids it is about and their names.

    `measure` is the field of the answer's items; points of threats stand on the scale of before on both
    sides. A side is None where the answer has no such item.
    """

    answer: Answered
    measure: str
    ids: list[str]
    names: list[str]
    before: float | None
    after: float | None
    change: float


class Assumed(Finding):
    """A tie as it was taken to be: the strength that came out, nearest to what was wished.

    `points` of a questionnaire filled in today (0–48) make it so; None where nothing had to be filled in.
    """

    member_id: str
    contact_id: str
    wished: float
    strength: float
    points: int | None


class WhatIf(Finding):
    """Answers before and after; `moved` are the numbers that change most, answer by answer.

    `departures` are the costs of those who leave, each alone, where they were asked for.
    """

    before: Answers
    after: Answers
    moved: list[Moved]
    assumed: list[Assumed]
    departures: list[Departure]
    provenance: Provenance
