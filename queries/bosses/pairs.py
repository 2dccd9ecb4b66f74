"""What speaks for a boss by what is between two people: dotted lines, influence, messages, meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

import numpy as np

from models.bosses import BossSign
from models.columns import SECONDS_A_DAY, code_of, day_number
from models.enums import EdgeKind, Line, NodeKind, TieDirection
from queries.bosses.organisation import Organisation
from queries.bosses.seats import Ground
from queries.influence.ties import listening, type_weights
from queries.people import Bools
from queries.rules import Rules

__all__ = ["between_two"]

Found = tuple[int, int, Ground]
"""Who is asked about, who may be his boss, and why."""


def between_two(org: Organisation, on: date, rules: Rules) -> dict[int, dict[int, list[Ground]]]:
    """For everybody without a boss: whom something ties to him, and what, in the order of the signs.

    O(ties log ties + participations · `meeting_people`).
    """
    asked = np.zeros(len(org.told), dtype=bool)
    asked[list(org.bossless)] = True
    found = defaultdict[int, dict[int, list[Ground]]](lambda: defaultdict(list))
    signs = (
        _dotted(org, rules),
        _swaying(org, asked, rules),
        _messages(org, rules),
        _meetings(org, on, rules),
    )
    for person, boss, ground in chain(*signs):
        if asked[person] and org.told[boss]:
            found[person][boss].append(ground)
    return found


def _dotted(org: Organisation, rules: Rules) -> Iterator[Found]:
    table, seen = org.day.edges[EdgeKind.REPORTS_TO], set[tuple[int, int]]()
    for row in np.flatnonzero(table.array("line") == code_of(Line.DOTTED)).tolist():
        pair = int(table.source[row]), int(table.target[row])
        if pair not in seen:
            seen.add(pair)
            records = ((EdgeKind.REPORTS_TO, table.ids[row]),)
            yield *pair, Ground(BossSign.DOTTED, rules.bosses.dotted, records=records)


def _swaying(org: Organisation, asked: Bools, rules: Rules) -> Iterator[Found]:
    """How much somebody listens to another, t·c of §2 without lines and messages: his strongest tie."""
    weights = type_weights(rules)
    ties = listening(org.day, org.told, rules, weights, TieDirection.AS_STORED, None)
    best = dict[tuple[int, int], int]()
    for entry in np.flatnonzero(asked[ties.listener] & ~ties.formal & (ties.weight > 0)).tolist():
        pair = int(ties.listener[entry]), int(ties.heard[entry])
        if pair not in best or ties.weight[entry] > ties.weight[best[pair]]:
            best[pair] = entry
    for pair, entry in best.items():
        kind, id_ = ties.edge(entry)
        if kind is not EdgeKind.MESSAGES:
            factor = 1 + rules.bosses.sways * min(1.0, float(ties.weight[entry]))
            yield *pair, Ground(BossSign.SWAYS, factor, records=((kind, id_),))


def _messages(org: Organisation, rules: Rules) -> Iterator[Found]:
    """The part of somebody's messages, both ways, that went between him and another."""
    table = org.day.edges[EdgeKind.MESSAGES]
    counts, rows = defaultdict[tuple[int, int], int](int), defaultdict[tuple[int, int], list[int]](list)
    total = defaultdict[int, int](int)
    for row in np.flatnonzero(org.told[table.source] & org.told[table.target]).tolist():
        ends, count = (int(table.source[row]), int(table.target[row])), int(table.array("count")[row])
        for person, other in (ends, ends[::-1]):
            counts[person, other] += count
            total[person] += count
            rows[person, other].append(row)
    for (person, other), count in counts.items():
        if count:
            factor = 1 + rules.bosses.messages * count / total[person]
            records = tuple((EdgeKind.MESSAGES, table.ids[row]) for row in rows[person, other])
            yield person, other, Ground(BossSign.MESSAGES, factor, count, total[person], records)


def _meetings(org: Organisation, on: date, rules: Rules) -> Iterator[Found]:
    """The part of somebody's meetings at which another was there too."""
    own, both = defaultdict[int, int](int), defaultdict[tuple[int, int], list[int]](list)
    for row, present in _met(org, on, rules).items():
        for person in present:
            own[person] += 1
            for other in present:
                if other != person:
                    both[person, other].append(row)
    ids = org.day.nodes[NodeKind.INTERACTION].ids
    for (person, other), rows in both.items():
        factor = 1 + rules.bosses.meetings * len(rows) / (own[person] + rules.bosses.doubt)
        records = tuple((NodeKind.INTERACTION, ids[row]) for row in rows[: rules.bosses.records])
        yield person, other, Ground(BossSign.MEETINGS, factor, len(rows), own[person], records)


def _met(org: Organisation, on: date, rules: Rules) -> Mapping[int, list[int]]:
    """Who of those told was at which meeting, small enough and of late."""
    table, today = org.day.nodes[NodeKind.INTERACTION], day_number(on)
    day = table.array("at") // SECONDS_A_DAY
    kinds = [code_of(kind) for kind in rules.bosses.together]
    fit = np.isin(table.array("kind"), kinds) & (day <= today) & (day > today - rules.bosses.meeting_days)
    met = dict[int, list[int]]()
    for row in np.flatnonzero(fit).tolist():
        ids = set(table.texts("contact_ids")[row] or ())
        if len(ids) <= rules.bosses.meeting_people:
            places = sorted(org.day.contacts.position[id_] for id_ in ids if id_ in org.day.contacts.position)
            met[row] = [person for person in places if org.told[person]]
    return met
