"""Somebody leaves: what it costs, and who could make up for it."""

from __future__ import annotations

from models.enums import Category, NodeKind
from models.findings.base import Answer, Finding
from models.opinions import Verdict


class WayLost(Finding):
    """Our way to one decider with the person and without: the best chain's probability, and the reach.

    A `_loss` is the part that goes, 0–1. `by_chain` and `by_reach`: half of it or more hangs on the person.
    """

    contact_id: str
    name: str
    probability: float
    probability_after: float
    probability_loss: float
    by_chain: bool
    reach: float
    reach_after: float
    reach_error: float
    reach_loss: float
    by_reach: bool
    path: list[str]
    path_after: list[str]


class CategoryLost(Finding):
    """What the best tie to a buyer category is worth with the person and without."""

    category: Category
    worth: float
    worth_after: float


class UnitLost(Finding):
    """What the best tie into a department is worth with the person and without.

    `ours_after`: so many of our people have any tie there in the end; 0: it hangs on nobody.
    """

    department_id: str
    name: str
    worth: float
    worth_after: float
    ours_after: int


class Substitute(Finding):
    """One of ours whose tie to a contact, brought to `goal` points, makes up for most of the lost chains.

    `strength` is what it has now. `restored` is the part of all probability lost that comes back, 0–1;
    `helps` are the deciders it helps.
    """

    member_id: str
    contact_id: str
    strength: float
    goal: float
    restored: float
    helps: list[str]


class RoomChange(Finding):
    """The forecast with the person and without."""

    opinion: float
    opinion_after: float
    verdict: Verdict
    verdict_after: Verdict
    vetoes: list[str]
    vetoes_after: list[str]


class Departure(Answer[WayLost]):
    """What one person's leaving costs: our way to each decider, the largest loss of chain first.

    `single_threaded`: at least one decider hangs on the person, by chain or by reach; of many deciders the
    most influential are looked at, the others are counted in `deciders_left_out`. `trust` is that of all
    categories. `fragmentation` is that of the customer's people, so it is None where one of ours leaves.
    """

    kind: NodeKind
    id: str
    name: str
    headline: str
    single_threaded: bool
    deciders_left_out: int
    room: RoomChange
    trust: float
    trust_after: float
    categories: list[CategoryLost]
    departments: list[UnitLost]
    fragmentation: float | None
    fragmentation_after: float | None
    fragmentation_error: float | None
    substitutes: list[Substitute]
