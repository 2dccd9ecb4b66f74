"""An account's graph in one row per kind."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson

from graphsvc.errors import NotFound
from graphsvc.stores.firm import concerned
from graphsvc.stores.port import Sequences
from graphsvc.stores.sqlite.facts import BETWEEN
from graphsvc.stores.sqlite.threads import transaction
from models.enums import NodeKind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import EDGE_SPECS, NODE_SPECS, EdgeSpec, NodeSpec, Spec
from queries.catalog import sql


def sequences(connection: sqlite3.Connection, account_id: str) -> Sequences:
    """How far the logs of the account and of the firm have come. Raises NotFound."""
    return standing(connection, account_id)[0]


def standing(connection: sqlite3.Connection, account_id: str) -> tuple[Sequences, int]:
    """The same, and how many people have been erased. Raises NotFound."""
    row = connection.execute(sql("account_sequences"), {"account": account_id}).fetchone()
    if row is None:
        raise NotFound(NodeKind.ACCOUNT, account_id)
    *ends, erased = row
    return Sequences(*ends), erased


def account_graph(connection: sqlite3.Connection, account_id: str) -> AccountGraph:
    """The account as it stands in one read transaction. Raises NotFound. O(rows)."""
    with transaction(connection, "BEGIN"):
        at = sequences(connection, account_id)
        nodes = {kind: _nodes(connection, spec, account_id) for kind, spec in NODE_SPECS.items()}
        edges = {kind: _edges(connection, spec, account_id) for kind, spec in EDGE_SPECS.items()}
    return build_graph(account_id, at.account, at.firm, concerned(nodes, edges), edges)


def _nodes(connection: sqlite3.Connection, spec: NodeSpec, account_id: str) -> NodeColumns:
    params = {"account": None if spec.firm else account_id}
    slots, ids, *columns = connection.execute(sql("snapshot_nodes", spec), params).fetchone()
    return NodeColumns(orjson.loads(slots), _ids(ids), _columns(spec, columns))


def _edges(connection: sqlite3.Connection, spec: EdgeSpec, account_id: str) -> EdgeColumns:
    row = connection.execute(sql("snapshot_edges", spec), {"account": account_id}).fetchone()
    sources, targets, ids, *columns = row
    return EdgeColumns(orjson.loads(sources), orjson.loads(targets), _ids(ids), _columns(spec, columns))


def _ids(text: str | None) -> list[str]:
    return text.split(BETWEEN) if text else []


def _columns(spec: Spec, texts: list[str]) -> dict[str, Any]:
    return {column.name: orjson.loads(text) for column, text in zip(spec.columns, texts, strict=True)}
