"""Constraints and indexes of the database, and which version of them it has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from neo4j import AsyncManagedTransaction

from graphsvc.errors import StartRefused, StoreBusy
from graphsvc.stores.neo4j import erasing, searching
from graphsvc.stores.neo4j.server import Server, ask, tell
from models.kinds import EDGE_SPECS, NODE_SPECS, SPECS
from queries.catalog import CypherText, cypher

Fill = Callable[[Server, float], Awaitable[None]]
FILLS: tuple[Fill | None, ...] = (None, None, searching.fill, None, erasing.fill_merges, None)
"""What each version computes from the records that are there, begun anew if it was cut off; none: nothing."""
INDEXES_ONLINE_S = 60
LEASE_S = 15
"""A service that has been silent so long no longer migrates."""
LOOK_AGAIN_S = 0.2


def newest() -> int:
    """The version this code writes."""
    return len(FILLS)


async def ensure(server: Server, read_s: float, deadline_s: float, restoring: bool = False) -> int:
    """Make what is missing of the schema, again when a kind is new; gives the version there was before.

    `read_s` bounds the look at what is there, `deadline_s` each change. Of several services that start at
    once one migrates, the others wait for it. Raises StartRefused and StoreUnavailable.
    """
    version, kinds = await _checked(server, read_s, restoring)
    before = version or 0
    known = sorted(str(spec.kind) for spec in SPECS)
    if version == newest() and kinds == known:
        return before
    await server.run(cypher("constrain_meta"), deadline_s)
    async with _alone(server, deadline_s) as holder:
        version, kinds = await _checked(server, read_s, restoring)
        if version != newest() or kinds != known:
            await _migrate(server, version or 0, deadline_s)

        async def end(transaction: AsyncManagedTransaction) -> None:
            if not await ask(transaction, cypher("end_migration"), holder=holder):
                raise StoreBusy  # silent too long: another service has taken over, and migrates
            await tell(transaction, cypher("set_schema_version"), version=newest(), kinds=known)

        await server.write(end, deadline_s)
    return before


async def _checked(server: Server, read_s: float, restoring: bool) -> tuple[int | None, list[str] | None]:
    version, kinds, holds_anything, unfinished = await server.read(
        lambda transaction: ask(transaction, cypher("schema_version")), read_s
    )
    if version is None and holds_anything:
        raise StartRefused(
            "The Neo4j database holds other data; choose an empty one with GRAPHSVC_STORE_DATABASE.",
            "该 Neo4j 数据库中已有其他数据；请用 GRAPHSVC_STORE_DATABASE 指定一个空数据库。",
        )
    if version is not None and version > newest():
        raise StartRefused(
            f"The Neo4j database was written by a newer version (schema {version}); update graphsvc.",
            f"该 Neo4j 数据库由更新的版本写入（模式 {version}）；请升级 graphsvc。",
        )
    if unfinished and not restoring:
        raise StartRefused(
            "The Neo4j database holds a restore that was cut off; run graphsvc restore again.",
            "该 Neo4j 数据库中的恢复未完成；请重新运行 graphsvc restore。",
        )
    return version, kinds


async def _migrate(server: Server, version: int, deadline_s: float) -> None:
    for text in _statements():
        await server.run(text, deadline_s)
    await server.run(cypher("await_indexes"), deadline_s, seconds=INDEXES_ONLINE_S)
    for fill in FILLS[version:]:
        if fill is not None:
            await fill(server, deadline_s)


@asynccontextmanager
async def _alone(server: Server, deadline_s: float) -> AsyncIterator[str]:
    """The right to change the schema, kept as long as this process lives; who dies loses it soon."""
    holder = uuid4().hex

    async def take() -> bool:
        return bool(
            await server.write(
                lambda transaction: ask(
                    transaction, cypher("take_migration"), holder=holder, seconds=LEASE_S
                ),
                deadline_s,
            )
        )

    async def keep() -> None:
        while True:
            await asyncio.sleep(LEASE_S / 3)
            await take()

    while True:
        if await take():
            break
        await asyncio.sleep(LOOK_AGAIN_S)
    keeping = asyncio.create_task(keep())
    try:
        yield holder
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


_ONCE = (
    "constrain_meta",
    "constrain_sequences",
    "constrain_change_sets",
    "constrain_logs",
    "index_logs",
    "constrain_stubs",
    "constrain_external_ids",
    "index_search_nodes",
    "index_search_jobs",
    "constrain_imports",
    "constrain_import_holds",
    "constrain_kept",
    "index_kept",
)
_PER_NODE_KIND = ("constrain_nodes", "index_nodes")
_PER_EDGE_KIND = ("constrain_edges", "index_edges")


def constraint_names() -> list[str]:
    """The constraints every database of ours has."""
    found = (re.search(r"^CREATE CONSTRAINT (\w+)", text, re.MULTILINE) for text in _statements())
    return sorted(match.group(1) for match in found if match)


def _statements() -> list[CypherText]:
    """Every one of them leaves alone what is there already."""
    return [
        *(cypher(name) for name in _ONCE),
        *(cypher(name, spec) for spec in NODE_SPECS.values() for name in _PER_NODE_KIND),
        *(cypher(name, spec) for spec in EDGE_SPECS.values() for name in _PER_EDGE_KIND),
    ]
