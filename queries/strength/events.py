"""The events of an account as columns: interactions and questionnaires by (member, contact) pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np

from models.columns import SECONDS_A_DAY, code_of
from models.enums import Direction, EdgeKind, InteractionKind, NodeKind
from models.graph import AccountGraph, NodeTable
from models.nodes import QUESTIONS
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.strength import StrengthRules
from queries.strength.flows import Bools, Floats, Flow, Ints, best_of_group, flow_of, runs, starts_of

__all__ = ["Assessments", "TieEvents", "places_in", "tie_events"]

MOST_POINTS = 4 * len(QUESTIONS)
_MAIL = np.array([kind in (InteractionKind.MESSAGE, InteractionKind.EMAIL) for kind in InteractionKind])
_COMPLAINT = code_of(InteractionKind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Assessments:
    """Filled-in questionnaires, sorted by (pair, time, id). `score` is 0–1, `item` its position."""

    pair: Ints
    day: Ints
    score: Floats
    item: Ints


@dataclass(frozen=True, slots=True)
class TieEvents:
    """Everything ever recorded between our people and theirs; nothing in it depends on today.

    Pairs are sorted by (member, contact) position; a pair is listed if it ever had a `knows` tie, an
    interaction or a questionnaire, or was handed over. Rows are interactions, one for each pair that took
    part, sorted by (pair, day, kind, id): `flow` holds what each brings, `theirs_next` and `ours_next` what
    would count in its stead, `item` the interaction's position, `sentiment` −1…1. `two_way_pair` and
    `two_way_day` list the days of two-way contact, in the same order. `width` = number of contacts, ≥ 1.
    """

    width: int
    member: Ints
    contact: Ints
    flow: Flow
    theirs_next: Floats
    ours_next: Floats
    item: Ints
    sentiment: Floats
    two_way_pair: Ints
    two_way_day: Ints
    assessments: Assessments

    def pairs_of(self, member: Ints, contact: Ints) -> Ints:
        """The pairs of members and contacts (−1 where there is none). O(n log pairs)."""
        keys = self.member * self.width + self.contact
        if len(keys) == 0:
            return np.full(len(member), -1, dtype=np.int64)
        wanted = member * self.width + contact
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where((member >= 0) & (contact >= 0) & (keys[place] == wanted), place, -1)


def tie_events(graph: AccountGraph, rules: Rules = DEFAULT_RULES) -> TieEvents:
    """The event columns of `graph`, made once and kept. O(n log n) in participations.

    Contacts under restriction are left out, but still count among the participants of a meeting.
    """
    return graph.memo(("tie_events", rules.version), lambda: _tie_events(graph, rules.strength))


def _tie_events(graph: AccountGraph, rules: StrengthRules) -> TieEvents:
    shown = graph.contacts.array("restricted") != 1
    width = max(len(graph.contacts), 1)
    item, met, company = _participations(graph, shown)
    test, assessed = _questionnaires(graph, shown)
    keys = np.unique(np.concatenate((met, assessed, _known(graph, shown))))
    table = graph.nodes[NodeKind.INTERACTION]
    day, kind = table.array("at") // SECONDS_A_DAY, table.array("kind").astype(np.int64)
    theirs, ours = _masses(table, company, rules)
    pair = np.searchsorted(keys, met)
    order = np.lexsort((kind[item], day[item], pair))  # items stand in order
    pair, item = pair[order], item[order]
    group = runs(pair, day[item], kind[item])
    their_best, theirs_next = best_of_group(theirs[item], group)
    our_best, ours_next = best_of_group(ours[item], group)
    flow = flow_of(pair, day[item], their_best, our_best, theirs[item] > 0, ours[item] > 0)
    two_way_pair, two_way_day = _two_way_days(flow, rules)
    return TieEvents(
        width=width,
        member=keys // width,
        contact=keys % width,
        flow=flow,
        theirs_next=theirs_next,
        ours_next=ours_next,
        item=item,
        sentiment=_sentiment(table, rules)[item],
        two_way_pair=two_way_pair,
        two_way_day=two_way_day,
        assessments=_assessments(graph, test, np.searchsorted(keys, assessed)),
    )


def _participations(graph: AccountGraph, shown: Bools) -> tuple[Ints, Ints, Ints]:
    """Interaction and pair key of all who met in one; and each interaction's number of contacts."""
    table = graph.nodes[NodeKind.INTERACTION]
    ours, our_count = places_in(table.texts("member_ids"), graph.nodes[NodeKind.MEMBER].position)
    theirs, their_count = places_in(table.texts("contact_ids"), graph.contacts.position)
    met = our_count * their_count
    item = np.repeat(np.arange(len(table)), met)
    within = np.arange(len(item)) - np.repeat(np.cumsum(met) - met, met)
    width = their_count[item]
    member = ours[(np.cumsum(our_count) - our_count)[item] + within // width]
    contact = theirs[(np.cumsum(their_count) - their_count)[item] + within % width]
    inside, keys = _keys(graph, member, contact, shown)
    return item[inside], keys, their_count


def _known(graph: AccountGraph, shown: Bools) -> Ints:
    """Pair keys of all `knows` ties, and of those they were handed over from, evidence or not."""
    knows, members = graph.edges[EdgeKind.KNOWS], graph.nodes[NodeKind.MEMBER].position
    handed = [
        (members.get(handover.get("member_id") or "", -1), contact)
        for handover, contact in zip(knows.texts("handed_over_from"), knows.target.tolist(), strict=True)
        if handover
    ]
    former = np.array(handed, dtype=np.int64).reshape(-1, 2)
    member = np.concatenate((knows.source, former[:, 0])).astype(np.int64)
    contact = np.concatenate((knows.target, former[:, 1])).astype(np.int64)
    return _keys(graph, member, contact, shown)[1]


def _keys(graph: AccountGraph, member: Ints, contact: Ints, shown: Bools) -> tuple[Ints, Ints]:
    """Which pairs of positions are of this graph and may be shown, and the keys of these."""
    inside = np.flatnonzero((member >= 0) & (contact >= 0))
    inside = inside[shown[contact[inside]]]
    return inside, member[inside] * max(len(graph.contacts), 1) + contact[inside]


def places_in(lists: Sequence[list[str] | None], position: Mapping[str, int]) -> tuple[Ints, Ints]:
    """The positions of lists of ids, end to end (−1 for strangers), and the length of each; doubles once."""
    once: list[Sequence[str]] = [ids or () for ids in lists]
    sizes = np.fromiter(map(len, once), dtype=np.int64, count=len(once))
    for row in np.flatnonzero(sizes > 1).tolist():
        once[row] = tuple(dict.fromkeys(once[row]))
        sizes[row] = len(once[row])
    found = map(position.get, chain.from_iterable(once), repeat(-1))
    return np.fromiter(found, dtype=np.int64, count=int(sizes.sum())), sizes


def _masses(table: NodeTable, company: Ints, rules: StrengthRules) -> tuple[Floats, Floats]:
    """w(kind)·q(sentiment)/√n of each interaction, the part that is theirs and the part that is ours."""
    kind, direction = table.array("kind"), table.array("direction")
    weight = np.array([rules.weights[kind] for kind in InteractionKind])[kind]
    mass_mail = _MAIL[kind] & (company >= rules.mass_mail_people)
    weight = np.where(mass_mail, rules.mass_mail_weight, weight)
    sentiment = np.nan_to_num(table.array("sentiment"))
    quality = np.where(sentiment < 0, rules.negative_quality, 1.0)
    quality = np.where(sentiment > 0, rules.positive_quality, quality)
    value = weight * quality / np.sqrt(np.maximum(company, 1))
    share = np.array([[_share_of_theirs(k, d, rules) for d in (*Direction, None)] for k in InteractionKind])
    theirs = share[kind, direction]  # an empty direction is code −1, the last column
    return value * theirs, value * (1 - theirs)


def _share_of_theirs(kind: InteractionKind, direction: Direction | None, rules: StrengthRules) -> float:
    if kind in rules.theirs:
        return 1.0
    if kind in rules.shared or direction not in (Direction.OURS, Direction.THEIRS):
        return 0.5
    return 1.0 if direction is Direction.THEIRS else 0.0


def _sentiment(table: NodeTable, rules: StrengthRules) -> Floats:
    """How each went, −1…1; a complaint never counts as better than a mild displeasure."""
    felt = np.nan_to_num(table.array("sentiment"))
    sour = table.array("kind") == _COMPLAINT
    return np.asarray(np.where(sour, np.minimum(felt, rules.complaint_sentiment), felt) / 2)


def _questionnaires(graph: AccountGraph, shown: Bools) -> tuple[Ints, Ints]:
    """Positions and pair keys of the questionnaires about people of this graph."""
    table = graph.nodes[NodeKind.ASSESSMENT]
    members, contacts = graph.nodes[NodeKind.MEMBER].position, graph.contacts.position
    member = np.array([members.get(id_, -1) for id_ in table.texts("member_id")], dtype=np.int64)
    contact = np.array([contacts.get(id_, -1) for id_ in table.texts("contact_id")], dtype=np.int64)
    return _keys(graph, member, contact, shown)


def _assessments(graph: AccountGraph, item: Ints, pair: Ints) -> Assessments:
    table = graph.nodes[NodeKind.ASSESSMENT]
    at, answers = table.array("at"), table.texts("answers")
    order = np.lexsort((item, at[item], pair))
    item, pair = item[order], pair[order]
    score = np.array([sum(answers[row].values()) / MOST_POINTS for row in item], dtype=np.float64)
    return Assessments(pair, at[item] // SECONDS_A_DAY, score, item)


def _two_way_days(flow: Flow, rules: StrengthRules) -> tuple[Ints, Ints]:
    """Days on which contact went both ways, or answered the other side's of at most a week before."""
    starts = starts_of(runs(flow.pair, flow.day))
    if len(starts) == 0:
        return starts, starts
    pair, day = flow.pair[starts], flow.day[starts]
    them = np.logical_or.reduceat(flow.from_them, starts)
    us = np.logical_or.reduceat(flow.from_us, starts)
    answered = them & _lately(us, pair, day, rules.answer_days)
    answered |= us & _lately(them, pair, day, rules.answer_days)
    return pair[answered], day[answered]


def _lately(happened: Bools, pair: Ints, day: Ints, days: int) -> Bools:
    """Whether it happened in the pair on the row's day or at most `days` before."""
    latest = np.maximum.accumulate(np.where(happened, np.arange(len(day)), -1))
    return np.asarray((latest >= 0) & (pair[latest] == pair) & (day - day[latest] <= days))
