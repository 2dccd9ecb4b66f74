"""Which records of the firm (members, rivals, competitors, products) an account has to do with.

Those at the other end of its ties, those its records refer to, and what these refer to in turn (a rival's
competitor). One rule for both stores; the rest of the firm is not part of the account's graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphsvc.stores.draft import named
from graphsvc.stores.facts import Key
from models.changes import Stored
from models.enums import EdgeKind, Kind, NodeKind
from models.graph import EdgeColumns, NodeColumns
from models.kinds import EDGE_SPECS, NODE_SPECS, references, values_at

FIRM_KINDS = tuple(spec.kind for spec in NODE_SPECS.values() if spec.firm)


def firm_keys(stored: Stored) -> Iterator[Key]:
    """The firm's records that a record has as an end or refers to."""
    keys = list(named(stored.kind, stored.body))
    if isinstance(stored.kind, EdgeKind):
        keys += EDGE_SPECS[stored.kind].ends(stored.body)
    return (key for key in keys if key[0] in FIRM_KINDS)


def concerned(
    nodes: Mapping[NodeKind, NodeColumns], edges: Mapping[EdgeKind, EdgeColumns]
) -> dict[NodeKind, NodeColumns]:
    """The nodes of a snapshot: all of the account, and those of the firm it has to do with. O(rows)."""
    slots: dict[NodeKind, set[int]] = {kind: set() for kind in FIRM_KINDS}
    for edge_kind, rows in edges.items():
        spec = EDGE_SPECS[edge_kind]
        # The kinds an edge may begin at are all of accounts or all of the firm, whose slots are one series.
        ends = (*((kind, rows.sources) for kind in spec.sources), (spec.target, rows.targets))
        for end, found in ends:
            if end in slots:
                slots[end].update(found)
    ids: dict[NodeKind, set[str]] = {}
    for kind in FIRM_KINDS:
        each = zip(nodes[kind].slots, nodes[kind].ids, strict=True)
        ids[kind] = {id_ for slot, id_ in each if slot in slots[kind]}
    for edge_kind, rows in edges.items():
        _add(ids, edge_kind, rows.columns, range(len(rows.ids)))
    for kind, row in nodes.items():
        if kind not in ids:
            _add(ids, kind, row.columns, range(len(row.ids)))
    for kind in reversed(FIRM_KINDS):  # a rival comes before its competitor
        known = nodes[kind].ids
        _add(ids, kind, nodes[kind].columns, [place for place, id_ in enumerate(known) if id_ in ids[kind]])
    return {kind: _only(row, ids[kind]) if kind in ids else row for kind, row in nodes.items()}


def _add(
    ids: dict[NodeKind, set[str]], kind: Kind, columns: Mapping[str, Any], rows: range | list[int]
) -> None:
    for reference in references(kind):
        values = columns.get(reference.path[0])
        if reference.kind in ids and values is not None:
            found = (values[row] for row in rows)
            ids[reference.kind].update(
                id_ for value in found if value is not None for id_ in values_at(value, reference.path[1:])
            )


def _only(nodes: NodeColumns, ids: set[str]) -> NodeColumns:
    rows = [row for row, id_ in enumerate(nodes.ids) if id_ in ids]
    columns = {name: [values[row] for row in rows] for name, values in nodes.columns.items()}
    return NodeColumns([nodes.slots[row] for row in rows], [nodes.ids[row] for row in rows], columns)
