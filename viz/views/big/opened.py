"""Which groups of a large account stand open, and what is drawn then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from viz.views.big.grouping import MARK, Group

MOST_DRAWN = 300
"""So many groups and people are drawn at most; a group that would add more stays closed."""

REST = f"{MARK}rest"
"""The key of the groups that are taken together."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is drawn: `groups` with the key of the group each stands in (None: none), open ones too;
    `people` with the group that shows them. `keys` of those open, in the order they were opened, and of
    those `refused` because the picture is full."""

    groups: tuple[tuple[Group, str | None], ...]
    people: tuple[tuple[int, str], ...]
    keys: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def closed(self) -> list[Group]:
        """The groups drawn in place of their people."""
        open_ = set(self.keys)
        return [group for group, _ in self.groups if group.key not in open_]


def opened(
    everybody: Group, asked: Sequence[str], contact: int | None = None, wished: Sequence[int] = ()
) -> Opened:
    """The groups `asked` for by key opened, each with the way to it, and first the way to a person, if one is
    named; then, where there is room, the ways to those who are `wished` for, which nobody is refused.
    A single group opens by itself. Unknown keys are ignored. O(groups)."""
    groups = list(_all(everybody))
    above = {group.key: parent for group, parent in groups}
    known = {group.key: group for group, _ in groups}
    keys: dict[str, None] = {}
    refused: dict[str, None] = {}
    drawn = everybody.size

    def open_up(wanted: Iterable[str]) -> str | None:
        """Opens groups one in the other; gives the first for which there is no room."""
        nonlocal drawn
        for key in wanted:
            if key in keys:
                continue
            if drawn + known[key].size > MOST_DRAWN:
                return key
            keys[key] = None
            drawn += known[key].size
        return None

    first, lone = [], everybody
    while len(lone.inside) == 1 and not lone.own:
        (lone,) = lone.inside
        first.append(lone.key)
    ways = [first, [] if contact is None else way_to(everybody, contact)]
    for way in [*ways, *(_way(key, above) for key in asked if key in known)]:
        full = open_up(way)
        if full is not None:
            refused[full] = None
    for person in wished:
        open_up(way_to(everybody, person))
    inside = [(group, parent or None) for group, parent in groups if not parent or parent in keys]
    shown = tuple((person, key) for key in keys for person in known[key].own)
    return Opened(tuple(inside), shown, tuple(keys), tuple(refused))


def lumped(shown: Opened, asked: Sequence[str], weight: Callable[[Group], float], most: int) -> Opened:
    """The same with the `most` weightiest closed groups, the others taken together as one, unless `asked` has
    the key of that one too. O(groups log groups)."""
    closed = sorted(shown.closed, key=lambda group: (-weight(group), group.key))
    away = {group.key for group in closed[most:]}
    if len(away) < 2:
        return shown
    members = np.sort(np.concatenate([group.members for group in closed[most:]]))
    rest = Group(REST, "rest", len(away), members, tuple(closed[most:]))
    if REST in asked:
        return replace(shown, groups=(*shown.groups, (rest, None)), keys=(*shown.keys, REST))
    kept = tuple(pair for pair in shown.groups if pair[0].key not in away)
    return replace(shown, groups=(*kept, (rest, None)))


def way_to(everybody: Group, contact: int) -> list[str]:
    """The keys of the groups somebody is in, the outermost first. O(groups on the way · log people)."""
    keys: list[str] = []
    group: Group | None = everybody
    while group is not None:
        group = next((one for one in group.inside if _holds(one, contact)), None)
        if group is not None:
            keys.append(group.key)
    return keys


def _holds(group: Group, contact: int) -> bool:
    place = int(np.searchsorted(group.members, contact))
    return place < len(group.members) and int(group.members[place]) == contact


def _way(key: str, above: dict[str, str]) -> list[str]:
    way = []
    while key:
        way.append(key)
        key = above[key]
    return way[::-1]


def _all(everybody: Group) -> Iterator[tuple[Group, str]]:
    """Every group with the key of the one it is in ("" at the top), outer ones first."""
    todo = [(group, everybody.key) for group in everybody.inside]
    for group, parent in todo:
        yield group, parent
        todo.extend((one, group.key) for one in group.inside)
