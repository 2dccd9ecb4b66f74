"""A fresh, empty store of each kind, for every test that promises something of all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.neo4j_server import GivenServer

PATIENT = {"read_deadline_s": 60, "write_deadline_s": 60, "request_deadline_s": 60, "bulk_deadline_s": 120}
UNCOUNTED = {f"{use}_per_minute": 0 for use in ("reads", "heavy", "writes", "imports", "sign_ins")}


def settings_of(**changed: Any) -> Settings:
    """Settings from nowhere but here, patient and without quotas.

    Most tests are of what is answered, not of when, to whom or how often.
    """
    return Settings(_env_file=None, **{**PATIENT, **UNCOUNTED, "open_door": Role.ADMIN, **changed})


@asynccontextmanager
async def sqlite_store(folder: Path, **changed: Any) -> AsyncIterator[GraphStore]:
    """An empty store in a file of a folder; opened again, it holds what was written."""
    store = await open_store(f"sqlite:///{folder / 'graph.db'}", settings_of(**changed))
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def neo4j_store(server: GivenServer, **changed: Any) -> AsyncIterator[GraphStore]:
    """The store on a server, with whatever it holds."""
    user, password = server.auth
    changed = {"store_user": user, "store_password": SecretStr(password), **changed}
    store = await open_store(server.url, settings_of(**changed))
    try:
        yield store
    finally:
        await store.close()


async def wipe(server: GivenServer) -> None:
    """Empty the server's database, but for its constraints and indexes."""
    from neo4j import AsyncGraphDatabase

    async with AsyncGraphDatabase.driver(server.url, auth=server.auth) as driver:
        await driver.execute_query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
