"""Faults of a Neo4j server under the store: killed while it writes, frozen, away at the start, shared."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction

from graphsvc.errors import OutcomeUnknown, StartRefused, StoreUnavailable
from graphsvc.stores.codec import utc_now
from graphsvc.stores.draft import Draft
from graphsvc.stores.neo4j import Neo4jStore, applying
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore
from tests.contract.writing import (
    EVERYTHING,
    N,
    acme,
    change_set,
    put,
    write,
)
from tests.faults.ledger import Ledger
from tests.faults.writer import SCOPE, asked
from tests.lengths import rounds
from tests.neo4j_server import GivenServer, Neo4jServer
from tests.stores import neo4j_store, settings_of, wipe

ANSWER_S = 20.0
"""Whatever took longer would hang; the deadlines asked of are far below."""
BACK_S = 60.0
WRITERS, ENOUGH = 8, 40


@pytest.fixture
async def driver(neo4j_server: GivenServer) -> AsyncIterator[AsyncDriver]:
    """A way to the database beside the store."""
    async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as opened:
        yield opened


async def back(store: GraphStore) -> None:
    """Return when the store answers again, by itself."""
    async with asyncio.timeout(BACK_S):
        for pause in count():
            try:
                await store.ping()
            except StoreUnavailable:
                await asyncio.sleep(min(0.02 * pause, 0.2))
            else:
                return


async def test_a_killed_server_loses_no_acknowledged_write_and_a_store_opens_while_it_is_away(
    breakable_neo4j: Neo4jServer, record_property: Callable[[str, object], None]
) -> None:
    await wipe(breakable_neo4j)
    ledger, number = Ledger(), rounds(1, 10)
    async with neo4j_store(breakable_neo4j) as store:
        await write(store, put(N.ACCOUNT, "acme"), put(N.MEMBER, "mia"))
        for round_ in range(number):
            await killed_under_writers(store, breakable_neo4j, ledger, f"r{round_}")
            async with asyncio.timeout(ANSWER_S):
                with pytest.raises(StoreUnavailable):
                    await store.accounts(EVERYTHING)
            async with neo4j_store(breakable_neo4j) as opened_meanwhile:
                with pytest.raises(StoreUnavailable):
                    await opened_meanwhile.ping()
                await asyncio.to_thread(breakable_neo4j.start)
                await back(opened_meanwhile)
                assert len(await opened_meanwhile.accounts(EVERYTHING)) == 1
            await back(store)
            await ledger.settle(store)
    record_property("counts", f"Neo4j killed {number} times under {WRITERS} writers: {ledger}")
    assert ledger.exact, str(ledger)


async def killed_under_writers(store: GraphStore, server: Neo4jServer, ledger: Ledger, name: str) -> None:
    """Kill the server when enough was acknowledged; every writer gets an answer and gives up."""
    enough, ids = asyncio.Event(), (f"{name}-{place}" for place in count())
    before, refused = len(ledger.acknowledged), 0

    async def writer() -> None:
        nonlocal refused
        for id_ in ids:
            ledger.note(["asked", id_])
            try:
                async with asyncio.timeout(ANSWER_S + 1):
                    applied = await store.apply(SCOPE, asked(id_))
            except StoreUnavailable:
                refused += 1
                return
            ledger.note(["done", id_, applied.sequences["acme"]])
            if len(ledger.acknowledged) - before >= ENOUGH:
                enough.set()

    writers = [asyncio.create_task(writer()) for _ in range(WRITERS)]
    await enough.wait()
    server.kill()
    await asyncio.gather(*writers)
    assert refused == WRITERS


SHORT = {"read_deadline_s": 0.8, "write_deadline_s": 1.0, "request_deadline_s": 1.2}


async def test_a_server_frozen_while_it_commits_leaves_the_outcome_unknown(
    breakable_neo4j: Neo4jServer,
) -> None:
    await wipe(breakable_neo4j)
    asked = change_set(put(N.CONTACT, "eve"))
    draft = Draft(asked, EVERYTHING)

    async def frozen_at_the_end(transaction: AsyncManagedTransaction) -> None:
        await applying.apply(transaction, draft, utc_now, set(), "nobody")
        breakable_neo4j.freeze()

    async with neo4j_store(breakable_neo4j) as store:
        assert isinstance(store, Neo4jStore)
        await acme(store)
        with pytest.raises(OutcomeUnknown):
            await store._server.write(frozen_at_the_end, 4.0)
        breakable_neo4j.thaw()
        await back(store)
        assert (await store.apply(EVERYTHING, asked)).put == 1
        assert (await store.get(EVERYTHING, N.CONTACT, "eve")).revision == 1


async def test_a_frozen_server_is_given_up_in_time(breakable_neo4j: Neo4jServer) -> None:
    await wipe(breakable_neo4j)
    asked = change_set(put(N.CONTACT, "eve"))
    async with neo4j_store(breakable_neo4j) as patient, neo4j_store(breakable_neo4j, **SHORT) as store:
        await acme(patient)
        breakable_neo4j.freeze()
        for ask in (
            lambda: store.sequences(EVERYTHING, "acme"),
            lambda: store.account_graph(EVERYTHING, "acme"),
            lambda: store.apply(EVERYTHING, asked),
            lambda: store.find(EVERYTHING, N.CONTACT),
            store.ping,
        ):
            with pytest.raises(StoreUnavailable):
                async with asyncio.timeout(ANSWER_S + 1):
                    await ask()
        breakable_neo4j.thaw()
        await back(store)
        await patient.apply(EVERYTHING, asked)
        assert (await patient.get(EVERYTHING, N.CONTACT, "eve")).revision == 1
        assert len((await patient.account_graph(EVERYTHING, "acme")).contacts) == 5


async def test_an_address_that_is_none_is_refused() -> None:
    for url in ("bolt://host:port", "bolt://[::1", "mongodb://host", "graph.db"):
        with pytest.raises(StartRefused):
            await open_store(url, settings_of())


async def test_a_wrong_password_is_said_at_the_start(neo4j_server: GivenServer) -> None:
    settings = settings_of(store_user="neo4j", store_password="not the password")
    with pytest.raises(StartRefused, match="refuses user neo4j"):
        await open_store(neo4j_server.url, settings)


async def test_a_newer_schema_is_refused(neo4j_server: GivenServer, driver: AsyncDriver) -> None:
    async with neo4j_store(neo4j_server):
        pass
    change = "MATCH (m:Meta {name: 'schema'}) SET m.version = m.version + $step"
    await driver.execute_query(change, step=1)
    try:
        with pytest.raises(StartRefused, match="newer version"):
            async with neo4j_store(neo4j_server):
                pass
    finally:
        await driver.execute_query(change, step=-1)


async def test_a_database_with_other_data_is_refused(neo4j_server: GivenServer, driver: AsyncDriver) -> None:
    await wipe(neo4j_server)
    await driver.execute_query("MATCH (m:Meta) DELETE m")
    await driver.execute_query("CREATE (:Song {name: 'Blue'})")
    try:
        with pytest.raises(StartRefused, match="holds other data"):
            async with neo4j_store(neo4j_server):
                pass
        left = await driver.execute_query("MATCH (n) RETURN labels(n) AS labels")
        assert [record["labels"] for record in left.records] == [["Song"]]
    finally:
        await wipe(neo4j_server)
