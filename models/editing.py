"""Account graphs with one record more, less or changed: copies that share every table they leave alone.

For questions of the kind "what if": nothing is stored, and the graph edited from is untouched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from models.columns import Column, Values
from models.enums import EdgeKind, Kind, NodeKind
from models.graph import AccountGraph, EdgeTable, NodeTable
from models.records import Body
from models.specs import EdgeSpec

__all__ = ["with_field", "with_record", "without_record"]

Ints = np.ndarray[Any, Any]


def with_record(graph: AccountGraph, kind: Kind, body: Body) -> AccountGraph:
    """The graph with a record in place of the one of its kind and id, or beside the others.

    `body` is the record's whole JSON body (see `models.records.body_of`); it equals the graph built of the
    records with this one among them. An edge's ends must be in the graph: raises KeyError. O(rows of the
    tables that change): of its own, and for a new node of the edges at its kind.
    """
    if isinstance(kind, EdgeKind):
        return _with_edges(graph, {kind: _with_edge(graph, graph.edges[kind], body)})
    table = graph.nodes[kind]
    row = table.position.get(body["id"])
    if row is not None:
        return _with_nodes(graph, kind, _with_cells(table, row, body), lambda ends: ends)
    row = bisect_left(table.ids, body["id"])
    columns = {
        column.name: _inserted(table.columns[column.name], row, _cell(column, body))
        for column in table.spec.columns
    }
    grown = _node_table(table, (*table.ids[:row], body["id"], *table.ids[row:]), columns)
    return _with_nodes(graph, kind, grown, lambda ends: ends + (ends >= row))


def with_field(graph: AccountGraph, kind: Kind, id: str, name: str, value: Any) -> AccountGraph:
    """The graph with another value (as JSON) in one field of one record. Raises KeyError. O(rows).

    Only for fields that are columns and not part of the order of edges.
    """
    table: NodeTable | EdgeTable
    if isinstance(kind, EdgeKind):
        table = graph.edges[kind]
        row = _edge_row(table, id)
    else:
        table = graph.nodes[kind]
        row = table.position[id]
    column = next(column for column in table.spec.columns if column.name == name)
    columns = {**table.columns, name: _replaced(table.columns[name], row, column.decode([value]))}
    if isinstance(table, EdgeTable):
        edges = _edge_table(table, table.ids, table.source, table.target, columns)
        return _with_edges(graph, {table.spec.kind: edges})
    return _with_nodes(graph, table.spec.kind, _node_table(table, table.ids, columns), lambda ends: ends)


def without_record(graph: AccountGraph, kind: Kind, id: str) -> AccountGraph:
    """The graph without a record; a node takes the edges at it along. Raises KeyError. O(rows)."""
    if isinstance(kind, EdgeKind):
        table = graph.edges[kind]
        return _with_edges(graph, {kind: _without_row(table, _edge_row(table, id))})
    nodes = graph.nodes[kind]
    row = nodes.position[id]
    columns = {name: _removed(values, row) for name, values in nodes.columns.items()}
    fewer = _node_table(nodes, nodes.ids[:row] + nodes.ids[row + 1 :], columns)
    gone = {
        edges.spec.kind: edges.where(~_touches(edges, kind, row))
        for edges in graph.edges.values()
        if _meets(edges.spec, kind)
    }
    return _with_nodes(_with_edges(graph, gone), kind, fewer, lambda ends: ends - (ends > row))


def _with_edge(graph: AccountGraph, table: EdgeTable, body: Body) -> EdgeTable:
    if body["id"] in table.ids:
        table = _without_row(table, table.ids.index(body["id"]))
    spec = table.spec
    begins = spec.source_of(body)
    source = graph.nodes[begins].position[body["source_id"]]
    target = graph.nodes[spec.target].position[body["target_id"]]
    row = _place(table, begins, source, target, body["id"])
    columns = {
        column.name: _inserted(table.columns[column.name], row, _cell(column, body))
        for column in spec.columns
    }
    ids = (*table.ids[:row], body["id"], *table.ids[row:])
    sources, targets = np.insert(table.source, row, source), np.insert(table.target, row, target)
    return _edge_table(table, ids, sources, targets, columns)


def _place(table: EdgeTable, begins: NodeKind, source: int, target: int, id: str) -> int:
    """The row at which an edge stands or would stand, in the order of `EdgeTable`."""
    spec, begin, end = table.spec, 0, len(table)
    keys = [(table.source, source), (table.target, target)]
    if spec.more_sources:
        number = {kind: place for place, kind in enumerate(spec.sources)}
        keys.insert(0, (np.array([number[kind] for kind in table.source_kinds()]), number[begins]))
    for values, value in keys:
        first, last = (int(np.searchsorted(values[begin:end], value, side)) for side in ("left", "right"))
        begin, end = begin + first, begin + last
    return bisect_left(table.ids, id, begin, end)


def _without_row(table: EdgeTable, row: int) -> EdgeTable:
    columns = {name: _removed(values, row) for name, values in table.columns.items()}
    ids = table.ids[:row] + table.ids[row + 1 :]
    return _edge_table(table, ids, np.delete(table.source, row), np.delete(table.target, row), columns)


def _touches(table: EdgeTable, kind: NodeKind, row: int) -> Ints:
    """Which edges begin or end at a node."""
    found = np.zeros(len(table), dtype=bool)
    if table.spec.target is kind:
        found |= table.target == row
    if kind in table.spec.sources:
        found |= (table.source == row) & _begin_at(table, kind)
    return found


def _meets(spec: EdgeSpec, kind: NodeKind) -> bool:
    return kind is spec.target or kind in spec.sources


def _begin_at(table: EdgeTable, kind: NodeKind) -> Ints:
    return np.array([each is kind for each in table.source_kinds()], dtype=bool)


def _with_nodes(
    graph: AccountGraph, kind: NodeKind, table: NodeTable, moved: Callable[[Ints], Ints]
) -> AccountGraph:
    """The graph with another node table, the ends of edges at its kind moved along."""
    nodes = {**graph.nodes, kind: table}
    edges = dict(graph.edges)
    if len(table) != len(graph.nodes[kind]):
        for edge_kind, each in graph.edges.items():
            if not _meets(each.spec, kind):
                continue
            source, target = each.source, each.target
            if kind in each.spec.sources:
                source = np.where(_begin_at(each, kind), moved(source), source).astype(np.int32)
            if each.spec.target is kind:
                target = moved(target).astype(np.int32)
            edges[edge_kind] = _edge_table(each, each.ids, source, target, each.columns)
    return AccountGraph(graph.account_id, graph.sequence, graph.firm_sequence, nodes, edges)


def _with_edges(graph: AccountGraph, changed: Mapping[EdgeKind, EdgeTable]) -> AccountGraph:
    edges = {**graph.edges, **changed}
    return AccountGraph(graph.account_id, graph.sequence, graph.firm_sequence, graph.nodes, edges)


def _with_cells(table: NodeTable, row: int, body: Body) -> NodeTable:
    columns = {
        column.name: _replaced(table.columns[column.name], row, _cell(column, body))
        for column in table.spec.columns
    }
    return _node_table(table, table.ids, columns)


def _node_table(table: NodeTable, ids: tuple[str, ...], columns: Mapping[str, Values]) -> NodeTable:
    position = table.position if ids is table.ids else {id_: row for row, id_ in enumerate(ids)}
    return NodeTable(table.spec, ids, columns, position)


def _edge_table(
    table: EdgeTable, ids: tuple[str, ...], source: Ints, target: Ints, columns: Mapping[str, Values]
) -> EdgeTable:
    for end in (source, target):
        end.flags.writeable = False
    return EdgeTable(table.spec, ids, source, target, columns)


def _edge_row(table: EdgeTable, id: str) -> int:
    try:
        return table.ids.index(id)
    except ValueError:
        raise KeyError(id) from None


def _cell(column: Column, body: Body) -> Values:
    return column.decode([body.get(column.name)])


def _inserted(values: Values, row: int, cell: Values) -> Values:
    if isinstance(values, tuple):
        return (*values[:row], cell[0], *values[row:])
    return _frozen(np.insert(values, row, cell[0]))


def _replaced(values: Values, row: int, cell: Values) -> Values:
    if isinstance(values, tuple):
        return (*values[:row], cell[0], *values[row + 1 :])
    changed = values.copy()
    changed[row] = cell[0]
    return _frozen(changed)


def _removed(values: Values, row: int) -> Values:
    return values[:row] + values[row + 1 :] if isinstance(values, tuple) else _frozen(np.delete(values, row))


def _frozen(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    array.flags.writeable = False
    return array
