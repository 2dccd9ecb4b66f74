"""The one place that knows which stores there are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graphsvc.errors import StartRefused
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore


async def open_store(url: str, settings: Settings) -> GraphStore:
    """The store that `url` names: `sqlite:///path`, `neo4j://host`, `neo4j+s://host`, `bolt://host`.

    `sqlite:////absolute.db` has four slashes. Raises StartRefused with what is wrong and what helps.
    """
    if is_file(url):
        from graphsvc.stores.sqlite import SqliteStore

        return await SqliteStore.open(_path(url), settings)
    from graphsvc.stores.neo4j import Neo4jStore  # the driver is slow to import; most runs never need it

    return await Neo4jStore.open(url, settings)


async def open_beside(url: str, settings: Settings) -> GraphStore:
    """The same store, only to be read, also while a service has it. Raises StartRefused."""
    if is_file(url):
        from graphsvc.stores.sqlite import SqliteStore

        return await SqliteStore.beside(_path(url), settings)
    return await open_store(url, settings)


def check_backup(path: Path) -> None:
    """Raises StartRefused for what is no backup in a store's own form, of whatever schema. Blocks."""
    from graphsvc.stores.sqlite.opening import check_database

    check_database(path)


async def open_backup(path: Path, settings: Settings) -> GraphStore:
    """A backup in a store's own form, only to be read. Raises StartRefused."""
    from graphsvc.stores.sqlite import SqliteStore

    return await SqliteStore.beside(path, settings)


@asynccontextmanager
async def new_place(url: str, settings: Settings, backup: Path) -> AsyncIterator[GraphStore]:
    """An empty store to restore into; others can open it only when the block has ended well.

    Where `backup` is of the store's own form, it holds a copy of it already. What a restore that was cut off
    has left is begun anew. Raises BackupFailed for a place that is not empty, StartRefused.
    """
    if is_file(url):
        from graphsvc.stores.sqlite import SqliteStore

        async with SqliteStore.new(_path(url), settings, backup) as filled:
            yield filled
        return
    from graphsvc.stores.neo4j import Neo4jStore

    store = await Neo4jStore.open(url, settings, restoring=True)
    try:
        await store.begin_restore()
        yield store
        await store.end_restore()
    finally:
        await store.close()


def is_file(url: str) -> bool:
    """Whether a store is a file, not a server. Raises StartRefused for what is neither."""
    scheme = url.partition("://")[0]
    if scheme not in ("sqlite", "neo4j", "neo4j+s", "bolt", "bolt+s"):
        raise StartRefused(
            f"{scheme} is not a kind of store; use sqlite:///path, neo4j://host or bolt://host.",
            f"不支持的存储类型 {scheme}；请使用 sqlite:///路径、neo4j://主机 或 bolt://主机。",
        )
    return scheme == "sqlite"


def _path(url: str) -> Path:
    path = url.removeprefix("sqlite://").removeprefix("/")
    if not path:
        raise StartRefused(
            f"{url} names no file; write sqlite:///path.", f"{url} 未指定文件；请写成 sqlite:///路径。"
        )
    return Path(path).absolute()
