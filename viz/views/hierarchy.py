"""Who reports to whom on a day, and which of them a folded org chart shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.columns import NO_DAY, code_of, day_number
from models.enums import ContactStatus, EdgeKind, Function, Level, Line, NodeKind
from models.graph import AccountGraph
from viz.views.people import Fields, Roster

FOLD_FROM = 40
"""Charts of more cards than this start folded."""
FIRST_VIEW, FIRST_LEVELS = 24, 4
"""The first view shows two levels, and further whole ones up to so many cards and levels."""
LONE = "unit:"
UNPLACED = f"{LONE}unplaced"
_LEVELS = {str(level): place for place, level in enumerate(Level)}
_FUNCTIONS = tuple(Function)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The forest of reporting lines: `boss` by contact id, `reports` by boss, in the order they are drawn.

    People with neither boss nor reports stand in a group: "unit:" and their department, or "unit:unplaced"
    for those without one; the groups are keys of `reports` too. `whole`: the department that everybody under
    a person belongs to with the person, if there is one; `under`: how many report to a person, directly or
    through others.
    """

    boss: Mapping[str, str | None]
    reports: Mapping[str, tuple[str, ...]]
    roots: tuple[str, ...]
    whole: Mapping[str, str | None]
    order: Mapping[str, tuple[Any, ...]]
    under: Mapping[str, int]

    def below(self, head: str) -> Iterator[str]:
        """Everybody under a head, nearest first. O(people under it)."""
        todo = list(self.reports.get(head, ()))
        for person in todo:
            yield person
            todo.extend(self.reports.get(person, ()))


def hierarchy(graph: AccountGraph, on: date, people: Roster) -> Hierarchy:
    """The reporting lines that hold on a day; people who left stay under their last boss. O(n log n)."""
    ids, heads = graph.contacts.ids, bosses(graph, on)
    has_reports = set(heads.values())
    for id_ in ids:
        if heads[id_] is None and id_ not in has_reports:
            heads[id_] = f"{LONE}{people.of(id_)['department'] or 'unplaced'}"
    order = _orders(graph, people)
    reports: dict[str, list[str]] = {}
    roots: list[str] = []
    for id_ in sorted(ids, key=lambda id_: order[id_]):
        head = heads[id_]
        (roots if head is None else reports.setdefault(head, [])).append(id_)
    kept = {head: tuple(below) for head, below in reports.items()}
    whole = _whole(graph, kept, roots, people)
    return Hierarchy(heads, kept, tuple(roots), whole, order, sizes(kept, roots))


def bosses(graph: AccountGraph, on: date) -> dict[str, str | None]:
    """The boss of everybody on a day, of people who left the last one; None where there is none. O(lines)."""
    found = _open_bosses(graph.on(on))
    for person, boss in _last_bosses(graph, on).items():
        found.setdefault(person, boss)
    heads = {id_: found.get(id_) for id_ in graph.contacts.ids}
    cut_cycles(heads)
    return heads


def sizes(reports: Mapping[str, Sequence[str]], roots: Collection[str]) -> dict[str, int]:
    """How many stand under everybody, by the reports of each boss. O(people)."""
    order = list(roots)
    for person in order:
        order.extend(reports.get(person, ()))
    under: dict[str, int] = {}
    for person in reversed(order):
        under[person] = sum(1 + under[report] for report in reports.get(person, ()))
    return under


def _open_bosses(held: AccountGraph) -> dict[str, str]:
    """Bosses on the day; whoever has no solid line hangs under the first dotted one."""
    lines, ids = held.edges[EdgeKind.REPORTS_TO], held.contacts.ids
    dotted = lines.array("line") == code_of(Line.DOTTED)
    rows = [*np.flatnonzero(dotted)[::-1].tolist(), *np.flatnonzero(~dotted)[::-1].tolist()]
    return {ids[lines.source[row]]: ids[lines.target[row]] for row in rows}


def _last_bosses(graph: AccountGraph, on: date) -> dict[str, str]:
    """The last boss of people who left, by contact."""
    lines, ids, today = graph.edges[EdgeKind.REPORTS_TO], graph.contacts.ids, day_number(on)
    left = graph.contacts.array("status") == code_of(ContactStatus.LEFT)
    until = lines.array("until")
    past = left[lines.source] & (until != NO_DAY) & (until <= today)
    rows = np.flatnonzero(past & (lines.array("line") != code_of(Line.DOTTED)))
    latest = sorted(rows.tolist(), key=lambda row: int(until[row]))
    return {ids[lines.source[row]]: ids[lines.target[row]] for row in latest}


def cut_cycles(boss: dict[str, str | None]) -> None:
    """Stores refuse cycles, but a former boss may report to a former report: such a line is cut."""
    safe: set[str] = set()
    for person in boss:
        way: list[str] = []
        seen: set[str] = set()
        at: str | None = person
        while at is not None and at not in safe:
            if at in seen:
                boss[at] = None
                break
            way.append(at)
            seen.add(at)
            at = boss[at]
        safe.update(way)


def _orders(graph: AccountGraph, people: Roster) -> dict[str, tuple[Any, ...]]:
    """Siblings from left to right: those who left last, then by level, function, department, id."""
    units = graph.nodes[NodeKind.DEPARTMENT]
    functions = units.array("function")

    def place(row: Fields) -> tuple[Any, ...]:
        level = -_LEVELS[row["level"]] if row["level"] else 1
        unit = row["department"]
        function = int(functions[units.position[unit]]) if unit else len(_FUNCTIONS)
        return row["left"], level, function, unit or "", row["placeholder"], row["id"]

    return {row["id"]: place(row) for row in people.fields}


def _whole(
    graph: AccountGraph, reports: Mapping[str, tuple[str, ...]], roots: Collection[str], people: Roster
) -> dict[str, str | None]:
    parents = dict(_unit_parents(graph))
    whole = {row["id"]: row["department"] for row in people.fields}
    todo = list(roots)
    for person in todo:
        todo.extend(reports.get(person, ()))
    for person in reversed(todo):
        unit = whole[person]
        if not all(_within(whole[report], unit, parents) for report in reports.get(person, ())):
            whole[person] = None
    return whole


def _unit_parents(graph: AccountGraph) -> Iterator[tuple[str, str | None]]:
    units = graph.nodes[NodeKind.DEPARTMENT]
    return zip(units.ids, units.texts("parent_id"), strict=True)


def _within(unit: str | None, top: str | None, parents: Mapping[str, str | None]) -> bool:
    for _ in range(len(parents) + 1):
        if unit is None or unit == top:
            break
        unit = parents.get(unit)
    return unit is not None and unit == top


def first_view(tree: Hierarchy, important: Collection[str]) -> set[str]:
    """Whom a folded chart shows at first: the top levels, the important people and the way to them."""
    shown: set[str] = set()
    lone = [person for head, group in tree.reports.items() if head.startswith(LONE) for person in group]
    rows = [
        list(tree.roots),
        [*(below for root in tree.roots for below in tree.reports.get(root, ())), *lone],
    ]
    depth = 0
    while depth < len(rows) and rows[depth]:
        if depth >= FIRST_LEVELS or (depth >= 2 and len(shown) + len(rows[depth]) > FIRST_VIEW):
            break
        if depth == 1 and len(lone) > FIRST_VIEW:
            rows[1] = [person for person in rows[1] if person not in set(lone)]
        shown.update(rows[depth])
        if depth >= 1:
            rows.append([below for person in rows[depth] for below in tree.reports.get(person, ())])
        depth += 1
    for person in important:
        shown.update(way_to(tree, person))
    for head, group in tree.reports.items():
        if head.startswith(LONE) and not shown.intersection(group):
            shown.add(group[0])
    return shown


def way_to(tree: Hierarchy, person: str | None) -> Iterator[str]:
    """Somebody and all bosses above, nearest first."""
    while person is not None and not person.startswith(LONE):
        yield person
        person = tree.boss[person]


def opened(tree: Hierarchy, shown: set[str], heads: Collection[str]) -> set[str]:
    """`shown` with the reports of every head asked for, and the way to it. Unknown heads are ignored."""
    more = set(shown)
    for head in heads:
        if head in tree.reports:
            more.update(tree.reports[head])
            more.update(way_to(tree, head))
    return more
