"""What the kernels need to know of each contact on a day: seat, category, role, attitude, voice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from models.anonymous import ERASED_NAME
from models.columns import NOT_SET, code_of
from models.enums import (
    LEVEL_OF_RUNG,
    BuyingRole,
    Category,
    ContactStatus,
    EdgeKind,
    Function,
    Level,
    NodeKind,
    OpportunityStatus,
    Rung,
)
from models.graph import AccountGraph

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.int16]]

SIGNING = (BuyingRole.DECISION_MAKER, BuyingRole.APPROVER)
"""The roles without which nothing is bought."""
_MANAGER_OF = {
    Function.USER: Category.USER_MANAGER,
    Function.SALES: Category.USER_MANAGER,
    Function.TECHNICAL: Category.TECHNICAL_MANAGER,
    Function.FINANCE: Category.FINANCE_MANAGER,
    Function.PROCUREMENT: Category.FINANCE_MANAGER,
    Function.LEGAL: Category.FINANCE_MANAGER,
}
_CLERK_OF = {
    Function.USER: Category.USER,
    Function.SALES: Category.USER,
    Function.TECHNICAL: Category.OPERATOR,
    Function.FINANCE: Category.FINANCE_MANAGER,
    Function.PROCUREMENT: Category.FINANCE_MANAGER,
    Function.LEGAL: Category.FINANCE_MANAGER,
}
_CATEGORIES = tuple(Category)
_COLUMN = {category: place for place, category in enumerate(Category)}
_LEVELS = tuple(Level)
_FUNCTIONS = tuple(Function)
_DECISION = code_of(Level.DECISION)
_RUNGS_OF_LEVEL = [[code_of(rung) for rung in Rung if LEVEL_OF_RUNG[rung] is level] for level in Level]
_RUNG_OF_LEVEL = np.array(
    [*(rungs[0] if len(rungs) == 1 else NOT_SET for rungs in _RUNGS_OF_LEVEL), NOT_SET], dtype=np.int16
)


@dataclass(frozen=True, slots=True)
class People:
    """Columns over the contacts of a graph, in the order of its contact table.

    `level`, `rung`, `function` are codes (−1 unknown); `department` is a position (−1 unplaced); `job` is
    a row of the works_in table (−1 none), whose column of titles is `titles`;
    `shares[i, c]` is the share contact i has in category c; `attitude`, `voice` are NaN where unknown;
    `in_centre` says who plays a role; `counts` who is neither gone nor restricted.
    """

    level: Codes
    rung: Codes
    function: Codes
    department: np.ndarray[Any, np.dtype[np.int32]]
    job: np.ndarray[Any, np.dtype[np.int64]]
    titles: tuple[str | None, ...]
    shares: Floats
    attitude: Floats
    voice: Floats
    roles: tuple[frozenset[str], ...]
    in_centre: Bools
    counts: Bools

    def category(self, contact: int) -> Category | None:
        """The category a contact is shown under: the decision makers first, else the one it shares in."""
        shared = np.flatnonzero(self.shares[contact])
        return _CATEGORIES[shared[0]] if len(shared) else None

    def title(self, contact: int) -> str | None:
        """What a contact's post is called."""
        return self.titles[self.job[contact]] if self.job[contact] >= 0 else None

    def decision(self) -> Bools:
        """Who sits at the decision level."""
        return np.asarray(self.level == _DECISION)

    def holding(self, *wanted: BuyingRole) -> Bools:
        """Who holds one of these roles. O(people in the purchase)."""
        held = np.zeros(len(self.roles), dtype=bool)
        for contact in np.flatnonzero(self.in_centre).tolist():
            held[contact] = any(role in self.roles[contact] for role in wanted)
        return held

    def signers(self) -> Bools:
        """Who counts and decides or approves a purchase; where nobody is known to, the decision level."""
        signs = self.holding(*SIGNING) & self.counts
        return signs if signs.any() else np.asarray(self.decision() & self.counts)

    def deciders(self) -> Bools:
        """Who decides: the decision makers by level or role, and the approvers; of any part, or none."""
        makers = self.shares[:, _COLUMN[Category.DECISION_MAKER]] > 0
        return np.asarray(makers | self.holding(BuyingRole.APPROVER))


def people(graph: AccountGraph, opportunity_id: str | None = None, clerk_share: float = 0.3) -> People:
    """The contacts of `graph` (as it stands on a day, see `AccountGraph.on`), in one pass. O(people + roles).

    Roles, attitude and voice are those of the opportunity; without one, of all open opportunities
    together: every role, the most cautious attitude, the strongest voice.
    """
    return graph.memo(
        ("people", opportunity_id, clerk_share), lambda: _people(graph, opportunity_id, clerk_share)
    )


def unnamed_people(graph: AccountGraph) -> Bools:
    """Who has objected to profiling, or was erased: their seats count, they are not spoken of. O(people)."""
    erased = np.array([name == ERASED_NAME for name in graph.contacts.texts("name")], dtype=bool)
    erased &= graph.contacts.array("placeholder") == 1
    return np.asarray(erased | (graph.contacts.array("restricted") == 1))


def _people(graph: AccountGraph, opportunity_id: str | None, clerk_share: float) -> People:
    level, rung, function, department, job = graph.memo("seats", lambda: _seats(graph))
    roles, attitude, voice = _parts_played(graph, opportunity_id)
    in_centre = np.zeros(len(roles), dtype=bool)
    playing = graph.edges[EdgeKind.PLAYS].source
    in_centre[playing] = [bool(roles[contact]) for contact in playing.tolist()]
    by_seat = _shares(clerk_share)
    units, categories = by_seat.shape[1:]
    seat = (level % len(by_seat)).astype(np.int32) * units + function % units  # −1 is the last
    shares = by_seat.reshape(-1, categories).take(seat, axis=0)
    for contact in np.flatnonzero(in_centre).tolist():
        if BuyingRole.DECISION_MAKER in roles[contact]:
            shares[contact, _COLUMN[Category.DECISION_MAKER]] = 1.0
    status, restricted = graph.contacts.array("status"), graph.contacts.array("restricted")
    counts = (status != code_of(ContactStatus.LEFT)) & (restricted != 1)
    return People(
        level=level,
        rung=rung,
        function=function,
        department=department,
        job=job,
        titles=graph.edges[EdgeKind.WORKS_IN].texts("title"),
        shares=shares,
        attitude=attitude,
        voice=voice,
        roles=tuple(roles),
        in_centre=in_centre,
        counts=counts,
    )


@cache
def _shares(clerk_share: float) -> Floats:
    """The shares in each category by level and function; unknown ones, −1, stand last."""
    shares = np.zeros((len(_LEVELS) + 1, len(_FUNCTIONS) + 1, len(_CATEGORIES)))
    for level, function in np.ndindex(len(_LEVELS), len(_FUNCTIONS) + 1):
        unit = _FUNCTIONS[function] if function < len(_FUNCTIONS) else Function.OTHER
        for category, share in _categories(_LEVELS[level], unit, clerk_share):
            shares[level, function, _COLUMN[category]] = share
    return shares


def _categories(level: Level, unit: Function, clerk_share: float) -> list[tuple[Category, float]]:
    manager, clerk = _MANAGER_OF.get(unit), _CLERK_OF.get(unit)
    match level:
        case Level.DECISION:
            return [(Category.DECISION_MAKER, 1.0), *([(manager, 1.0)] if manager else [])]
        case Level.MANAGEMENT:
            return [(manager, 1.0)] if manager else []
        case _ if clerk is Category.FINANCE_MANAGER:
            return [(clerk, clerk_share)]
        case _:
            return [(clerk, 1.0)] if clerk else []


def _seats(graph: AccountGraph) -> tuple[Codes, Codes, Codes, Any, Any]:
    """Level, rung, function, department and row of each contact's open primary job (the first by id).

    A rung nobody said follows from the level where only one rung lies on it (director, manager).
    """
    jobs = graph.edges[EdgeKind.WORKS_IN]
    units = graph.nodes[NodeKind.DEPARTMENT].array("function")
    rung_level = np.array([code_of(LEVEL_OF_RUNG[rung]) for rung in Rung] + [NOT_SET], dtype=np.int16)
    levels, rungs, own = jobs.array("level"), jobs.array("rung"), jobs.array("function")
    places = np.where(levels != NOT_SET, levels, rung_level[rungs])
    rungs = np.where(rungs != NOT_SET, rungs, _RUNG_OF_LEVEL[places])
    functions = np.where(own != NOT_SET, own, units[jobs.target])
    job = np.full(len(graph.contacts), -1, dtype=np.int64)
    primary = jobs.array("primary") == 1
    for rows in (np.flatnonzero(~primary)[::-1], np.flatnonzero(primary)[::-1]):
        job[jobs.source[rows]] = rows  # of several the one assigned last stays
    level, rung, function, department = (_of_job(of, job) for of in (places, rungs, functions, jobs.target))
    return level, rung, function, department, job


def _of_job(values: np.ndarray[Any, Any], job: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A value of each one's job, −1 for who has none."""
    return np.append(values, np.array(NOT_SET, dtype=values.dtype)).take(job, mode="wrap")


def _parts_played(
    graph: AccountGraph, opportunity_id: str | None
) -> tuple[list[frozenset[str]], Floats, Floats]:
    size = len(graph.contacts)
    roles: list[frozenset[str]] = [frozenset()] * size
    attitude, voice = np.full(size, np.nan), np.full(size, np.nan)
    plays = graph.edges[EdgeKind.PLAYS]
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    if opportunity_id is None:
        wanted = deals.array("status") == code_of(OpportunityStatus.OPEN)
    else:
        wanted = np.array([id_ == opportunity_id for id_ in deals.ids], dtype=bool)
    for row in range(len(plays)):
        if wanted[plays.target[row]]:
            contact = int(plays.source[row])
            roles[contact] |= frozenset(plays.texts("roles")[row] or ())
            attitude[contact] = np.fmin(attitude[contact], plays.array("attitude")[row])
            voice[contact] = np.fmax(voice[contact], plays.array("voice")[row])
    return roles, attitude, voice
