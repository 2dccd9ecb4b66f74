"""Relationship strength: how strong each tie of ours to a person of theirs is, 0–100 points, and why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from models.columns import NO_DAY, code_of
from models.enums import EdgeKind, Grade, NodeKind
from models.findings.strength import Strengths, TieStrength, Trend
from models.graph import AccountGraph
from queries.naming import known_contact, position_of
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.cadence import cadence_days
from queries.strength.flows import Bools, Floats, Ints
from queries.strength.goals import goals_of
from queries.strength.lines import contributions
from queries.strength.state import TieState, tie_state

__all__ = ["StrengthTable", "strength_moved", "strength_table", "tie_ids", "tie_strengths"]

VERSION = "1"
Codes = np.ndarray[Any, np.dtype[np.int16]]
EPOCH = date(1970, 1, 1)
_GRADES = tuple(Grade)


@dataclass(frozen=True, slots=True)
class StrengthTable:
    """Every tie of ours with any evidence, sorted by (member, contact) position; parallel arrays.

    `strength`, `depth` (100·B) and `warmth` (100·s) are points 0–100, each on its own scale:
    strength = depth + (100 − depth)·0.85·warmth/100, of which warmth gives at most 15 while nothing ever
    came back. `liking` is −1…1, `confidence` 0–1, `grade` a code of `Grade`; `hostile` = close but hostile:
    points of a trusted tie, liking below 0; `last_two_way` = day number of the last two-way contact
    (NO_DAY where there was none); `self_strength` is NaN where nobody guessed. Values are not rounded.
    """

    member: Ints
    contact: Ints
    strength: Floats
    depth: Floats
    warmth: Floats
    liking: Floats
    confidence: Floats
    grade: Codes
    hostile: Bools
    last_two_way: Ints
    self_strength: Floats

    def __post_init__(self) -> None:
        """Shared by all who ask, so nobody may write into it."""
        for column in fields(self):
            getattr(self, column.name).flags.writeable = False

    def __len__(self) -> int:
        return len(self.member)


def strength_table(
    graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES, keep: bool = True
) -> StrengthTable:
    """The strength of every tie of ours on the day `on`, without reasons.

    `graph` is the whole account graph: what holds on the day is chosen here, and event columns are kept
    with it. A tie is listed if a `knows` tie holds on the day, or an interaction or questionnaire is dated
    on it or before and since its last `knows` tie ended, if all have ended; people under restriction are
    left out. Kept by the graph if `keep`.
    O(rows) where a row is a pair's share in an interaction; a first call sorts them.

    Formula: docs/rules.md §1. What it leaves open is read like this:

    * Visits, meetings, demos, trainings, meals, events, calls and surveys are half theirs, half ours,
      whoever asked for them; a referral is theirs; messages and e-mails go by their direction, one without
      direction or of both halves. n is the number of contacts in the record. Messages and e-mails to 20 of
      their people or more are mass mail.
    * Of one kind, direction and UTC day the largest w·q/√n counts. So evidence that is added never lowers S.
    * A month is two-way if in that UTC month something went each way; mail answered in the next month is
      not, complaints (w = 0) are no contact. A day is one of two-way contact if something went each way on
      it, or answers what the other side sent at most 7 days before.
    * Liking is Σ 2^(−age/h)·sentiment/2 / Σ 2^(−age/h) over all interactions, complaints included, whose
      sentiment counts as −1 at best.
    * Only the latest questionnaire counts; an unanswered question is 0 of its 4 points.
    * For 180 days from a handover on, B is at least half of the predecessor's own B of the same day.
    """
    if not keep:
        return _table(graph, on, rules)
    return graph.memo(("strength_table", on, rules.version), lambda: _table(graph, on, rules))


def tie_ids(graph: AccountGraph, table: StrengthTable, on: date) -> list[str]:
    """The id of the `knows` record behind each tie of `table`, of parallel ones the first by id.

    A tie known from interactions or questionnaires alone has no record: its id is made of its two ends.
    O(ties log ties).
    """
    knows = graph.on(on).edges[EdgeKind.KNOWS]
    width = max(len(graph.contacts), 1)
    recorded = knows.source.astype(np.int64) * width + knows.target  # sorted, as the edges are
    wanted = table.member.astype(np.int64) * width + table.contact
    place = np.searchsorted(recorded, wanted)
    known = np.append(recorded, -1)[place] == wanted
    members, contacts = graph.nodes[NodeKind.MEMBER].ids, graph.contacts.ids
    rows = zip(place.tolist(), known.tolist(), table.member.tolist(), table.contact.tolist(), strict=True)
    return [
        knows.ids[row] if found else f"{members[member]}~{contacts[contact]}"
        for row, found, member, contact in rows
    ]


def _table(graph: AccountGraph, on: date, rules: Rules) -> StrengthTable:
    state = tie_state(graph, on, rules)
    events = state.events
    grade = _grades(state, rules.strength)
    familiar, trusted_points = code_of(Grade.FAMILIAR), rules.strength.grade_points[1]
    sour = state.passed.liking < rules.strength.sour_liking
    listed = np.flatnonzero(state.exists)
    return StrengthTable(
        member=events.member[listed],
        contact=events.contact[listed],
        strength=state.strength[listed],
        depth=100 * state.depth[listed],
        warmth=100 * state.warmth[listed],
        liking=state.passed.liking[listed],
        confidence=state.confidence[listed],
        grade=np.where(sour, np.minimum(grade, familiar), grade)[listed].astype(np.int16),
        hostile=(sour & (state.strength >= trusted_points))[listed],
        last_two_way=state.passed.tally.last[listed],
        self_strength=state.self_strength[listed],
    )


def _grades(state: TieState, rules: StrengthRules) -> Codes:
    """The thermometer's word of each pair, but for liking: steady is two-way contact on 6 days or more over
    90 days or more."""
    given, tally = state.test >= 0, state.passed.tally
    age = np.zeros(len(given), dtype=np.int64)
    age[given] = state.today - state.events.assessments.day[state.test[given]]
    steady = tally.days >= rules.trusted_days
    steady &= tally.last - tally.first >= rules.trusted_span_days
    return formula.grade(state.strength, given, state.score, age, steady, rules).astype(np.int16)


def tie_strengths(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    member_id: str | None = None,
    contact_id: str | None = None,
    best_per_contact: bool = False,
    limit: int | None = None,
    most: int | None = None,
) -> Strengths:
    """Every tie of ours with its grade, parts, trend and contributions, strongest first.

    Equal ones by (contact id, member id). `member_id`, `contact_id` choose ties, `best_per_contact` keeps the
    strongest of each contact, `limit` the first so many.
    With `most` only the first so many are made, for who shows no more; it is no part of the question.
    Raises InvalidInput for ids that cannot be named.
    `disagreement` is the member's own guess less the strength, given only where they are more than
    25 points apart. `trend` compares with the graph as it stood 30 and 90 days before; a tie that had no
    evidence then had a stranger's 10 points. O(rows log rows).
    """
    table = strength_table(graph, on=on, rules=rules)
    order = np.lexsort((table.member, table.contact, -table.strength))
    if member_id is not None:
        order = order[table.member[order] == position_of(graph, NodeKind.MEMBER, member_id, "/member_id")]
    if contact_id is not None:
        order = order[table.contact[order] == known_contact(graph, contact_id)]
    if best_per_contact:
        order = order[np.sort(np.unique(table.contact[order], return_index=True)[1])]
    order = order[:limit][:most]
    asked = {"member_id": member_id, "contact_id": contact_id, "best_per_contact": best_per_contact}
    return Strengths(
        items=_findings(graph, table, order, on, rules),
        provenance=provenance_of(graph, on, rules, "strength", VERSION, **asked, limit=limit),
    )


def strength_moved(graph: AccountGraph, *, on: date, days: int, rules: Rules = DEFAULT_RULES) -> Floats:
    """The strength of each row of `strength_table` on a day less that `days` before. O(rows log rows).

    As in `trend`, a tie that had no evidence then had a stranger's points.
    """
    table, state = strength_table(graph, on=on, rules=rules), tie_state(graph, on, rules)
    pairs = state.events.pairs_of(table.member, table.contact)
    return _moved(graph, state, pairs, on, days, rules)


def _findings(
    graph: AccountGraph, table: StrengthTable, order: Ints, on: date, rules: Rules
) -> list[TieStrength]:
    state = tie_state(graph, on, rules)
    pairs = state.events.pairs_of(table.member[order], table.contact[order])
    lines = contributions(graph, state, pairs, rules)
    goals = goals_of(graph, state, pairs, table.grade[order].astype(np.int64), on, rules)
    d30, d90 = (_moved(graph, state, pairs, on, days, rules).tolist() for days in (30, 90))
    due = _next_due(graph, table, on, rules)
    members, contacts = graph.nodes[NodeKind.MEMBER].ids, graph.contacts.ids
    return [
        TieStrength(
            member_id=members[table.member[row]],
            contact_id=contacts[table.contact[row]],
            strength=significant(table.strength[row]),
            grade=_GRADES[table.grade[row]],
            depth=significant(table.depth[row]),
            warmth=significant(table.warmth[row]),
            liking=significant(table.liking[row]),
            confidence=significant(table.confidence[row]),
            self_strength=_known(table.self_strength[row]),
            disagreement=_disagreement(table.self_strength[row] - table.strength[row], rules.strength),
            trend=Trend(d30=significant(d30[place]), d90=significant(d90[place])),
            cooling=d90[place] <= -rules.strength.cooling_points,
            next_due=due[row],
            contributions=lines[place],
            hostile=bool(table.hostile[row]),
            last_contact=_date(table.last_two_way[row]),
            goal=goals.get(int(pairs[place])),
        )
        for place, row in enumerate(order.tolist())
    ]


def _moved(graph: AccountGraph, now: TieState, pairs: Ints, on: date, days: int, rules: Rules) -> Floats:
    """Strength now less the strength `days` before, of pairs; without evidence then, less a stranger's."""
    then = strength_table(graph, on=_shifted(on, -days), rules=rules)
    before = np.full(len(now.strength), 100 * rules.strength.stranger_depth)
    before[now.events.pairs_of(then.member, then.contact)] = then.strength
    return np.asarray(now.strength[pairs] - before[pairs])


def _next_due(graph: AccountGraph, table: StrengthTable, on: date, rules: Rules) -> list[date | None]:
    """The last two-way contact plus the cadence; None for who never was in two-way contact or has left."""
    days = cadence_days(graph, on=on, rules=rules.cadence)[table.contact]
    return [
        None if last == NO_DAY or np.isnan(wait) else _date(last + int(wait))
        for last, wait in zip(table.last_two_way.tolist(), days.tolist(), strict=True)
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else significant(value)


def _disagreement(gap: float, rules: StrengthRules) -> float | None:
    return significant(gap) if abs(gap) > rules.disagreement_points else None


def _date(day: int) -> date | None:
    return None if day == NO_DAY else _shifted(EPOCH, int(day))


def _shifted(day: date, days: int) -> date:
    """`day` moved by `days`, but not beyond the calendar's ends."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
