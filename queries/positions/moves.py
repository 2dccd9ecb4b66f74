"""What moves a contact's two interests between questionnaires, as columns that do not depend on today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, code_of
from models.enums import ActionKind, InteractionKind, NodeKind
from models.graph import AccountGraph
from queries.rules import Rules
from queries.rules.positions import PositionRules
from queries.strength.events import TieEvents, places_in, tie_events
from queries.strength.flows import Floats, Ints, best_of_group, runs

__all__ = ["Moves", "institutional_moves", "personal_moves"]

_COMPLAINT = code_of(InteractionKind.COMPLAINT)
_CLOSING = len(InteractionKind)
"""The kind of a complaint's end; promises come behind it."""
_KEPT, _BROKEN = _CLOSING + 1, _CLOSING + 2


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """What moved one interest, sorted by (series, day, kind, item): mass in points before any decay.

    A series is a pair of `TieEvents` where the interest is personal, a contact's position where it is
    institutional. `action` says that `item` is a row of the actions, else of the interactions.
    """

    series: Ints
    day: Ints
    mass: Floats
    item: Ints
    action: np.ndarray[Any, np.dtype[np.bool_]]


def personal_moves(graph: AccountGraph, rules: Rules) -> Moves:
    """Meals, events and calls of one of ours with one of theirs. Kept by the graph. O(n log n) in rows."""
    return graph.memo(("personal moves", rules.version), lambda: _personal(graph, rules))


def institutional_moves(graph: AccountGraph, rules: Rules) -> Moves:
    """What the firm did for a contact's unit, whoever of ours did it: visits, demos, trainings, promises
    kept and broken, complaints and their closing. Kept by the graph. O(n log n) in rows."""
    return graph.memo(("institutional moves", rules.version), lambda: _institutional(graph, rules))


def _personal(graph: AccountGraph, rules: Rules) -> Moves:
    events: TieEvents = tie_events(graph, rules)
    points = _points(graph, rules.positions, rules.positions.personal)[events.item]
    rows = np.flatnonzero(points != 0)
    kind = graph.nodes[NodeKind.INTERACTION].array("kind").astype(np.int64)[events.item]
    none = np.zeros(len(rows), dtype=bool)
    return _sorted(
        events.flow.pair[rows], events.flow.day[rows], points[rows], kind[rows], events.item[rows], none
    )


def _institutional(graph: AccountGraph, rules: Rules) -> Moves:
    table, r = graph.nodes[NodeKind.INTERACTION], rules.positions
    contact, count = places_in(table.texts("contact_ids"), graph.contacts.position)
    item = np.repeat(np.arange(len(table)), count)
    points = _points(graph, r, r.institutional)[item]
    kind, day = table.array("kind").astype(np.int64)[item], (table.array("at") // SECONDS_A_DAY)[item]
    ended = table.array("resolved_on").astype(np.int64)[item]
    in_time = (kind == _COMPLAINT) & (ended != NO_DAY) & (ended - day <= r.closed_days)
    closing = np.full(len(item), r.closed_complaint) / np.sqrt(np.maximum(count, 1))[item]
    moved, closed = np.flatnonzero(points != 0), np.flatnonzero(in_time)
    whom, done, worth, sort, action = _promises(graph, r)
    series = np.concatenate((contact[moved], contact[closed], whom))
    rows = np.flatnonzero((series >= 0) & (graph.contacts.array("restricted") != 1)[series])
    return _sorted(
        series[rows],
        np.concatenate((day[moved], ended[closed], done))[rows],
        np.concatenate((points[moved], closing[closed], worth))[rows],
        np.concatenate((kind[moved], np.full(len(closed), _CLOSING), sort))[rows],
        np.concatenate((item[moved], item[closed], action))[rows],
        (np.arange(len(series)) >= len(moved) + len(closed))[rows],
    )


def _points(graph: AccountGraph, rules: PositionRules, table: Mapping[InteractionKind, float]) -> Floats:
    """Points of each interaction by kind and mood, over the root of the number of their people in it."""
    rows = graph.nodes[NodeKind.INTERACTION]
    kind = rows.array("kind")
    by_kind = np.array([table.get(kind, 0.0) for kind in InteractionKind])
    mood = np.nan_to_num(rows.array("sentiment"))
    factor = np.ones(len(rows))
    for value, worth in rules.mood.items():
        factor[mood == value] = worth
    factor[kind == _COMPLAINT] = 1.0
    company = [len(dict.fromkeys(ids or ())) for ids in rows.texts("contact_ids")]
    return np.asarray(by_kind[kind] * factor / np.sqrt(np.maximum(np.array(company, dtype=np.float64), 1)))


def _promises(graph: AccountGraph, rules: PositionRules) -> tuple[Ints, Ints, Floats, Ints, Ints]:
    """Contact, day, points, kind and row of each promise kept (the day it was done) or broken (the day after
    it was due). One without a due day is kept whenever it is done."""
    table, position = graph.nodes[NodeKind.ACTION], graph.contacts.position
    due, done = table.array("due").astype(np.int64), table.array("done_on").astype(np.int64)
    whom = np.array([position.get(id_ or "", -1) for id_ in table.texts("contact_id")], dtype=np.int64)
    promise = (table.array("kind") == code_of(ActionKind.PROMISE)) & (whom >= 0)
    kept = (done != NO_DAY) & ((due == NO_DAY) | (done <= due))
    rows = np.flatnonzero(promise & (kept | (due != NO_DAY)))
    kept = kept[rows]
    return (
        whom[rows],
        np.where(kept, done[rows], due[rows] + 1),
        np.where(kept, rules.kept_promise, rules.broken_promise),
        np.where(kept, _KEPT, _BROKEN),
        rows,
    )


def _sorted(series: Ints, day: Ints, mass: Floats, kind: Ints, item: Ints, action: Any) -> Moves:
    """The moves in order; of one kind and day in a series only the best counts, but every promise."""
    order = np.lexsort((item, kind, day, series))
    apart = np.where(action, item, -1)[order]
    kept, _ = best_of_group(mass[order], runs(series[order], day[order], kind[order], apart))
    order, kept = order[kept != 0], kept[kept != 0]
    return Moves(series[order], day[order], kept, item[order], action[order])
