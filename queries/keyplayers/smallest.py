"""The fewest people who together are near most of an account (key players, positive)."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

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

Numbers = np.ndarray[Any, np.dtype[np.floating[Any]]]
VERSION = "2"


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
    `at_least` is the part of the best possible that is certain. Above `exact_people` people they are chosen
    by how near they are to drawn ones, no more than `cover_pairs` / people: what `at_least` rests on may be
    off by `error`, the proximity is measured at everybody. O(people²) numbers, or `cover_pairs`.

    Raises InvalidInput for an unknown opportunity, a size outside 1–`most_seats`, a goal outside 0–1.

    Sources: S. P. Borgatti, "Identifying sets of key players in a social network" (2006), equation 14;
    D. Kempe, J. Kleinberg & É. Tardos, "Maximizing the spread of influence" (2003).
    """
    table = rules.keyplayers
    _check(graph, table, opportunity_id, size, goal)
    today = graph.on(on)
    network = network_of(today, rules, opportunity_id=opportunity_id)
    there = np.flatnonzero(network.counts)
    at = drawn(there, today.contacts.ids, table, table.cover_pairs // max(1, len(there)))
    whole = len(at) == len(there)
    # Whoever listens starts, so that one search finds how near everybody is to the same few people.
    cover = Cover(_of(network.heard.nearness(at, np.float64 if whole else np.float32), there))
    wanted = table.goal if goal is None else goal
    rows, tried = _chosen(cover, table, size, wanted)
    # Now those who were chosen start: how near they are to everybody, whoever was drawn.
    near = _of(network.heard.turned().nearness(there[rows]), there).T
    if size is None:
        joint = np.maximum.accumulate(near, axis=0).sum(axis=1)
        passing = np.flatnonzero(joint >= wanted * len(there) - 1e-9)
        rows = rows[: passing[0] + 1] if len(passing) else rows
    together = near[: len(rows)].max(axis=0, initial=0.0)
    proximity = float(together.mean()) if len(there) else 0.0
    return SmallestSet(
        items=_seats(today, rules, opportunity_id, Cover(near[: len(rows)]), there, there[rows]),
        goal=wanted,
        proximity=significant(proximity),
        passed=proximity >= wanted - 1e-12,
        exact=tried and whole,
        at_least=significant(1.0 if tried else _certain(cover, rows)),
        error=significant(_error(cover.near[rows].max(axis=0, initial=0.0), len(there))),
        out_of_reach=int((together == 0).sum()),
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


def _of(near: Numbers, there: Places) -> Numbers:
    """The rows of those who count, without a copy if they are all."""
    return near if len(there) == len(near) else near[there]


def _chosen(cover: Cover, rules: KeyPlayerRules, size: int | None, goal: float) -> tuple[Places, bool]:
    """The best set of a size, or the smallest that passes the goal, and whether every set was tried.

    Where not: as many as there may be, each the one who adds most to those before.
    """
    people, columns = cover.near.shape
    most = min(people, rules.most_seats if size is None else size)
    tried = min(most, rules.tried_seats) if people <= rules.tried_people else 0
    found: Places = np.zeros(0, dtype=np.int64)
    for seats in range(1 if size is None else max(most, 1), tried + 1):
        found = cover.best(seats)
        if size is not None or cover.joint(found) >= goal * columns - 1e-9:
            return found, True
    return (found, True) if tried == most else (cover.greedy(most), False)


def _certain(cover: Cover, rows: Places) -> float:
    """Which part of the best set's nearness rows chosen greedily have at least."""
    ceiling = cover.ceiling(rows)
    greedily = 1 - (1 - 1 / len(rows)) ** len(rows)
    return max(greedily, cover.joint(rows) / ceiling if ceiling else 1.0)


def _error(near: Numbers, people: int) -> float:
    """How far the mean over those drawn may lie from that over all (95 %)."""
    if len(near) >= people or len(near) < 2:
        return 0.0
    return TWO_SIDED * float(np.std(near, ddof=1)) * math.sqrt((1 - len(near) / people) / len(near))


def _seats(
    graph: AccountGraph,
    rules: Rules,
    opportunity_id: str | None,
    cover: Cover,
    there: Places,
    chosen: Places,
) -> list[Seat]:
    """The people chosen, in their order: rows of a cover of everybody."""
    who = people(graph, opportunity_id, rules.influence.finance_share_of_clerks)
    near, rows = cover.near, np.arange(len(chosen))
    # −1 for who is near to nobody of the set.
    nearest = np.where(near.max(axis=0, initial=0.0) > 0, near.argmax(axis=0) if len(rows) else 0, -1)
    seats, before = [], 0.0
    for place, person in enumerate(chosen.tolist()):
        joint = cover.joint(rows[: place + 1])
        seats.append(
            Seat(
                rank=place + 1,
                contact_id=graph.contacts.ids[person],
                name=graph.contacts.texts("name")[person],
                category=who.category(person),
                gain=significant((joint - before) / len(there)),
                alone=significant(float(near[place].sum()) / len(there)),
                nearest=int((nearest == place).sum()),
            )
        )
        before = joint
    return seats
