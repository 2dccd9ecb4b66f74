"""A purchase in one answer: where it stands, who buys, how the room settles, what to do."""

from __future__ import annotations

from datetime import date

from models.deals import MilestoneState
from models.enums import (
    Attitude,
    BuyingRole,
    Category,
    ConcernCode,
    ConcernForm,
    CriterionOrigin,
    Grade,
    OpportunityStatus,
    Stage,
    Step,
    Voice,
    Window,
)
from models.findings.base import Answer, Evidence, Finding
from models.findings.forecast import Forecast
from models.findings.warnings import Advice
from models.opinions import OpinionSource, Verdict


class HeldConcern(Finding):
    """What a contact cares about: said of him in the purchase (`edge_id`), or usual in his `category`."""

    code: ConcernCode
    text: str | None = None
    form: ConcernForm | None = None
    edge_id: str | None = None
    category: Category | None = None


class StageMilestone(Finding):
    """A sales stage, the milestone that ends it, and where that one stands on the day."""

    stage: Stage
    milestone: str
    state: MilestoneState
    reached_on: date | None
    planned_on: date | None
    by: str | None
    evidence: str | None


class DealCriterion(Finding):
    """What the purchase is judged by, whose idea it was, and who of theirs answers for it."""

    text: str
    origin: CriterionOrigin
    owner_id: str | None
    owner: str | None


class CriteriaShare(Finding):
    """How many of the criteria were whose idea."""

    origin: CriterionOrigin
    count: int


class OpenWindow(Finding):
    """A purchase that opens the decision layer, and the day on which that is planned to end.

    It is at *brew*, or at *install* and not accepted yet. Dates are None where no record says them.
    """

    opportunity_id: str | None
    step: Step
    since: date | None
    shuts_on: date | None


class Buyer(Finding):
    """One person of the buying centre.

    `opinion` and `settled` are those of the forecast, `influence` is the score of the ranking. `strength`
    and `grade` are those of our best tie, which is `member_id`'s; `theirs` is the best tie of a competitor
    who is not out of the purchase, `lead` what it is ahead of ours. `placeholder`: a seat whose holder is
    not known yet.
    """

    contact_id: str
    name: str
    title: str | None
    category: Category | None
    roles: list[BuyingRole]
    decider: bool
    placeholder: bool
    attitude: Attitude | None
    voice: Voice | None
    opinion: float
    source: OpinionSource
    settled: float
    verdict: Verdict
    veto: bool
    influence: float
    strength: float
    grade: Grade | None
    member_id: str | None
    last_contact: date | None
    competitor_id: str | None
    rival_id: str | None
    theirs: float
    lead: float
    concerns: list[HeldConcern]
    evidence: list[Evidence]


class Deal(Answer[Buyer]):
    """A purchase: the buying centre (deciders first, then by influence), and all that is said of it.

    `fitting_stage` is the sales stage that goes with the buyer's step; `missing_roles` should be known by
    this step and are not. `forecast` and `advice` are those answers, asked for this purchase.
    """

    opportunity_id: str
    name: str
    status: OpportunityStatus
    value: float | None
    currency: str | None
    step: Step
    step_since: date | None
    stage: Stage
    fitting_stage: Stage
    tender_issued_on: date | None
    milestones: list[StageMilestone]
    criteria: list[DealCriterion]
    criteria_by_origin: list[CriteriaShare]
    window: Window | None
    window_since: date | None
    windows: list[OpenWindow]
    missing_roles: list[BuyingRole]
    vetoes: list[str]
    forecast: Forecast
    advice: Advice
