"""Many writers in each other's way, and connections that are gone when they are needed: never a 500."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from neo4j import AsyncGraphDatabase

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from tests.contract.writing import EVERYTHING, E, N, acme, change_set, put, tie, whole_log, write
from tests.faults.test_cancelled import left_at
from tests.lengths import rounds
from tests.neo4j_server import GivenServer, Neo4jServer
from tests.stores import neo4j_store, settings_of, wipe

WRITERS = 16
TIRED = 40
"""How often a client sends a write that is refused for now."""


@pytest.fixture
async def store(neo4j_server: GivenServer) -> AsyncIterator[GraphStore]:
    """The store over two accounts."""
    await wipe(neo4j_server)
    async with neo4j_store(neo4j_server) as opened:
        await acme(opened)
        yield opened


@pytest.mark.parametrize("crossing", [False, True], ids=["one account", "two in opposite order"])
async def test_sixteen_writers(
    store: GraphStore, crossing: bool, record_property: Callable[[str, object], None]
) -> None:
    """Each change set puts a tie, and names its ends in the order the writer likes."""
    before = {log: len(await whole_log(store, log)) for log in ("acme", "bolt")}
    answers: Counter[int] = Counter()

    async def writer(client: httpx.AsyncClient, number: int) -> None:
        others = ("zoe", "ana") if crossing else ("ben", "ana")
        source, target = others if number % 2 else others[::-1]
        for round_ in range(rounds(3, 20)):
            id_ = f"t{number}-{round_}"
            record = {"id": id_, "source_id": source, "target_id": target, "weight": 0.5}
            change = {"changes": [{"put": "influences", "record": record}]}
            for _ in range(TIRED):
                answer = await client.post(
                    "/api/v1/changesets", json=change, headers={"Idempotency-Key": id_}
                )
                answers[answer.status_code] += 1
                if answer.status_code == 200:
                    break
                assert answer.status_code in (409, 503), answer.text
            else:
                raise AssertionError("never its turn")

    app = create_app(settings_of(), store)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        await asyncio.gather(*(writer(client, number) for number in range(WRITERS)))
    total = WRITERS * rounds(3, 20)
    for log in ("acme", "bolt") if crossing else ("acme",):
        entries = await whole_log(store, log)
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert len(entries) == before[log] + total
    found = await store.find(EVERYTHING, E.INFLUENCES, limit=1000)
    assert len(found) == total
    assert {row.revision for row in found} == {1}
    where = "two accounts in opposite order" if crossing else "one account"
    told = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
    record_property(
        "counts", f"{WRITERS} writers on {where}: {told}; {total} acknowledged, 0 lost, 0 doubled"
    )


async def test_connections_cut_while_idle_are_not_noticed(
    store: GraphStore, neo4j_server: GivenServer
) -> None:
    await asyncio.gather(*(store.accounts(EVERYTHING) for _ in range(8)))
    async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
        listed = await driver.execute_query(
            "CALL dbms.listConnections() YIELD connectionId, userAgent "
            "WHERE userAgent = 'graphsvc' RETURN collect(connectionId) AS ids"
        )
        ids = listed.records[0]["ids"]
        assert len(ids) >= 2
        await driver.execute_query("CALL dbms.killConnections($ids)", ids=ids)
    assert (await write(store, put(N.CONTACT, "eve"), tie(E.KNOWS, "mia", "eve"))).put == 2
    assert len((await store.account_graph(EVERYTHING, "acme")).contacts) == 5
    assert all(await asyncio.gather(*(store.accounts(EVERYTHING) for _ in range(8))))


@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
async def test_who_leaves_takes_connection_and_transaction_along(
    store: GraphStore, neo4j_server: GivenServer
) -> None:
    for step in range(1, 40, 3):
        assert await left_at(store.apply(EVERYTHING, change_set(put(N.CONTACT, f"p{step}"))), step)
    await store.accounts(EVERYTHING)
    gc.collect()
    async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
        listed = await driver.execute_query(
            "CALL dbms.listConnections() YIELD userAgent "
            "WHERE userAgent = 'graphsvc' RETURN count(*) AS number"
        )
        opened = await driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery RETURN count(*) AS number")
    assert listed.records[0]["number"] <= 2
    assert opened.records[0]["number"] == 1  # the question itself


async def test_a_server_started_again_in_order_is_used_again(breakable_neo4j: Neo4jServer) -> None:
    await wipe(breakable_neo4j)
    async with neo4j_store(breakable_neo4j) as store:
        await acme(store)
        await asyncio.to_thread(breakable_neo4j.stop)
        await asyncio.to_thread(breakable_neo4j.start)
        assert (await write(store, put(N.CONTACT, "eve"))).put == 1
        assert len((await store.account_graph(EVERYTHING, "acme")).contacts) == 5
