"""Rules of ties: ends are there and of one account, one boss at a time, nothing above or inside itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from graphsvc.stores.deleting import HIDDEN
from graphsvc.stores.draft import Writing
from graphsvc.stores.facts import Key, Link
from graphsvc.stores.state import State
from models.enums import ChannelLink, EdgeKind, Kind, Line, NodeKind
from models.faults import Code, Fault
from models.kinds import EDGE_SPECS
from models.records import Body

_OPEN_END = "9999-99-99"


def ends(state: State) -> Iterator[Fault]:
    """Both ends are there and, but for ties that may cross, of the same account."""
    for writing in state.draft.of_kinds(EDGE_SPECS):
        if writing.ends is None:
            continue
        if not state.has_ends(writing) and (missing := list(_missing(state, writing))):
            yield from missing
            continue
        start, end = writing.ends
        source, target = state.account[start], state.account[end]
        if source != target and source is not None and target is not None and not _crosses(writing):
            params = {
                "kind": writing.kind,
                "source": writing.body["source_id"],
                "source_account": source,
                "target": writing.body["target_id"],
                "target_account": target,
            }
            yield Fault(Code.OTHER_ACCOUNT, params, writing.at("/target_id"))


def _missing(state: State, writing: Writing) -> Iterator[Fault]:
    for end, name in zip(writing.ends or (), ("source_id", "target_id"), strict=True):
        if not state.there[end] and not state.leaves(writing, end):
            yield Fault(Code.UNKNOWN_RECORD, {"kind": end[0], "id": end[1]}, writing.at(f"/{name}"))


def _crosses(writing: Writing) -> bool:
    assert isinstance(writing.kind, EdgeKind)
    return EDGE_SPECS[writing.kind].crosses and not is_solid(writing.kind, writing.body)


def is_solid(kind: Kind, body: Body) -> bool:
    """Whether a record is a solid reporting line."""
    return kind is EdgeKind.REPORTS_TO and body["line"] == Line.SOLID


def is_owned(kind: Kind, body: Body) -> bool:
    """Whether a record says that an account owns another."""
    return kind is EdgeKind.CHANNEL and body["kind"] == ChannelLink.OWNS


def link_of(kind: Kind, body: Body) -> Link:
    """The link a record stands for."""
    return Link(kind, body["id"], body["source_id"], body["target_id"], body.get("since"), body.get("until"))


@dataclass(frozen=True, slots=True)
class _Links:
    """The links of a sort after the change set, and which of them it changes (by index)."""

    by_source: Mapping[str, list[Link]]
    changed: Mapping[Key, Writing]


def _links(state: State, kind: EdgeKind, is_one: Callable[[Kind, Body], bool]) -> _Links:
    """Those whose ends are not both there for who asks are refused as such, and stay out of the others."""
    writings = [w for w in state.draft.of_kind.get(kind, ()) if is_one(kind, w.body) and state.has_ends(w)]
    after = [
        link
        for key, link in sorted(state.facts.links.items())
        if link.kind is kind and key not in state.draft.writings and key not in state.fallout.gone
    ]
    by_source: dict[str, list[Link]] = {}
    for link in (*after, *(link_of(writing.kind, writing.body) for writing in writings)):
        by_source.setdefault(link.source, []).append(link)
    return _Links(by_source, {w.key: w for w in writings if w.changes(state.facts)})


def reporting(state: State) -> list[Fault]:
    """One solid line per contact at a time, and no way of solid lines, all of one time, leads back."""
    lines = _links(state, EdgeKind.REPORTS_TO, is_solid)
    return [*_second_bosses(lines), *_circles(lines)] if lines.changed else []


def ownership(state: State) -> list[Fault]:
    """No account owns itself through others at one time. Those outside the scope are not named."""
    links = _links(state, EdgeKind.CHANNEL, is_owned)
    shown = {id_: id_ if state.draft.scope.sees(id_) else HIDDEN for id_ in _ends(links)}
    return list(_circles(links, shown)) if links.changed else []


def _ends(links: _Links) -> Iterator[str]:
    for row in links.by_source.values():
        for link in row:
            yield from (link.source, link.target)


def _second_bosses(lines: _Links) -> Iterator[Fault]:
    for key, writing in lines.changed.items():
        line = link_of(writing.kind, writing.body)
        for other in lines.by_source[line.source]:
            later = lines.changed.get(other.key)
            said_there = later is not None and later.index > writing.index
            if other.key != key and not said_there and _common(_period(line), _period(other)):
                params = {"id": line.source, "boss": other.target}
                yield Fault(Code.SECOND_BOSS, params, writing.at("/target_id"))
                break


Period = tuple[str, str]
"""First day and the day after the last, as ISO text; they sort as days do."""


def _period(line: Link) -> Period:
    return line.since or "", line.until or _OPEN_END


def _common(one: Period, other: Period) -> Period | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _circles(links: _Links, shown: Mapping[str, str] | None = None) -> Iterator[Fault]:
    """One fault per circle, at the last of the changes that close it. `shown`: what stands for an id."""
    everything = [link for row in links.by_source.values() for link in row]
    circular = on_circles((link.source, link.target) for link in everything)
    if not circular:
        return
    inside = {
        source: [link for link in row if circular.get(link.target) == circular[source]]
        for source, row in links.by_source.items()
        if source in circular
    }
    said: set[frozenset[str]] = set()
    for writing in sorted(links.changed.values(), key=lambda w: -w.index):
        link = link_of(writing.kind, writing.body)
        path = _way_back(inside, link) if link.source in inside else None
        if path is not None and frozenset(path) not in said:
            said.add(frozenset(path))
            told = [shown[id_] for id_ in path] if shown else path
            # Neighbours outside the scope become one: nobody learns how many they are.
            once = [id_ for id_, before in zip(told, [None, *told], strict=False) if id_ != before]
            yield Fault(Code.CYCLE, {"path": " → ".join(once)}, writing.at("/target_id"))


def _way_back(links: Mapping[str, list[Link]], first: Link) -> list[str] | None:
    """The nodes of a way of links from the end of `first` to its start that hold on a common day."""
    waiting: list[tuple[list[str], Period]] = [([first.source, first.target], _period(first))]
    seen: set[tuple[str, Period]] = set()
    while waiting:
        path, period = waiting.pop()
        if path[-1] == first.source:
            return path
        for link in links.get(path[-1], ()):
            common = _common(period, _period(link))
            if common is not None and (link.target, common) not in seen:
                seen.add((link.target, common))
                waiting.append(([*path, link.target], common))
    return None


def department_circles(state: State) -> Iterator[Fault]:
    """No department lies inside itself. One fault per circle, at the last change that closes it."""
    changed = [
        writing
        for writing in state.draft.of_kind.get(NodeKind.DEPARTMENT, ())
        if writing.body.get("parent_id")
    ]
    if not changed:
        return
    parents = {
        child: parent
        for account in sorted(state.facts.parents)
        for child, parent in state.facts.parents[account].items()
        if (NodeKind.DEPARTMENT, child) not in state.fallout.gone
    }
    for writing in state.draft.of_kind[NodeKind.DEPARTMENT]:
        parents[writing.body["id"]] = writing.body.get("parent_id")
    circular = on_circles((child, parent) for child, parent in parents.items() if parent)
    said: set[str] = set()
    for writing in sorted(changed, key=lambda w: -w.index):
        start = writing.body["id"]
        if start in circular and start not in said:
            path = [start, parents[start] or ""]
            while path[-1] != start:
                path.append(parents[path[-1]] or "")
            said.update(path)
            yield Fault(Code.CYCLE, {"path": " → ".join(path)}, writing.at("/parent_id"))


def on_circles(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The nodes that lie on circles, each with the number of its strongly connected component. O(pairs)."""
    left = _not_peeled(pairs)
    if not left:
        return {}
    graph: nx.DiGraph[str] = nx.DiGraph(left)
    parts = enumerate(nx.strongly_connected_components(graph))
    return {
        node: number for number, part in parts for node in part if len(part) > 1 or graph.has_edge(node, node)
    }


def _not_peeled(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs left when those whose second leads nowhere are taken away again and again. O(pairs).

    Circles stay, and the ways to them; where there is none, which is the rule, nothing does.
    """
    before: dict[str, list[str]] = {}
    ways = Counter[str]()
    for source, target in pairs:
        before.setdefault(target, []).append(source)
        ways[source] += 1
    ended = [target for target in before if target not in ways]
    while ended:
        for source in before.pop(ended.pop()):
            ways[source] -= 1
            if not ways[source] and source in before:
                ended.append(source)
    return [(source, target) for target, sources in before.items() for source in sources]
