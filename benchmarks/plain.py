"""The least an import can do: rows read, validated record by record, written in batches, and nothing else.

Into the same tables, or labels, with the same indexes and constraints as the store's own records; no log, no
rules, no search, no identity across files.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString, cast

import orjson
from neo4j import Driver

from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.stores.codec import body_text
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, NODE_SPECS, spec_of
from models.records import Body, body_of, read_record
from queries.catalog import cypher, property_name, sql

NOW = "2026-11-21T12:00:00.000000Z"
Put = Callable[[Kind, Sequence[Body]], None]


def plainly(files: Sequence[FileOnDisk], size: int, put: Put) -> int:
    """Validate the records of files and put them in batches of one kind; how many they are."""
    written, batch, last = 0, list[Body](), None
    for kind, body in records(files):
        if last is not None and (kind is not last or len(batch) == size):
            put(last, batch)
            batch = []
        last = kind
        written += 1
        batch.append(body_of(read_record(kind, body)))
    assert last is not None
    put(last, batch)
    return written


def records(files: Sequence[FileOnDisk]) -> Iterator[tuple[Kind, Body]]:
    """The records that an import makes of people and ties, straight from the rows, ids made by counting."""
    people = list(csv.DictReader(io.StringIO(files[0].data.decode())))
    yield NodeKind.ACCOUNT, {"id": "bench", "name": "bench"}
    for name in dict.fromkeys(row["department"] for row in people):
        yield NodeKind.DEPARTMENT, {"id": _unit(name), "account_id": "bench", "name": name}
    for row in people:
        way = {"kind": "email", "value": row["email"]}
        person = {"id": row["id"], "account_id": "bench", "name": row["name"], "channels": [way]}
        yield NodeKind.CONTACT, person
    for row in people:
        job = {"source_id": row["id"], "target_id": _unit(row["department"])}
        yield EdgeKind.WORKS_IN, {"id": f"j{row['id']}", **job, "title": row["title"], "rung": row["rung"]}
    for row in people:
        if row["manager_id"]:
            line = {"source_id": row["id"], "target_id": row["manager_id"]}
            yield EdgeKind.REPORTS_TO, {"id": f"r{row['id']}", **line}
    for number, row in enumerate(csv.DictReader(io.StringIO(files[1].data.decode()))):
        ends = {"source_id": row["source"], "target_id": row["target"]}
        yield EdgeKind.INFLUENCES, {"id": f"i{number}", **ends, "weight": float(row["weight"])}


def _unit(department: str) -> str:
    return department.replace("部门 ", "d")


def into_file(path: Path, files: Sequence[FileOnDisk]) -> int:
    """Into a file with the tables of the embedded store, one transaction of 5,000 rows each."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")

        def put(kind: Kind, batch: Sequence[Body]) -> None:
            ends = ("source_id", "target_id") if isinstance(kind, EdgeKind) else ()
            rows = [
                [row["id"], "bench", None, 1, 1, NOW, NOW, body_text(row), *(row[end] for end in ends)]
                for row in batch
            ]
            connection.execute("BEGIN IMMEDIATE")
            text = sql("put_edges" if ends else "put_nodes", spec_of(kind))
            connection.execute(text, {"rows": orjson.dumps(rows).decode()})
            connection.execute("COMMIT")

        return plainly(files, 5_000, put)


def into_server(driver: Driver, files: Sequence[FileOnDisk]) -> int:
    """Into a database with the constraints and indexes of the store, UNWIND over 1,000 rows each."""

    def put(kind: Kind, batch: Sequence[Body]) -> None:
        if isinstance(kind, EdgeKind):
            text = cypher("create_edges", EDGE_SPECS[kind])
            rows = [
                {"source": row["source_id"], "target": row["target_id"], "properties": _properties(kind, row)}
                for row in batch
            ]
        else:
            text = cypher("create_nodes", NODE_SPECS[kind])
            rows = [_properties(kind, row) for row in batch]
        driver.execute_query(cast(LiteralString, text), rows=rows)

    return plainly(files, 1_000, put)


def _properties(kind: Kind, body: Body) -> dict[str, Any]:
    spec = spec_of(kind)
    found: dict[str, Any] = {"account": "bench", "revision": 1, "created_at": NOW, "updated_at": NOW}
    for name, value in body.items():
        if name not in ("source_id", "target_id"):
            stored_as = property_name(spec, name)
            found[stored_as] = value if stored_as == name else body_text(value)
    return found
