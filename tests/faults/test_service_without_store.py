"""The Neo4j server dies under the running service: answers are problems, nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.settings import Settings
from models.access import Role
from tests.neo4j_server import Neo4jServer
from tests.stores import neo4j_store, wipe

HANGS = 20.0
"""Seconds after which a request counts as hanging; its own deadline is far below."""
ASKED = (
    "/readyz",
    "/api/v1/accounts",
    "/api/v1/accounts/acme",
    "/api/v1/accounts/acme/influencers",
    "/api/v1/accounts/acme/chains",
    "/api/v1/accounts/acme/strength",
    "/api/v1/accounts/acme/graph",
    "/api/v1/accounts/acme/views/influence",
)


@pytest.fixture
async def client(breakable_neo4j: Neo4jServer) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app over the server."""
    await wipe(breakable_neo4j)
    async with neo4j_store(breakable_neo4j) as store:
        transport = httpx.ASGITransport(
            create_app(Settings(_env_file=None, open_door=Role.ADMIN), store), raise_app_exceptions=False
        )
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
            yield opened


async def answered(client: httpx.AsyncClient, method: str, path: str, **more: object) -> httpx.Response:
    """The answer to a request that does not hang."""
    async with asyncio.timeout(HANGS):
        return await client.request(method, path, **more)  # type: ignore[arg-type]


async def made(client: httpx.AsyncClient, number: int) -> httpx.Response:
    """The answer to a new contact."""
    body = {"id": f"c{number}", "account_id": "acme", "name": f"Person {number}"}
    return await answered(client, "POST", "/api/v1/contacts", json=body)


async def recovered(client: httpx.AsyncClient) -> None:
    """Waits until the service answers again, by itself."""
    async with asyncio.timeout(60):
        while (await client.get("/readyz")).status_code != 200:  # noqa: ASYNC110 - another process comes back
            await asyncio.sleep(0.1)


async def written_again(client: httpx.AsyncClient) -> None:
    """Makes contact 99, asking again as long as a server that has just started is too slow."""
    async with asyncio.timeout(60):
        while (answer := await made(client, 99)).status_code == 503:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.1)
    assert answer.status_code in (201, 412), answer.text  # 412: the one before was written after all


async def test_a_killed_server(client: httpx.AsyncClient, breakable_neo4j: Neo4jServer) -> None:
    assert (await answered(client, "POST", "/api/v1/accounts", json={"id": "acme", "name": "A"})).is_success
    ledger = [number for number in range(10) if (await made(client, number)).status_code == 201]
    assert len(ledger) == 10

    writing = asyncio.gather(*(made(client, number) for number in range(10, 30)))
    await asyncio.sleep(0)
    breakable_neo4j.kill()
    for number, answer in enumerate(await writing, start=10):
        assert answer.status_code in (201, 503), answer.text
        ledger += [number] if answer.status_code == 201 else []

    for path in ASKED:
        answer = await answered(client, "GET", path)
        assert answer.status_code == 503, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert "retry-after" in answer.headers
    assert (await answered(client, "GET", "/livez")).status_code == 200

    breakable_neo4j.start()
    await recovered(client)
    for number in ledger:
        assert (await client.get(f"/api/v1/contacts/c{number}")).json()["name"] == f"Person {number}"
    await written_again(client)
    listed = await client.get("/api/v1/contacts", params={"account_id": "acme", "limit": 200})
    names = [row["id"] for row in listed.json()["items"]]
    assert len(names) == len(set(names))
    assert "c99" in names


async def test_a_frozen_server(client: httpx.AsyncClient, breakable_neo4j: Neo4jServer) -> None:
    assert (await answered(client, "POST", "/api/v1/accounts", json={"id": "acme", "name": "A"})).is_success
    breakable_neo4j.freeze()
    answer = await answered(client, "GET", "/api/v1/accounts/acme")
    assert answer.status_code == 503
    refused = await made(client, 1)
    assert refused.status_code == 503
    assert (await answered(client, "GET", "/livez")).status_code == 200
    breakable_neo4j.thaw()
    await recovered(client)
    assert (await client.get("/api/v1/accounts/acme")).json()["name"] == "A"
