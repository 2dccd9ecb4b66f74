"""How the people of a large account are told apart into groups of groups, none too large to look at.

People belong to the department they work in, else to that of their nearest boss who has one. Where there is
no department, they stand with the head of their reporting tree, else in a community of those who are tied to
each other, else they are unplaced; people who left stand apart. What holds too much to be looked at is
parted further: departments by function, people by the head they report to, and at last in plain order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

from models.columns import code_of
from models.enums import ContactStatus, EdgeKind, NodeKind
from models.graph import AccountGraph
from queries.people import people
from viz.views.hierarchy import bosses, cut_cycles, sizes

MOST_WHOLE = 2_000
"""Accounts of more people are shown as groups."""
MOST_GROUPS, MOST_PEOPLE = 90, 60
"""So many groups, or groups and people, an opened group shows; a group of people alone so many."""
LEAST_COMMUNITY = 3
MARK = "~"
"""Keys of groups begin with it; ids of people do not."""
_DEEPEST = 12
"""Reporting lines are followed so far into a group; longer ones are parted in plain order."""
_INFORMAL = (EdgeKind.INFLUENCES, EdgeKind.BOND, EdgeKind.MESSAGES)
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """People who are shown as one until the group is opened, as positions in the contact table.

    `kind` says what joins them and `of` which: "department" (its position), "own" (those of a department
    itself, beside its parts), "function" (its code), "team" and "community" (the position of the head, of the
    one most others are tied to), "part" (a stretch of a longer list), "unplaced", "left".
    `inside` are the groups it opens into, `own` the people it shows itself; together they hold `members`.
    """

    key: str
    kind: str
    of: int
    members: Ints
    inside: tuple[Group, ...] = ()
    own: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many nodes are drawn when it is opened."""
        return len(self.inside) + len(self.own)


def grouping(graph: AccountGraph, on: date) -> Group:
    """All people of the account on a day, as one group of groups. O(people · depth + ties), kept."""
    return graph.memo(("grouping", on), lambda: _Maker(graph, on).everybody())


def kept_bosses(graph: AccountGraph, on: date) -> Mapping[str, str | None]:
    """`bosses`, kept with the graph: groups are made of them, and charts of opened groups."""
    return graph.memo(("bosses", on), lambda: bosses(graph, on))


def kept_sizes(graph: AccountGraph, on: date) -> Mapping[str, int]:
    """How many stand under everybody on a day, kept with the graph. O(people)."""

    def made() -> Mapping[str, int]:
        reports: dict[str, list[str]] = defaultdict(list)
        roots: list[str] = []
        for id_, boss in kept_bosses(graph, on).items():
            (roots if boss is None else reports[boss]).append(id_)
        return sizes(reports, roots)

    return graph.memo(("sizes", on), made)


class _Maker:
    def __init__(self, graph: AccountGraph, on: date) -> None:
        held, position = graph.on(on), graph.contacts.position
        self.graph, self.held = graph, held
        heads = kept_bosses(graph, on)
        self.boss = np.array(
            [-1 if heads[id_] is None else position[heads[id_] or ""] for id_ in graph.contacts.ids],
            dtype=np.int64,
        )
        found = people(held)
        order = np.lexsort((np.arange(len(self.boss)), -found.level))
        self.place = np.empty(len(order), dtype=np.int64)
        self.place[order] = np.arange(len(order))
        self.unit = self._units(found.department.astype(np.int64))

    def _units(self, own: Ints) -> Ints:
        """Everybody's department, else that of the nearest boss who has one."""
        units, todo = own.copy(), np.flatnonzero(own < 0)
        above = self.boss[todo]
        while len(todo):
            known = above >= 0
            todo, above = todo[known], above[known]
            units[todo] = own[above]
            rest = units[todo] < 0
            todo, above = todo[rest], self.boss[above[rest]]
        return units

    def everybody(self) -> Group:
        left = self.graph.contacts.array("status") == code_of(ContactStatus.LEFT)
        here = np.flatnonzero(~left)
        groups = self._departments(here[self.unit[here] >= 0])
        groups += self._without_department(here[self.unit[here] < 0])
        gone = np.flatnonzero(left)
        if len(gone):
            groups.append(self._listed(f"{MARK}left", "left", 0, gone))
        return Group("", "all", 0, np.arange(len(left)), tuple(self._bundled(groups, "")))

    def _departments(self, members: Ints) -> list[Group]:
        """The uppermost departments that have anybody, the largest first."""
        table = self.graph.nodes[NodeKind.DEPARTMENT]
        said: dict[str, str | None] = dict(zip(table.ids, table.texts("parent_id"), strict=True))
        above = {id_: parent if parent in table.position else None for id_, parent in said.items()}
        cut_cycles(above)
        of_unit = _by(self.unit[members], members)
        inside: dict[str | None, list[str]] = defaultdict(list)
        order = _parents_first(above)
        for id_ in order:
            inside[above[id_]].append(id_)
        made: dict[str, Group] = {}
        for id_ in reversed(order):
            parts = [made[part] for part in inside[id_] if part in made]
            group = self._department(id_, of_unit.get(table.position[id_]), parts)
            if group is not None:
                made[id_] = group
        return _largest_first(made[id_] for id_ in inside[None] if id_ in made)

    def _department(self, id_: str, own: Ints | None, parts: Sequence[Group]) -> Group | None:
        key, of = f"{MARK}department:{id_}", self.graph.nodes[NodeKind.DEPARTMENT].position[id_]
        if not parts:
            return None if own is None else self._listed(key, "department", of, own)
        inside = _largest_first(parts)
        direct: tuple[int, ...] = ()
        if own is not None and len(own) + len(inside) <= MOST_PEOPLE:
            direct = self._in_order(own)
        elif own is not None:
            inside.insert(0, self._listed(f"{MARK}own:{id_}", "own", of, own))
        members = [part.members for part in parts] + ([] if own is None else [own])
        joined = np.sort(np.concatenate(members))
        return Group(key, "department", of, joined, tuple(self._bundled(inside, key)), direct)

    def _without_department(self, members: Ints) -> list[Group]:
        """Teams by the head of their reporting tree, communities by ties, and who has neither."""
        teams, single = self._teams(members)
        groups = _largest_first(self._team(head, team, 0) for head, team in teams.items())
        loose = np.array(single, dtype=np.int64)
        for hub, community in self._communities(loose):
            key = f"{MARK}community:{self.graph.contacts.ids[hub]}"
            groups.append(self._listed(key, "community", hub, community))
            loose = np.setdiff1d(loose, community, assume_unique=True)
        if len(loose):
            groups.append(self._listed(f"{MARK}unplaced", "unplaced", 0, loose))
        return groups

    def _communities(self, members: Ints) -> list[tuple[int, Ints]]:
        """(who most others are tied to, all) of each community, the largest first.

        By label propagation with a fixed seed (V. A. Traag and L. Šubelj, Large network community detection
        by fast label propagation, Scientific Reports 13, 2023).
        """
        inside = np.zeros(len(self.boss), dtype=bool)
        inside[members] = True
        ties: nx.Graph[int] = nx.Graph()
        for kind in _INFORMAL:
            table = self.held.edges[kind]
            rows = np.flatnonzero(inside[table.source] & inside[table.target])
            ends = zip(table.source[rows].tolist(), table.target[rows].tolist(), strict=True)
            ties.add_edges_from(ends)
        found = nx.community.fast_label_propagation_communities(ties, seed=1)
        large = [sorted(community) for community in found if len(community) >= LEAST_COMMUNITY]
        hubs = [(min(one, key=lambda person: (-ties.degree[person], person)), one) for one in large]
        return [(hub, np.array(one)) for hub, one in sorted(hubs, key=lambda pair: (-len(pair[1]), pair[0]))]

    def _listed(self, key: str, kind: str, of: int, members: Ints) -> Group:
        """A group of people alone, parted where they are too many: by heads, else in plain order."""
        if len(members) <= MOST_PEOPLE:
            return Group(key, kind, of, members, own=self._in_order(members))
        teams, single = self._teams(members)
        inside = _largest_first(self._team(head, team, 0) for head, team in teams.items())
        return self._filled(key, kind, of, members, inside, single)

    def _filled(
        self, key: str, kind: str, of: int, members: Ints, inside: list[Group], single: Sequence[int]
    ) -> Group:
        """A group of teams and single people; single ones are parted in plain order where they are many."""
        own = self._in_order(np.array(single, dtype=np.int64))
        if len(own) + len(inside) > MOST_PEOPLE:
            inside, own = [*inside, *self._stretches(key, own)], ()
        return Group(key, kind, of, members, tuple(self._bundled(inside, key)), own)

    def _team(self, head: int, members: Ints, depth: int) -> Group:
        """A head and everybody under it."""
        key = f"{MARK}team:{self.graph.contacts.ids[head]}"
        if len(members) <= MOST_PEOPLE:
            return Group(key, "team", head, members, own=self._in_order(members))
        rest = members[members != head]
        if depth == _DEEPEST:
            return self._filled(key, "team", head, members, [], [head, *rest.tolist()])
        teams, single = self._teams(rest)
        inside = _largest_first(self._team(one, team, depth + 1) for one, team in teams.items())
        return self._filled(key, "team", head, members, inside, [head, *single])

    def _teams(self, members: Ints) -> tuple[dict[int, Ints], list[int]]:
        """Everybody under each uppermost boss among `members`, himself too; and who has no line."""
        inside = np.zeros(len(self.boss), dtype=bool)
        inside[members] = True
        top = np.full(len(self.boss), -1, dtype=np.int64)
        above = self.boss[members]
        within = (above >= 0) & inside[above]
        top[members] = np.where(within, above, members)
        while True:
            higher = top[top[members]]
            if np.array_equal(higher, top[members]):
                break
            top[members] = higher
        teams = _by(top[members], members)
        single = [head for head, team in teams.items() if len(team) == 1]
        return {head: team for head, team in teams.items() if len(team) > 1}, single

    def _stretches(self, key: str, own: Sequence[int]) -> list[Group]:
        """People in plain order, in stretches that can be looked at, at most so many at each level."""
        if not own:
            return []
        long = MOST_PEOPLE
        while -(-len(own) // long) > MOST_GROUPS // 2:
            long *= MOST_GROUPS // 2
        parts = []
        for number, first in enumerate(range(0, len(own), long), 1):
            stretch, name = own[first : first + long], f"{MARK}part:{number}:{key.removeprefix(MARK)}"
            within = tuple(self._stretches(name, stretch)) if long > MOST_PEOPLE else ()
            members = np.sort(np.array(stretch))
            parts.append(Group(name, "part", number, members, within, () if within else tuple(stretch)))
        return parts

    def _bundled(self, groups: list[Group], key: str) -> list[Group]:
        """Groups as they are, or as groups of groups where they are more than can be looked at."""
        if len(groups) <= MOST_GROUPS:
            return groups
        units = [group for group in groups if group.kind == "department"]
        others = [group for group in groups if group.kind != "department"]
        functions = self.graph.nodes[NodeKind.DEPARTMENT].array("function")
        of_function: dict[int, list[Group]] = defaultdict(list)
        for unit in units:
            of_function[int(functions[unit.of])].append(unit)
        if len(of_function) > 1:
            units = [
                _joined(f"{MARK}function:{code}:{key.removeprefix(MARK)}", "function", code,
                        self._bundled(inside, f"{key}:{code}"))
                for code, inside in sorted(of_function.items(), key=lambda pair: pair[0] % 1000)
            ]  # fmt: skip
        return self._in_stretches([*units, *others], key)

    def _in_stretches(self, groups: list[Group], key: str) -> list[Group]:
        if len(groups) <= MOST_GROUPS:
            return groups
        long = -(-len(groups) // (MOST_GROUPS // 2))
        parts = [groups[first : first + long] for first in range(0, len(groups), long)]
        return [
            _joined(
                f"{MARK}some:{number}:{key.removeprefix(MARK)}",
                "part",
                number,
                self._in_stretches(part, f"{key}:{number}"),
            )
            for number, part in enumerate(parts, 1)
        ]

    def _in_order(self, members: Ints) -> tuple[int, ...]:
        """People by level, the highest first, then by id."""
        return tuple(members[np.argsort(self.place[members])].tolist())


def _joined(key: str, kind: str, of: int, inside: Sequence[Group]) -> Group:
    return Group(key, kind, of, np.sort(np.concatenate([one.members for one in inside])), tuple(inside))


def _largest_first(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-len(group.members), group.key))


def _by(keys: Ints, members: Ints) -> dict[int, Ints]:
    """Members by key, both in ascending order."""
    order = np.lexsort((members, keys))
    found, first = np.unique(keys[order], return_index=True)
    parts = np.split(members[order], first[1:]) if len(found) else []
    return dict(zip(found.tolist(), parts, strict=True))


def _parents_first(above: Mapping[str, str | None]) -> list[str]:
    inside: dict[str | None, list[str]] = defaultdict(list)
    for id_, parent in above.items():
        inside[parent].append(id_)
    order = list(inside[None])
    for id_ in order:
        order.extend(inside[id_])
    return order
