"""What the customer complains of, what that costs, and how satisfied its departments are."""

from __future__ import annotations

from datetime import date

from models.findings.base import Answer, Finding


class TouchedTie(Finding):
    """A tie of ours that a complaint touches; liking and moods are −1…1.

    `mood` is what stands between the two while the complaint is open, `mood_without` with it lifted;
    `factor` and `factor_without` what these leave of the tie in a chain, 0–1.
    """

    member_id: str
    contact_id: str
    strength: float
    liking: float
    liking_without: float
    mood: float
    mood_without: float
    factor: float
    factor_without: float


class LostReach(Finding):
    """The way to a decider over the best of the touched ties, 0–1: as it is, and with the complaint lifted.

    `error` is that of the contact's own reach.
    """

    contact_id: str
    name: str
    reach: float
    reach_without: float
    cost: float
    error: float


class OpenComplaint(Finding):
    """A complaint that is not resolved. `cost` is the largest loss of reach, that to `decider_id`."""

    rank: int
    id: str
    since: date
    days: int
    contact_ids: list[str]
    names: list[str]
    member_ids: list[str]
    cost: float
    decider_id: str | None
    ties: list[TouchedTie]
    reach: list[LostReach]


class ProductSatisfaction(Finding):
    """A product in use and how satisfied they are with it, 1–5; without a competitor it is ours."""

    edge_id: str
    product_id: str
    name: str
    competitor_id: str | None
    satisfaction: int | None


class DepartmentSatisfaction(Finding):
    """How satisfied a department is. `score` 1–5: the mean of its people's latest surveys.

    Without `department_id`: the account as a whole, and people without a department.
    """

    department_id: str | None
    name: str
    score: float | None
    surveyed: int
    complaints: int
    surveys: list[str]
    products: list[ProductSatisfaction]


class Complaints(Answer[OpenComplaint]):
    """Open complaints, the costliest first; satisfaction by department, the account as a whole first."""

    satisfaction: list[DepartmentSatisfaction]
