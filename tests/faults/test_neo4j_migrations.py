"""Migrations of a Neo4j database: one service at a time, begun anew when cut off, a newer schema refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from neo4j import AsyncGraphDatabase
from pydantic import SecretStr

from graphsvc.errors import StartRefused
from graphsvc.features.merging.service import merge
from graphsvc.stores.keeping import Kept
from graphsvc.stores.merges import MERGES
from graphsvc.stores.neo4j import schema
from graphsvc.stores.neo4j.server import Server
from tests.contract.writing import EVERYTHING, N, acme
from tests.neo4j_server import GivenServer
from tests.stores import neo4j_store, settings_of, wipe

REAL = schema.FILLS
FILLED = "MATCH (n:Contact) SET n.hits = coalesce(n.hits, 0) + 1"
COUNTED = "MATCH (n:Contact) RETURN collect(n.hits)"


async def told(server: GivenServer, text: str, **params: Any) -> Any:
    """What the database says, asked beside the service."""
    async with AsyncGraphDatabase.driver(server.url, auth=server.auth) as driver:
        found = await driver.execute_query(text, params)
    return found.records[0][0] if found.records else None


async def opened(server: GivenServer) -> Server:
    """The way to the server, without a store."""
    user, password = server.auth
    return Server(server.url, settings_of(store_user=user, store_password=SecretStr(password)))


@pytest.fixture
async def old(neo4j_server: GivenServer) -> AsyncIterator[int]:
    """A database of the newest schema there really is; afterwards it is so again."""
    await wipe(neo4j_server)
    async with neo4j_store(neo4j_server) as store:
        await acme(store)
    yield schema.newest()
    await told(
        neo4j_server,
        "MATCH (m:Meta {name: 'schema'}) SET m.version = $version "
        "WITH m MATCH (n:Contact) REMOVE n.hits WITH DISTINCT m MATCH (o:Meta {name: 'migration'}) DELETE o",
        version=len(REAL),
    )


async def test_a_database_of_before_is_told_its_merges_once(old: int, neo4j_server: GivenServer) -> None:
    async with neo4j_store(neo4j_server) as store:
        revision = (await store.get(EVERYTHING, N.CONTACT, "ana")).revision
        await merge(store, EVERYTHING, "ana", {"duplicate_id": "ben"}, revision, "request-1")
        await store.throw_away(MERGES, ["ben"])
    await told(neo4j_server, "MATCH (m:Meta {name: 'schema'}) SET m.version = 4")
    async with neo4j_store(neo4j_server) as store:
        assert await store.kept_in(MERGES) == [Kept(MERGES, "ben", "ana", version=1)]


async def test_of_services_that_start_at_once_one_migrates(
    old: int, neo4j_server: GivenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    async def fill(_: Server, deadline_s: float) -> None:
        runs.append(deadline_s)
        await told(neo4j_server, FILLED)

    monkeypatch.setattr(schema, "FILLS", (*REAL, fill))

    async def start() -> int:
        async with neo4j_store(neo4j_server) as store:
            assert (await store.get(EVERYTHING, N.CONTACT, "ana")).revision == 1
            return (await store.migrated()).after

    assert await asyncio.gather(*(start() for _ in range(5))) == [old + 1] * 5
    assert len(runs) == 1
    assert set(await told(neo4j_server, COUNTED)) == {1}


async def test_a_fill_that_was_cut_off_is_begun_anew(
    old: int, neo4j_server: GivenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    async def fill(_: Server, deadline_s: float) -> None:
        runs.append(deadline_s)
        await told(neo4j_server, "MATCH (n:Contact {id: 'ana'}) SET n.hits = 1")
        if len(runs) == 1:
            raise KeyboardInterrupt
        await told(neo4j_server, "MATCH (n:Contact) SET n.hits = 1")

    monkeypatch.setattr(schema, "FILLS", (*REAL, fill))
    monkeypatch.setattr(schema, "LEASE_S", 1)
    server = await opened(neo4j_server)
    with pytest.raises(KeyboardInterrupt):
        await schema.ensure(server, 5, 30)
    await server.close()
    assert await told(neo4j_server, "MATCH (m:Meta {name: 'schema'}) RETURN m.version") == old
    async with neo4j_store(neo4j_server) as store:
        assert (await store.migrated()).before == old
    assert len(runs) == 2
    assert set(await told(neo4j_server, COUNTED)) == {1}


async def test_a_newer_schema_is_refused_and_left_as_it_was(old: int, neo4j_server: GivenServer) -> None:
    await told(neo4j_server, "MATCH (m:Meta {name: 'schema'}) SET m.version = $version", version=old + 1)
    with pytest.raises(StartRefused, match=f"newer version \\(schema {old + 1}\\)"):
        async with neo4j_store(neo4j_server):
            raise AssertionError("opened")
    assert await told(neo4j_server, "MATCH (m:Meta {name: 'schema'}) RETURN m.version") == old + 1


async def test_integrity_names_a_missing_constraint_a_loose_edge_and_a_short_log(
    old: int, neo4j_server: GivenServer
) -> None:
    async with neo4j_store(neo4j_server) as store:
        assert await store.integrity(EVERYTHING) == []
        await told(neo4j_server, "DROP CONSTRAINT contact_id")
        await told(
            neo4j_server, "MATCH (c:Contact {id: 'ana'}), (m:Member {id: 'mia'}) CREATE (m)-[:KNOWS]->(c)"
        )
        await told(neo4j_server, "MATCH (l:Log {account: 'bolt'}) DELETE l")
        said = [flaw.en for flaw in await store.integrity(EVERYTHING)]
        assert len(said) == 3
        assert "Constraint contact_id is missing." in said
        assert "Log bolt does not end where its head says." in said
        await told(neo4j_server, "CREATE CONSTRAINT contact_id FOR (n:Contact) REQUIRE n.id IS UNIQUE")
