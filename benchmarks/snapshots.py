"""Account graphs read from both stores, beside the bare query of their columns and other ways to read.

Bare: our own columnar queries, their answers thrown away. Rows: the same values a row per record. Objects
(Neo4j): nodes and relationships as the driver makes them. Neo4j is measured where Java and Maven are there,
as users run it and warm: what it compiles after some rounds takes half the time.
SQLite's columns are no race against its rows: they are there for the interpreter's lock, which a row gives
away each time (`beside_python` measures that).
"""

from __future__ import annotations

import asyncio
import math
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from neo4j import AsyncGraphDatabase

from benchmarks.figures import Figure
from benchmarks.invent import SCOPE, fill
from benchmarks.serving import settings_of
from graphsvc.stores.neo4j.snapshot import NOTHING, SLICE
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore
from models.kinds import SPECS, EdgeSpec, NodeSpec, Spec
from queries.catalog import cypher, label, property_name, relationship_type, sql
from tests.neo4j_server import AS_USED, Neo4jServer, what_is_missing

PEOPLE, WARM, RUNS = 2_000, 10, 7
Way = Callable[[], Awaitable[Any]]


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    yield from asyncio.run(_sqlite())
    if missing := what_is_missing():
        print(f"snapshots of Neo4j are not measured: {missing}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        server = Neo4jServer(Path(folder), flags=AS_USED)
        try:
            server.start()
            yield from asyncio.run(_neo4j(server))
        finally:
            server.kill()


async def _filled(url: str, **more: Any) -> GraphStore:
    patient = dict.fromkeys(("read_deadline_s", "write_deadline_s", "request_deadline_s"), 60.0)
    settings = settings_of(store_url=url, cache_bytes=0, bulk_deadline_s=120, **patient, **more)
    store = await open_store(url, settings)
    await fill(store, PEOPLE)
    return store


async def _sqlite() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        path = Path(folder) / "bench.db"
        store = await _filled(f"sqlite:///{path}")
        try:
            ways: dict[str, Way] = {
                "ours": lambda: store.account_graph(SCOPE, "bench"),
                "bare": lambda: asyncio.to_thread(_sqlite_bare, path),
                "rows": lambda: asyncio.to_thread(_sqlite_rows, path),
            }
            return _figures("SQLite", await _in_turns(ways), {"rows": -math.inf})
        finally:
            await store.close()


def _sqlite_bare(path: Path) -> None:
    connection = sqlite3.connect(path)
    for spec in SPECS:
        name = "snapshot_edges" if isinstance(spec, EdgeSpec) else "snapshot_nodes"
        owner = None if isinstance(spec, NodeSpec) and spec.firm else "bench"
        connection.execute(sql(name, spec), {"account": owner}).fetchone()
    connection.close()


def _sqlite_rows(path: Path) -> None:
    connection = sqlite3.connect(path)
    for spec in SPECS:
        edge = isinstance(spec, EdgeSpec)
        columns = [f"c{place}" for place, _ in enumerate(spec.columns)]
        keys = ["source", "target", "id"] if edge else ["pk", "id"]
        owner = None if isinstance(spec, NodeSpec) and spec.firm else "bench"
        table = "edge" if edge else "node"
        text = f"SELECT {', '.join(keys + columns)} FROM {table} WHERE account IS ? AND kind = ?"
        for row in connection.execute(text, (owner, str(spec.kind))):
            [None if value is None else orjson.loads(value) for value in row[len(keys) :]]
    connection.close()


async def _neo4j(server: Neo4jServer) -> list[Figure]:
    user, password = server.auth
    store = await _filled(server.url, store_user=user, store_password=password)
    driver = AsyncGraphDatabase.driver(server.url, auth=server.auth, notifications_min_severity="OFF")

    given: Mapping[str, Any] = {"account": "bench", "after": "", "limit": SLICE, "nothing": NOTHING}

    async def all_kinds(text_of: Callable[[Spec], str]) -> None:
        async with driver.session() as session:
            for spec in SPECS:
                result = await session.run(text_of(spec), given)  # type: ignore[arg-type]
                _ = [record.values() async for record in result]

    try:
        ways: dict[str, Way] = {
            "ours": lambda: store.account_graph(SCOPE, "bench"),
            "bare": lambda: all_kinds(_columnar),
            "rows": lambda: all_kinds(lambda spec: _matched(spec, values=True)),
            "objects": lambda: all_kinds(lambda spec: _matched(spec, values=False)),
        }
        return _figures("Neo4j", await _in_turns(ways), {"rows": 4, "objects": 6}, most=1.5)
    finally:
        await driver.close()
        await store.close()


def _columnar(spec: Spec) -> str:
    if isinstance(spec, EdgeSpec):
        return cypher("snapshot_edges", spec)
    return cypher("snapshot_firm_nodes" if spec.firm else "snapshot_nodes", spec)


def _matched(spec: Spec, values: bool) -> str:
    """A row per record: its values, or the record as an object."""
    match, ends = f"MATCH (n:{label(spec)})", "n.slot"  # type: ignore[arg-type]
    if isinstance(spec, EdgeSpec):
        match, ends = f"MATCH (s)-[n:{relationship_type(spec)}]->(t)", "s.slot, t.slot"
    where = "" if getattr(spec, "firm", False) else " WHERE n.account = $account"
    fields = ["id", *(property_name(spec, column.name) for column in spec.columns)]
    told = ", ".join(f"n.{field}" for field in fields) if values else "n"
    return f"{match}{where} RETURN {ends}, {told}"


async def _in_turns(ways: dict[str, Way]) -> dict[str, float]:
    loop, times = asyncio.get_running_loop(), {name: list[float]() for name in ways}
    for turn in range(WARM + RUNS):
        for name, way in ways.items():
            start = loop.time()
            await way()
            if turn >= WARM:
                times[name].append(loop.time() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _figures(
    store: str, times: dict[str, float], least: Mapping[str, float], most: float = math.inf
) -> list[Figure]:
    what = f"{store}, {PEOPLE:,} people:"
    told = {"rows": "rows of values", "objects": "nodes and relationships as objects"}
    bare = times["ours"] / times["bare"]
    return [
        Figure("snapshots", f"{what} ours beside its bare columnar query", bare, most=most),
        *(
            Figure("snapshots", f"{what} {told[name]}", times[name] / times["ours"], least=goal)
            for name, goal in least.items()
        ),
    ]
