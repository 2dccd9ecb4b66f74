"""How broadly an account is held: contact matrix, shape, single threads, gaps, pairings."""

from __future__ import annotations

from models.coverage import Discount
from models.enums import BuyingRole, Category, Grade, Level, NodeKind, Rung, Step
from models.findings.base import Answer, Evidence, Finding


class ContactTie(Finding):
    """A tie of ours in the contact matrix. `counted`: what of its strength counts, else `discount` says why.

    `equal`: both stand at the same rung. Empty rungs, levels and places are unknown.
    """

    member_id: str
    contact_id: str
    strength: float
    counted: float
    discount: Discount | None
    grade: Grade
    member_rung: Rung | None
    contact_rung: Rung | None
    member_level: Level | None
    contact_level: Level | None
    equal: bool
    department_id: str | None
    category: Category | None
    evidence: list[Evidence]


class BestTie(Finding):
    """The best of some ties: what counts of it, its strength and ends; `ties` are so many. Empty: none."""

    ties: int
    counted: float
    strength: float
    member_id: str | None
    contact_id: str | None
    evidence: list[Evidence]


class RungCell(BestTie):
    """Our people of one rung by theirs of another."""

    ours: Rung
    theirs: Rung


class LevelCell(BestTie):
    """Our people of one level by theirs of another."""

    ours: Level
    theirs: Level


class Strand(BestTie):
    """The ties between equals at one rung where both sides have people: the line of a diamond, or none."""

    rung: Rung
    members: int
    people: int


class Hub(Finding):
    """Our best-connected person, and the share of all our strength in the account that hangs on him."""

    member_id: str
    share: float
    contacts: int


class Thread(Finding):
    """A department or decider that hangs on one of ours: `strength` counts with him, `without` him that much.

    `loss` is the part that goes; `alone`: nobody else of ours has any tie there that counts.
    """

    kind: NodeKind
    id: str
    name: str
    member_id: str
    strength: float
    without: float
    loss: float
    alone: bool
    evidence: list[Evidence]


class MissingRole(Finding):
    """A role in an open purchase that nobody is known in, though somebody should from its step on."""

    opportunity_id: str
    role: BuyingRole
    step: Step


class MissingCategory(Finding):
    """A buyer category in which no tie is worth the goal; `people` are known in it, best tie as in trust."""

    category: Category
    people: int
    worth: float
    contact_id: str | None
    member_id: str | None
    evidence: list[Evidence]


class Pairing(Finding):
    """One of ours who should get to know one of theirs of equal standing, or better.

    From `strength` now to `goal` points the shape would become `shape`, by `gain`; trust would grow by
    `trust_gain` points. `fills` are the missing categories it covers.
    """

    member_id: str
    contact_id: str
    rung: Rung
    strength: float
    goal: float
    shape: float | None
    gain: float
    trust_gain: float
    fills: list[Category]
    evidence: list[Evidence]


class Coverage(Answer[ContactTie]):
    """The contact matrix person by person, strongest first, and what it says.

    `shape`: 0 bow-tie 蝴蝶结 … 1 diamond 钻石, over the rungs of `strands`; None where fewer than two rungs
    have people on both sides. `unmatched` are rungs of theirs where nobody of ours stands. `pairings`: whom
    to get to know next, the best first.
    """

    shape: float | None
    strands: list[Strand]
    unmatched: list[Rung]
    levels: list[LevelCell]
    rungs: list[RungCell]
    hub: Hub | None
    threads: list[Thread]
    missing_roles: list[MissingRole]
    missing_categories: list[MissingCategory]
    pairings: list[Pairing]
