"""Strength from a bare message log: who wrote to whom and when, no kinds, no questionnaires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import numpy as np

from models.columns import SECONDS_A_DAY, day_number
from models.enums import EdgeKind
from models.graph import AccountGraph
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.flows import Floats, Flow, Ints, best_of_group, flow_of, runs, sum_by

__all__ = ["MessageLog", "MessageStrengths", "message_events", "message_strengths"]


@dataclass(frozen=True, slots=True)
class MessageLog:
    """Messages in any order as parallel arrays: people as small integers, Unix time, number of recipients."""

    source: Ints
    target: Ints
    time: Ints
    recipients: Ints


@dataclass(frozen=True, slots=True)
class MessageStrengths:
    """Strength in points 0–100 of source's tie to target, sorted by (source, target); not rounded."""

    source: Ints
    target: Ints
    strength: Floats


def message_events(graph: AccountGraph) -> MessageLog:
    """The messages of a graph's `messages` ties, people as contact positions; restricted ones left out.

    Ties that only say how many messages there were have none to give. O(messages).
    """
    ties = graph.edges[EdgeKind.MESSAGES]
    shown = graph.contacts.array("restricted") != 1
    kept = np.flatnonzero(shown[ties.source] & shown[ties.target])
    lists = [ties.texts("events")[tie] or () for tie in kept.tolist()]
    flat = np.array(list(chain.from_iterable(lists)), dtype=np.int64).reshape(-1, 2)
    each = np.array([len(events) for events in lists], dtype=np.int64)
    source, target = np.repeat(ties.source[kept], each), np.repeat(ties.target[kept], each)
    return MessageLog(source.astype(np.int64), target.astype(np.int64), flat[:, 0], flat[:, 1])


def message_strengths(
    source: np.ndarray[Any, Any],
    target: np.ndarray[Any, Any],
    time: np.ndarray[Any, Any],
    recipients: np.ndarray[Any, Any],
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
) -> MessageStrengths:
    """The strength of both orders of every pair that exchanged a message by the end of the UTC day `on`.

    Parallel arrays, in any order: two people as non-negative integers, Unix time in seconds, number of
    recipients (below 1 counts as 1). The formula of docs/rules.md §1 with w = 1, h = 60 days, the number of
    recipients under the root, ages in whole UTC days, at most one message per direction and day (the one
    with fewest recipients). The source counts as ours: where nothing ever came from target to source,
    warmth adds at most 15 points. Messages to oneself are left out. O(n log n).
    """
    today, r = day_number(on), rules.strength
    day = np.asarray(time, dtype=np.int64) // SECONDS_A_DAY
    kept = np.flatnonzero((day <= today) & (source != target))
    sender, receiver = (np.asarray(ends, dtype=np.int64)[kept] for ends in (source, target))
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    width = int(high.max(initial=0)) + 1
    keys, pair = np.unique(low * width + high, return_inverse=True)
    mass = 1 / np.sqrt(np.maximum(np.asarray(recipients)[kept], 1))
    flow = _flow(pair, day[kept], mass, sender == low)
    points = _both_orders(flow, len(keys), today, r)
    sources, targets = (
        np.concatenate((keys // width, keys % width)),
        np.concatenate((keys % width, keys // width)),
    )
    order = np.lexsort((targets, sources))
    return MessageStrengths(sources[order], targets[order], points[order])


def _flow(pair: Ints, day: Ints, mass: Floats, from_low: np.ndarray[Any, Any]) -> Flow:
    """The messages of pairs (low, high) as a flow, the lower one counting as ours."""
    order = np.lexsort((mass, day, pair))
    pair, day, mass, ours = pair[order], day[order], mass[order], from_low[order]
    group = runs(pair, day)
    from_them, _ = best_of_group(np.where(ours, 0.0, mass), group)
    from_us, _ = best_of_group(np.where(ours, mass, 0.0), group)
    return flow_of(pair, day, from_them, from_us, ~ours, ours)


def _both_orders(flow: Flow, pairs: int, today: int, rules: StrengthRules) -> Floats:
    """Strength of every pair (low, high), then of every pair (high, low)."""
    decay = formula.decay(today - flow.day, rules.half_life_days)
    theirs = flow.sum_by_pair(flow.theirs * decay, pairs)
    ours = flow.sum_by_pair(flow.ours * decay, pairs)
    months = sum_by(flow.months.pair, flow.months.worth(today, rules), pairs)
    history = formula.history(months, rules)
    nothing = np.zeros(pairs)
    depth = formula.depth(history, nothing, nothing, rules)
    warmth = formula.warmth(formula.two_way_mass(theirs, ours), rules)
    answers = flow.sum_by_pair(flow.from_them, pairs), flow.sum_by_pair(flow.from_us, pairs)
    return np.concatenate([formula.strength(depth, warmth, came > 0, rules) for came in answers])
