"""An account's graph in one question per kind."""

from __future__ import annotations

from typing import Any

import orjson
from neo4j import AsyncManagedTransaction

from graphsvc.errors import NotFound
from graphsvc.stores.firm import concerned
from graphsvc.stores.neo4j.server import ask
from graphsvc.stores.port import Sequences
from models.enums import EdgeKind, NodeKind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import EDGE_SPECS, NODE_SPECS, EdgeSpec, NodeSpec, Spec, nested_fields
from queries.catalog import CypherText, cypher

NOTHING = b""
"""Stands for a missing property, which a list cannot hold; no record has a property of bytes."""

SLICE = 300_000
"""Rows in one answer."""

Columns = tuple[Sequences, dict[NodeKind, NodeColumns], dict[EdgeKind, EdgeColumns]]


async def sequences(transaction: AsyncManagedTransaction, account_id: str) -> Sequences:
    """How far the logs of the account and of the firm have come. Raises NotFound."""
    return (await standing(transaction, account_id))[0]


async def standing(transaction: AsyncManagedTransaction, account_id: str) -> tuple[Sequences, int]:
    """The same, and how many people have been erased. Raises NotFound."""
    found = await ask(transaction, cypher("account_sequences"), account=account_id)
    if found is None:
        raise NotFound(NodeKind.ACCOUNT, account_id)
    *ends, erased = found
    return Sequences(*ends), erased


async def columns(transaction: AsyncManagedTransaction, account_id: str) -> Columns:
    """Everything of an account's snapshot as columns, if no write comes between. Raises NotFound."""
    at = await sequences(transaction, account_id)
    nodes = {kind: await _nodes(transaction, spec, account_id) for kind, spec in NODE_SPECS.items()}
    edges = {kind: await _edges(transaction, spec, account_id) for kind, spec in EDGE_SPECS.items()}
    return at, nodes, edges


def graph_of_columns(account_id: str, found: Columns) -> AccountGraph:
    """The graph of columns as they were read: decoded, the firm pruned, sorted. O(n log n) in rows."""
    at, nodes, edges = found
    plain_nodes = {
        kind: NodeColumns(row.slots, row.ids, _decoded(NODE_SPECS[kind], row.columns))
        for kind, row in nodes.items()
    }
    plain_edges = {
        kind: EdgeColumns(row.sources, row.targets, row.ids, _decoded(EDGE_SPECS[kind], row.columns))
        for kind, row in edges.items()
    }
    return build_graph(account_id, at.account, at.firm, concerned(plain_nodes, plain_edges), plain_edges)


async def _nodes(transaction: AsyncManagedTransaction, spec: NodeSpec, account_id: str) -> NodeColumns:
    if spec.firm:
        found = await _sliced(transaction, cypher("snapshot_firm_nodes", spec), 1)
    else:
        found = await _sliced(transaction, cypher("snapshot_nodes", spec), 1, account=account_id)
    slots, ids, *values = found
    return NodeColumns(slots, ids, _named(spec, values))


async def _edges(transaction: AsyncManagedTransaction, spec: EdgeSpec, account_id: str) -> EdgeColumns:
    found = await _sliced(transaction, cypher("snapshot_edges", spec), 2, account=account_id)
    sources, targets, ids, *values = found
    return EdgeColumns(sources, targets, ids, _named(spec, values))


async def _sliced(
    transaction: AsyncManagedTransaction, text: CypherText, place: int, **params: str
) -> list[list[Any]]:
    """All rows as columns, read in slices so that no question outgrows the server's memory for one.

    The ids stand in column `place`; a slice begins after the last one of the slice before. A column in
    which a slice has nothing comes empty: most fields of most kinds are rarely filled in.
    """
    found: list[list[Any]] = []
    after = ""
    while True:
        row = await ask(transaction, text, after=after, limit=SLICE, nothing=NOTHING, **params)
        rows = len(row[place])
        parts = [part or [NOTHING] * rows for part in row]
        found = [whole + part for whole, part in zip(found, parts, strict=True)] if found else parts
        if rows < SLICE:
            return found
        after = row[place][-1]


def _named(spec: Spec, values: list[Any]) -> dict[str, Any]:
    return {column.name: row for column, row in zip(spec.columns, values, strict=True)}


def _decoded(spec: Spec, given: Any) -> dict[str, Any]:
    nested = nested_fields(spec.kind)
    return {
        name: [
            None if value == NOTHING else orjson.loads(value) if name in nested else value for value in values
        ]
        for name, values in given.items()
    }
