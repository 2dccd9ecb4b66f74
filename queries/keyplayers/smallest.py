"""The fewest people who together are near most of an account (key players, positive)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput
from models.findings.keyplayers import Seat, SmallestSet
from models.graph import AccountGraph
from queries.keyplayers.cover import Cover
from queries.keyplayers.hops import Places
from queries.keyplayers.network import network_of
from queries.keyplayers.sample import TWO_SIDED, drawn
from queries.naming import unknown
from queries.numbers import significant
from queries.people import people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.keyplayers import KeyPlayerRules

__all__ = ["smallest_set"]

VERSION = "1"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Rows of a cover, whether every set was tried, and what part of the best is certain."""

    rows: Places
    exact: bool
    at_least: float


def smallest_set(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    size: int | None = None,
    goal: float | None = None,
) -> SmallestSet:
    """The fewest people who together are near most of the account, or the best `size` of them.

    Joint proximity of a set S = mean over all who count of 1/max(1, d), d the fewest ties from anybody of S
    along the way opinions travel, from who is heard to who listens (0 where no way leads). Without `size`
    the set grows until its proximity passes `goal` (`keyplayers.goal` unless given) or has `most_seats`.

    Up to `tried_people` people and `tried_seats` seats every set is tried, else people are chosen greedily:
    `at_least` is the part of the best possible that is certain. Above `exact_people` people the proximity is
    measured at drawn ones, ± `error`. O(people²) numbers, or people · `starts`.

    Raises InvalidInput for an unknown opportunity, a size outside 1–`most_seats`, a goal outside 0–1.

    Sources: S. P. Borgatti, "Identifying sets of key players in a social network" (2006), equation 14;
    D. Kempe, J. Kleinberg & É. Tardos, "Maximizing the spread of influence" (2003).
    """
    table = rules.keyplayers
    _check(graph, table, opportunity_id, size, goal)
    today = graph.on(on)
    network = network_of(today, rules, opportunity_id=opportunity_id)
    there = np.flatnonzero(network.counts)
    at = drawn(there, today.contacts.ids, table)
    # Whoever listens starts, so that one search finds how near everybody is to the same few people.
    far = network.heard.table(at)[there]
    cover = Cover(np.where(far < 0, 0.0, 1 / np.maximum(far, 1)))
    wanted = table.goal if goal is None else goal
    chosen = _chosen(cover, table, size, wanted)
    near = cover.near[chosen.rows].max(axis=0, initial=0.0)
    proximity = float(near.mean()) if len(near) else 0.0
    return SmallestSet(
        items=_seats(today, rules, opportunity_id, cover, chosen.rows, there),
        goal=wanted,
        proximity=significant(proximity),
        passed=proximity >= wanted - 1e-12,
        exact=chosen.exact and len(at) == len(there),
        at_least=significant(chosen.at_least),
        error=significant(_error(near, len(there))),
        out_of_reach=int((near == 0).sum()),
        provenance=provenance_of(
            graph, on, rules, "smallest set", VERSION, opportunity_id=opportunity_id, size=size, goal=wanted
        ),
    )


def _check(
    graph: AccountGraph,
    rules: KeyPlayerRules,
    opportunity_id: str | None,
    size: int | None,
    goal: float | None,
) -> None:
    faults = list(unknown(graph, NodeKind.OPPORTUNITY, opportunity_id, "/opportunity_id"))
    if size is not None and not 1 <= size <= rules.most_seats:
        limits = {"name": "size", "low": 1, "high": rules.most_seats}
        faults.append(Fault(Code.OUT_OF_RANGE, limits, pointer="/size"))
    if goal is not None and not 0 <= goal <= 1:
        faults.append(Fault(Code.OUT_OF_RANGE, {"name": "goal", "low": 0, "high": 1}, pointer="/goal"))
    if faults:
        raise InvalidInput(*faults)


def _chosen(cover: Cover, rules: KeyPlayerRules, size: int | None, goal: float) -> _Chosen:
    """The best set of a size, or the smallest that passes the goal; the largest tried if none does."""
    people, columns = cover.near.shape
    most = min(people, rules.most_seats if size is None else size)
    tried = min(most, rules.tried_seats) if people <= rules.tried_people else 0
    found = _Chosen(np.zeros(0, dtype=np.int64), True, 1.0)
    for seats in range(1 if size is None else max(most, 1), tried + 1):
        found = _Chosen(cover.best(seats), True, 1.0)
        if size is not None or cover.joint(found.rows) >= goal * columns - 1e-9:
            return found
    if tried == most:
        return found
    rows = cover.greedy(most)
    if size is None:
        passes = [cover.joint(rows[:seats]) >= goal * columns - 1e-9 for seats in range(1, most + 1)]
        rows = rows[: passes.index(True) + 1 if True in passes else most]
    ceiling = cover.ceiling(rows)
    certain = 1 - (1 - 1 / len(rows)) ** len(rows)
    return _Chosen(rows, False, max(certain, cover.joint(rows) / ceiling if ceiling else 1.0))


def _error(near: np.ndarray[tuple[int], np.dtype[np.float64]], people: int) -> float:
    """How far the mean over those drawn may lie from that over all (95 %)."""
    if len(near) >= people or len(near) < 2:
        return 0.0
    return TWO_SIDED * float(np.std(near, ddof=1)) * math.sqrt((1 - len(near) / people) / len(near))


def _seats(
    graph: AccountGraph,
    rules: Rules,
    opportunity_id: str | None,
    cover: Cover,
    rows: Places,
    there: Places,
) -> list[Seat]:
    who = people(graph, opportunity_id, rules.influence.finance_share_of_clerks)
    columns = max(cover.near.shape[1], 1)
    near = cover.near[rows]
    # −1 for who is near to nobody of the set.
    nearest = np.where(near.max(axis=0, initial=0.0) > 0, near.argmax(axis=0) if len(rows) else 0, -1)
    seats, before = [], 0.0
    for place, row in enumerate(rows.tolist()):
        person, joint = int(there[row]), cover.joint(rows[: place + 1])
        seats.append(
            Seat(
                rank=place + 1,
                contact_id=graph.contacts.ids[person],
                name=graph.contacts.texts("name")[person],
                category=who.category(person),
                gain=significant((joint - before) / columns),
                alone=significant(float(cover.near[row].sum()) / columns),
                nearest=int((nearest == place).sum()),
            )
        )
        before = joint
    return seats
