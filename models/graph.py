"""The account graph: one account's records as an immutable, ordered, columnar snapshot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from threading import Event, Lock
from typing import Any, TypeVar, cast

import networkx as nx
import numpy as np

from models.columns import NO_DAY, Column, Values, day_number
from models.enums import EdgeKind, NodeKind
from models.kinds import EDGE_SPECS, NODE_SPECS
from models.specs import SOURCE_KIND, EdgeSpec, NodeSpec

MEMO_ENTRIES = 64
T = TypeVar("T")
Ints = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """Nodes of one kind as a store gives them: any order, `slots` are the store's own small integers."""

    slots: Sequence[int]
    ids: Sequence[str]
    columns: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Edges of one kind as a store gives them; ends are slots of `NodeColumns`."""

    sources: Sequence[int]
    targets: Sequence[int]
    ids: Sequence[str]
    columns: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes of one kind, sorted by id; a node's place in it is its position."""

    spec: NodeSpec
    ids: tuple[str, ...]
    columns: Mapping[str, Values]
    position: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.ids)

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """A numeric column as its array."""
        return cast("np.ndarray[Any, Any]", self.columns[name])

    def texts(self, name: str) -> tuple[Any, ...]:
        """A column of text or JSON values."""
        return cast("tuple[Any, ...]", self.columns[name])

    def rows(self) -> Iterator[dict[str, Any]]:
        """The nodes as JSON objects of their id and columns, empty values left out."""
        return _rows(self.spec.columns, self.columns, [{"id": id_} for id_ in self.ids])


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """The edges of one kind, sorted by (source id, target id, id); ends are positions in the node tables.

    Where edges of the kind begin at nodes of several kinds, those of the first kind come first.
    """

    spec: EdgeSpec
    ids: tuple[str, ...]
    source: Ints
    target: Ints
    columns: Mapping[str, Values]

    def __len__(self) -> int:
        return len(self.ids)

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """A numeric column as its array."""
        return cast("np.ndarray[Any, Any]", self.columns[name])

    def texts(self, name: str) -> tuple[Any, ...]:
        """A column of text or JSON values."""
        return cast("tuple[Any, ...]", self.columns[name])

    def where(self, keep: np.ndarray[Any, Any]) -> EdgeTable:
        """The edges of a mask, in the same order. O(edges)."""
        if bool(keep.all()):
            return self
        places = np.flatnonzero(keep)
        columns = {name: _taken(values, places) for name, values in self.columns.items()}
        ids = tuple(map(self.ids.__getitem__, places.tolist()))
        return EdgeTable(self.spec, ids, _frozen(self.source[places]), _frozen(self.target[places]), columns)

    def rows(self, nodes: Mapping[NodeKind, NodeTable]) -> Iterator[dict[str, Any]]:
        """The edges as JSON objects of id, ends and columns, empty values left out."""
        targets = nodes[self.spec.target].ids
        ends = zip(self.ids, self.source_kinds(), self.source.tolist(), self.target.tolist(), strict=True)
        keys = [
            {"id": id_, "source_id": nodes[kind].ids[source], "target_id": targets[target]}
            for id_, kind, source, target in ends
        ]
        return _rows(self.spec.columns, self.columns, keys)

    def source_kinds(self) -> list[NodeKind]:
        """The kind of node each edge begins at. O(edges)."""
        if not self.spec.more_sources:
            return [self.spec.source] * len(self)
        kinds = {str(kind): kind for kind in self.spec.sources}
        column = next(column for column in self.spec.columns if column.name == SOURCE_KIND)
        return [kinds[word] for word in column.plain(self.columns[SOURCE_KIND])]


@dataclass(frozen=True, eq=False)
class AccountGraph:
    """One account at one sequence of its log: every node and edge kind as an ordered table.

    Immutable, so it can be shared between threads and cached. Firm nodes (members, rivals, competitors)
    are in it where the account has to do with them; ties that reach into another account are not.
    """

    account_id: str
    sequence: int
    firm_sequence: int
    nodes: Mapping[NodeKind, NodeTable]
    edges: Mapping[EdgeKind, EdgeTable]
    _memo: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict, repr=False)
    _making: dict[Hashable, Event] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied to another process it leaves behind what was derived."""
        return AccountGraph, (self.account_id, self.sequence, self.firm_sequence, self.nodes, self.edges)

    @property
    def contacts(self) -> NodeTable:
        """The account's people."""
        return self.nodes[NodeKind.CONTACT]

    def on(self, day: date) -> AccountGraph:
        """The same graph with only the edges that hold on `day`: since ≤ day < until. O(edges), kept.

        It is one graph for all days between two on which an edge begins or ends to hold, so what is derived
        from it serves them all.
        """
        number = day_number(day)
        past = np.searchsorted(self.memo("turns", self._turns), number, side="right")
        return self.memo(("on", int(past)), lambda: self._on(number))

    def _turns(self) -> Ints:
        """The days on which an edge begins or ends to hold, in order. O(edges + days between them)."""
        told = [table.array(name) for table in self.edges.values() for name in ("since", "until")]
        days = np.concatenate([column[column != NO_DAY] for column in told])
        if not len(days):
            return days
        first = days.min()
        seen = np.zeros(int(days.max() - first) + 1, dtype=bool)
        seen[days - first] = True
        return np.asarray(np.flatnonzero(seen) + first, dtype=np.int32)

    def _on(self, day: int) -> AccountGraph:
        edges = {}
        for kind, table in self.edges.items():
            since, until = table.array("since"), table.array("until")
            holds = (since <= day) & ((until == NO_DAY) | (day < until))
            edges[kind] = table.where(holds)
        return AccountGraph(self.account_id, self.sequence, self.firm_sequence, self.nodes, edges)

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """Whatever was derived from this graph under `key`: the graph never changes, so it is made once.

        The oldest of `MEMO_ENTRIES` derived values gives way to a new one. Safe between threads: those that
        ask for a value while it is being made wait for it. `make` may ask for other keys, never for this one.
        """
        while True:
            with self._lock:
                if key in self._memo:
                    self._memo.move_to_end(key)
                    return cast(T, self._memo[key])
                made_elsewhere = self._making.get(key)
                if made_elsewhere is None:
                    ready = self._making[key] = Event()
                    break
            made_elsewhere.wait()  # if that failed, the next turn makes it here
        try:
            made = make()
            with self._lock:
                self._memo[key] = made
                while len(self._memo) > MEMO_ENTRIES:
                    self._memo.popitem(last=False)
            return made
        finally:
            with self._lock:
                del self._making[key]
            ready.set()

    def forget(self) -> None:
        """Let go of everything derived; it is made again when asked for."""
        with self._lock:
            self._memo.clear()

    @property
    def nbytes(self) -> int:
        """About how much memory the tables hold, in bytes. O(columns + nested values)."""
        tables: list[NodeTable | EdgeTable] = [*self.nodes.values(), *self.edges.values()]
        return sum(_size(values) for table in tables for values in (table.ids, *table.columns.values()))

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as networkx holds it: nodes keyed "kind:id", edges keyed by id, columns as attributes.

        Empty values are left out; codes and days come back as words and ISO dates. O(nodes + edges).
        """
        g: nx.MultiDiGraph[str] = nx.MultiDiGraph(account_id=self.account_id, sequence=self.sequence)
        for node_table in self.nodes.values():
            for row in node_table.rows():
                g.add_node(f"{node_table.spec.kind}:{row['id']}", **row)
        for table in self.edges.values():
            for row in table.rows(self.nodes):
                source = f"{table.spec.source_of(row)}:{row['source_id']}"
                g.add_edge(source, f"{table.spec.target}:{row['target_id']}", key=row["id"], **row)
        return g


def build_graph(
    account_id: str,
    sequence: int,
    firm_sequence: int,
    nodes: Mapping[NodeKind, NodeColumns],
    edges: Mapping[EdgeKind, EdgeColumns],
) -> AccountGraph:
    """An `AccountGraph` from the columns of a store or of files, in any order.

    Nodes are sorted by id, edges by (source id, target id, id). Edges with an end that is not among the
    nodes (people of another account) are left out. O(n log n) in rows.
    """
    tables: dict[NodeKind, NodeTable] = {}
    places: dict[NodeKind, Ints] = {}
    for kind, node_spec in NODE_SPECS.items():
        found = nodes.get(kind)
        tables[kind], places[kind] = _node_table(node_spec, found) if found and found.ids else _no_nodes(kind)
    edge_tables: dict[EdgeKind, EdgeTable] = {}
    for edge_kind, spec in EDGE_SPECS.items():
        its = edges.get(edge_kind)
        edge_tables[edge_kind] = _edge_table(spec, its, places) if its and its.ids else _no_edges(edge_kind)
    return AccountGraph(account_id, sequence, firm_sequence, tables, edge_tables)


@cache
def _no_nodes(kind: NodeKind) -> tuple[NodeTable, Ints]:
    """The table of a kind there is nothing of: most kinds of a small account, so it is made once."""
    return _node_table(NODE_SPECS[kind], NodeColumns((), (), {}))


@cache
def _no_edges(kind: EdgeKind) -> EdgeTable:
    spec = EDGE_SPECS[kind]
    nowhere = {node: np.empty(0, dtype=np.int32) for node in (*spec.sources, spec.target)}
    return _edge_table(spec, EdgeColumns((), (), (), {}), nowhere)


def _node_table(spec: NodeSpec, given: NodeColumns) -> tuple[NodeTable, Ints]:
    order = sorted(range(len(given.ids)), key=given.ids.__getitem__)
    ids = tuple(map(given.ids.__getitem__, order))
    rows = np.array(order, dtype=np.int64)
    place = np.full(max(given.slots, default=-1) + 1, -1, dtype=np.int32)
    place[np.array(given.slots, dtype=np.int64)[rows]] = np.arange(len(rows), dtype=np.int32)
    columns = _decoded(spec.columns, given.columns, rows, len(rows))
    return NodeTable(spec, ids, columns, dict(zip(ids, range(len(ids)), strict=True))), place


def _edge_table(spec: EdgeSpec, given: EdgeColumns, places: Mapping[NodeKind, Ints]) -> EdgeTable:
    source, source_kind = _sources(spec, given, places)
    target = _positions(given.targets, places[spec.target])
    inside = np.flatnonzero((source >= 0) & (target >= 0))
    ids = np.array(given.ids, dtype=object)[inside]
    by_id = np.argsort(ids, kind="stable") if len(ids) else inside
    rows = inside[by_id]
    rows = rows[np.lexsort((target[rows], source[rows], source_kind[rows]))]
    columns = _decoded(spec.columns, given.columns, rows, len(given.ids))
    kept_ids = tuple(map(given.ids.__getitem__, rows.tolist()))
    return EdgeTable(spec, kept_ids, _frozen(source[rows]), _frozen(target[rows]), columns)


def _sources(spec: EdgeSpec, given: EdgeColumns, places: Mapping[NodeKind, Ints]) -> tuple[Ints, Ints]:
    """Where each edge begins: the position among nodes of its source's kind, and which kind that is."""
    source = _positions(given.sources, places[spec.source])
    which = np.zeros(len(source), dtype=np.int32)
    said = np.array(given.columns.get(SOURCE_KIND, ()), dtype=object)
    for number, kind in enumerate(spec.more_sources, 1):
        rows = np.flatnonzero(said == kind)
        source[rows] = _positions([given.sources[row] for row in rows.tolist()], places[kind])
        which[rows] = number
    return source, which


def _positions(slots: Sequence[int], place: Ints) -> Ints:
    wanted = np.array(slots, dtype=np.int64)
    known = (wanted >= 0) & (wanted < len(place))
    found = np.full(len(wanted), -1, dtype=np.int32)
    found[known] = place[wanted[known]]
    return found


def _decoded(
    columns: Sequence[Column], given: Mapping[str, Sequence[Any]], rows: np.ndarray[Any, Any], size: int
) -> dict[str, Values]:
    """The columns with some of the rows they were given, in this order; empty ones of what was not given."""
    return {
        column.name: _taken(column.decode(given.get(column.name) or (None,) * size), rows)
        for column in columns
    }


def _taken(values: Values, rows: np.ndarray[Any, Any]) -> Values:
    """The rows of a decoded column, in this order."""
    if isinstance(values, np.ndarray):
        return _frozen(values[rows])
    return tuple(map(values.__getitem__, rows.tolist()))


def _frozen(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    array.flags.writeable = False
    return array


def _size(values: Values) -> int:
    if isinstance(values, np.ndarray):
        return int(values.nbytes)
    first = next(filter(None, values), None)  # all of a column are of its kind
    nested = sum(len(value) * 20 for value in values if value) if isinstance(first, list | dict) else 0
    return 60 * len(values) + nested


def _rows(
    columns: Sequence[Column], values: Mapping[str, Values], keys: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    plain = [(column.name, column.plain(values[column.name])) for column in columns]
    for row, key in enumerate(keys):
        yield {**key, **{name: column[row] for name, column in plain if column[row] is not None}}
