"""Every test here runs on every store; no test names one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graphsvc.stores import imports
from graphsvc.stores.port import GraphStore
from tests.contract.writing import acme
from tests.stores import neo4j_store, sqlite_store, wipe

STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[GraphStore]:
    """An empty store."""
    if request.param == "sqlite":
        async with sqlite_store(tmp_path) as opened:
            yield opened
        return
    server = request.getfixturevalue("neo4j_server")
    await wipe(server)
    async with neo4j_store(server) as opened:
        yield opened


@pytest.fixture
async def filled(store: GraphStore) -> GraphStore:
    """A store with the accounts acme and bolt."""
    await acme(store)
    return store


@pytest.fixture
def small_batches(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of four rows, and no patience with what is held."""
    monkeypatch.setattr(type(store), "batch_rows", 4)
    monkeypatch.setattr(imports, "HOLD_WAIT_S", 0)
