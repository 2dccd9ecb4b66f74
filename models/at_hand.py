"""Records at hand: their account graph without a store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.enums import Kind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, Spec
from models.records import Body, account_of


def graph_of(
    account_id: str, records: Iterable[tuple[Kind, Body]], sequence: int = 0, firm_sequence: int = 0
) -> AccountGraph:
    """The account graph of records at hand; those that lie in no store have sequence 0. O(n log n)."""
    bodies: dict[Kind, list[Body]] = {kind: [] for kind in KINDS}
    for kind, body in records:
        owner = account_of(kind, body)
        if owner in (None, account_id):
            bodies[kind].append(body)
    index = {kind: {body["id"]: slot for slot, body in enumerate(bodies[kind])} for kind in NODE_SPECS}
    nodes, edges = {}, {}
    for node_kind, node_spec in NODE_SPECS.items():
        rows = bodies[node_kind]
        nodes[node_kind] = NodeColumns(
            range(len(rows)), [row["id"] for row in rows], _columns(node_spec, rows)
        )
    for edge_kind, spec in EDGE_SPECS.items():
        rows = bodies[edge_kind]
        sources = [index[spec.source_of(row)].get(row["source_id"], -1) for row in rows]
        targets = [index[spec.target].get(row["target_id"], -1) for row in rows]
        edges[edge_kind] = EdgeColumns(sources, targets, [row["id"] for row in rows], _columns(spec, rows))
    return build_graph(account_id, sequence, firm_sequence, nodes, edges)


def _columns(spec: Spec, rows: list[Body]) -> dict[str, list[Any]]:
    return {column.name: [row.get(column.name) for row in rows] for column in spec.columns} if rows else {}
