"""An account's graph in two rows, one of nodes and one of edges."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

from graphsvc.errors import NotFound
from graphsvc.stores.firm import concerned
from graphsvc.stores.port import Sequences
from graphsvc.stores.sqlite.facts import BETWEEN
from graphsvc.stores.sqlite.threads import transaction
from models.enums import EdgeKind, NodeKind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import EDGE_SPECS, NODE_SPECS, Spec
from queries.catalog import sql, sql_side_by_side


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
        nodes, edges = _nodes(connection, account_id), _edges(connection, account_id)
    return build_graph(account_id, at.account, at.firm, concerned(nodes, edges), edges)


def _nodes(connection: sqlite3.Connection, account_id: str) -> dict[NodeKind, NodeColumns]:
    found = _rows(connection, "snapshot_nodes", tuple(NODE_SPECS.values()), account_id)
    return {
        kind: NodeColumns(orjson.loads(next(found)), _ids(next(found)), _columns(spec, found))
        for kind, spec in NODE_SPECS.items()
    }


def _edges(connection: sqlite3.Connection, account_id: str) -> dict[EdgeKind, EdgeColumns]:
    found = _rows(connection, "snapshot_edges", tuple(EDGE_SPECS.values()), account_id)
    return {
        kind: EdgeColumns(
            orjson.loads(next(found)), orjson.loads(next(found)), _ids(next(found)), _columns(spec, found)
        )
        for kind, spec in EDGE_SPECS.items()
    }


def _rows(
    connection: sqlite3.Connection, name: str, specs: tuple[Spec, ...], account_id: str
) -> Iterator[Any]:
    """What a text gives for each kind, one after another; asked at once, as each answer waits for Python."""
    row = connection.execute(sql_side_by_side(name, *specs), {"account": account_id}).fetchone()
    return iter(row)


def _ids(text: str | None) -> list[str]:
    return text.split(BETWEEN) if text else []


def _columns(spec: Spec, found: Iterator[str]) -> dict[str, Any]:
    return {column.name: orjson.loads(next(found)) for column in spec.columns}
