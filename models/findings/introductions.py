"""Who could bring us to somebody, on which way, and what asking costs."""

from __future__ import annotations

from datetime import date

from models.findings.base import Answer, Evidence, Finding
from models.introductions import Bar, Occasion


class IntroductionStep(Finding):
    """One person bringing us to the next; `kind` and `edge_id` are the record it rests on.

    Of colleagues in a department it is the `works_in` record of the first, of a channel the link between
    their accounts. `crosses`: the two are of different accounts.
    """

    source_id: str
    target_id: str
    kind: str
    edge_id: str
    probability: float
    crosses: bool


class GoBetween(Finding):
    """Somebody on the way. `strength` is our strongest tie to him (None: nobody knows him).

    `cost` of asking, 0–100: what the step to him lacks, and the favours asked of him lately (`asks`).
    `occasion` is why he may be asked now, `occasion_on` since when.
    """

    contact_id: str
    name: str
    account_id: str
    strength: float | None
    cost: float
    asks: int
    occasion: Occasion | None
    occasion_on: date | None


class Introduction(Finding):
    """One way to somebody: who of ours asks whom first, and who introduces us in the end.

    `probability` is the product of the steps', `cost` the sum over the go-betweens, `accounts` how many
    accounts the way passes. `occasion` is the one of the first go-between.
    """

    rank: int
    member_id: str
    first_id: str
    introducer_id: str
    target_id: str
    probability: float
    cost: float
    accounts: int
    occasion: Occasion | None
    occasion_on: date | None
    path: list[str]
    steps: list[IntroductionStep]
    go_betweens: list[GoBetween]
    evidence: list[Evidence]


class Barred(Finding):
    """Somebody who stands on one of the best ways and is not asked, and why.

    `probability` is that of the way, were he content.
    """

    contact_id: str
    name: str
    account_id: str
    bar: Bar
    probability: float
    evidence: list[Evidence]


class KnownBy(Finding):
    """One of ours who knows the person already."""

    member_id: str
    strength: float
    edge_id: str


class Introductions(Answer[Introduction]):
    """The best ways to a person by probability, each with other go-betweens.

    `known_by`: who of ours needs none. `accounts`: the accounts that were looked at, nearest first;
    `accounts_left_out` more are joined to these. Provenance: `account_sequence` is the sum over them.
    """

    known_by: list[KnownBy]
    barred: list[Barred]
    accounts: list[str]
    accounts_left_out: int
