"""Records and their JSON bodies: reading, writing, and the way to an account graph without a store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from models.edges import Edge
from models.enums import Kind, NodeKind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, Spec, spec_of
from models.nodes import Node

Record = Node | Edge
Body = dict[str, Any]
"""A record as JSON values; empty fields are left out."""


def read_record(kind: Kind, body: Body) -> Record:
    """The validated record of a JSON body. Raises pydantic.ValidationError."""
    return spec_of(kind).record.model_validate_json(orjson.dumps(body))


def body_of(record: Record) -> Body:
    """The JSON body of a record, without its empty fields."""
    return record.model_dump(mode="json", exclude_none=True)


def account_of(kind: Kind, body: Body) -> str | None:
    """The account a node says it belongs to (an account belongs to itself); None for firm kinds and edges."""
    if kind is NodeKind.ACCOUNT:
        return str(body["id"])
    account = body.get("account_id")
    return None if account is None else str(account)


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
    return {column.name: [row.get(column.name) for row in rows] for column in spec.columns}
