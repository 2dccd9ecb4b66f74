"""Constraints and indexes of the database, and which version of them it has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from graphsvc.errors import StartRefused
from graphsvc.stores.neo4j import searching
from graphsvc.stores.neo4j.server import Server, ask, tell
from models.kinds import EDGE_SPECS, NODE_SPECS, SPECS
from queries.catalog import CypherText, cypher

Fill = Callable[[Server, float], Awaitable[None]]
FILLS: tuple[Fill | None, ...] = (None, None, searching.fill)
"""What each version computes from the records that are there, begun anew if it was cut off; none: nothing."""
INDEXES_ONLINE_S = 60


def newest() -> int:
    """The version this code writes."""
    return len(FILLS)


async def ensure(server: Server, read_s: float, deadline_s: float) -> None:
    """Make what is missing of the schema; again when a kind is new.

    `read_s` bounds the look at what is there, `deadline_s` each change. Raises StartRefused and
    StoreUnavailable.
    """
    version, kinds, holds_anything = await server.read(
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
    known = sorted(str(spec.kind) for spec in SPECS)
    if version == newest() and kinds == known:
        return
    for text in _statements():
        await server.run(text, deadline_s)
    await server.run(cypher("await_indexes"), deadline_s, seconds=INDEXES_ONLINE_S)
    for fill in FILLS[version or 0 :]:
        if fill is not None:
            await fill(server, deadline_s)
    await server.write(
        lambda transaction: tell(transaction, cypher("set_schema_version"), version=newest(), kinds=known),
        deadline_s,
    )


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
)
_PER_NODE_KIND = ("constrain_nodes", "index_nodes")
_PER_EDGE_KIND = ("constrain_edges", "index_edges")


def _statements() -> list[CypherText]:
    """Every one of them leaves alone what is there already."""
    return [
        *(cypher(name) for name in _ONCE),
        *(cypher(name, spec) for spec in NODE_SPECS.values() for name in _PER_NODE_KIND),
        *(cypher(name, spec) for spec in EDGE_SPECS.values() for name in _PER_EDGE_KIND),
    ]
