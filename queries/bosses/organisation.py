"""What is known of an organisation on a day: who sits where, who leads whom, which departments lie above."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from models.columns import NO_DAY, code_of, day_number
from models.enums import EdgeKind, Function, Line, NodeKind
from models.graph import AccountGraph, EdgeTable
from queries.people import Bools, People, people, unnamed_people
from queries.rules import Rules

__all__ = ["Led", "Organisation", "below", "organisation", "solid_lines"]


@dataclass(frozen=True, slots=True)
class Led:
    """One who has a boss: both positions, and the row of the line."""

    report: int
    boss: int
    row: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """An account's people and lines on a day, all by position.

    `told` says who is spoken of; `lines` are the solid lines between such people. `under` lists who has a
    solid line to somebody on that day or later, whoever they are: a new line must not lead back over them.
    `next_line` is the first day of a line that begins later. `above` gives for each department those above
    it and how many steps; `members` who of those told sits in a department; `head` who heads one alone.
    """

    day: AccountGraph
    who: People
    told: Bools
    bossless: tuple[int, ...]
    placed: int
    lines: tuple[Led, ...]
    under: Mapping[int, list[int]]
    next_line: Mapping[int, date]
    above: tuple[Mapping[int, int], ...]
    members: Mapping[int, list[int]]
    head: Mapping[int, int]
    reports: Mapping[int, int]


def organisation(graph: AccountGraph, on: date, rules: Rules) -> Organisation:
    """The organisation of `graph` on a day. O(people + lines + departments · depth)."""
    day = graph.on(on)
    who = people(day, clerk_share=rules.influence.finance_share_of_clerks)
    told = who.counts & ~unnamed_people(day)
    table = day.edges[EdgeKind.REPORTS_TO]
    solid = solid_lines(table)
    led = np.zeros(len(told), dtype=bool)
    led[table.source[solid]] = True
    shown = solid[told[table.source[solid]] & told[table.target[solid]]].tolist()
    lines = tuple(Led(int(table.source[row]), int(table.target[row]), row) for row in shown)
    under, next_line = _from_now_on(graph, on)
    members = _members(who, told)
    return Organisation(
        day=day,
        who=who,
        told=told,
        bossless=tuple(np.flatnonzero(told & ~led).tolist()),
        placed=int(np.count_nonzero(told & led)),
        lines=lines,
        under=under,
        next_line=next_line,
        above=_above(day),
        members=members,
        head=dict(_heads(who, members)),
        reports=Counter(line.boss for line in lines),
    )


def solid_lines(table: EdgeTable) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The rows of a table of reporting lines that are solid ones. O(lines)."""
    return np.flatnonzero(table.array("line") == code_of(Line.SOLID))


def below(person: int, under: Mapping[int, Iterable[int]]) -> set[int]:
    """Who is below somebody, directly or not; himself only if the lines are circular. O(people below)."""
    found, waiting = set[int](), list(under.get(person, ()))
    while waiting:
        report = waiting.pop()
        if report not in found:
            found.add(report)
            waiting += under.get(report, ())
    return found


def _from_now_on(graph: AccountGraph, on: date) -> tuple[dict[int, list[int]], dict[int, date]]:
    """Who has a solid line to whom on a day or later, and when the first later line of each begins."""
    table, today = graph.edges[EdgeKind.REPORTS_TO], day_number(on)
    since, until = table.array("since"), table.array("until")
    rows = solid_lines(table)
    rows = rows[(until[rows] == NO_DAY) | (until[rows] > today)]
    under, begins = defaultdict[int, list[int]](list), dict[int, int]()
    for row in rows.tolist():
        report = int(table.source[row])
        under[int(table.target[row])].append(report)
        if since[row] > today:
            begins[report] = min(int(since[row]), begins.get(report, int(since[row])))
    later = {report: on + timedelta(days=begin - today) for report, begin in begins.items()}
    return dict(under), later


def _above(day: AccountGraph) -> tuple[Mapping[int, int], ...]:
    """The departments above each and how many steps: its parents, then the executive ones of no parent."""
    units = day.nodes[NodeKind.DEPARTMENT]
    parents = [units.position.get(id_ or "") for id_ in units.texts("parent_id")]
    executive = units.array("function") == code_of(Function.EXECUTIVE)
    tops = [unit for unit in np.flatnonzero(executive).tolist() if parents[unit] is None]
    found: list[Mapping[int, int]] = []
    for unit in range(len(units)):
        steps, way = dict[int, int](), parents[unit]
        while way is not None and way != unit and way not in steps:
            steps[way] = len(steps) + 1
            way = parents[way]
        if unit not in tops and not steps.keys() & set(tops):
            steps |= dict.fromkeys(tops, len(steps) + 1)
        found.append(steps)
    return tuple(found)


def _members(who: People, told: Bools) -> dict[int, list[int]]:
    found = defaultdict[int, list[int]](list)
    for person in np.flatnonzero(told & (who.department >= 0)).tolist():
        found[int(who.department[person])].append(person)
    return dict(found)


def _heads(who: People, members: Mapping[int, list[int]]) -> Iterable[tuple[int, int]]:
    """Each department in which one person alone stands at the highest level, above others."""
    for unit, inside in members.items():
        levels = [int(who.level[person]) for person in inside]
        if len(inside) > 1 and levels.count(max(levels)) == 1:
            yield unit, inside[levels.index(max(levels))]
