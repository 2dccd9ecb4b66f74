"""The one place that knows which stores there are."""

from __future__ import annotations

from pathlib import Path

from graphsvc.errors import StartRefused
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore


async def open_store(url: str, settings: Settings) -> GraphStore:
    """The store that `url` names: `sqlite:///path`, `neo4j://host`, `neo4j+s://host`, `bolt://host`.

    `sqlite:////absolute.db` has four slashes. Raises StartRefused with what is wrong and what helps.
    """
    scheme = url.partition("://")[0]
    if scheme == "sqlite":
        from graphsvc.stores.sqlite import SqliteStore

        return await SqliteStore.open(_path(url), settings)
    if scheme in ("neo4j", "neo4j+s", "bolt", "bolt+s"):
        from graphsvc.stores.neo4j import Neo4jStore  # the driver is slow to import; most runs never need it

        return await Neo4jStore.open(url, settings)
    raise StartRefused(
        f"{scheme} is not a kind of store; use sqlite:///path, neo4j://host or bolt://host.",
        f"不支持的存储类型 {scheme}；请使用 sqlite:///路径、neo4j://主机 或 bolt://主机。",
    )


def _path(url: str) -> Path:
    path = url.removeprefix("sqlite://").removeprefix("/")
    if not path:
        raise StartRefused(
            f"{url} names no file; write sqlite:///path.", f"{url} 未指定文件；请写成 sqlite:///路径。"
        )
    return Path(path).absolute()
