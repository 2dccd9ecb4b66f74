"""A Neo4j server shared: by two services, by writers that get into each other's way, with old statistics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncGraphDatabase

from graphsvc.errors import NotFound, StoreBusy
from graphsvc.stores import turns
from graphsvc.stores.neo4j import snapshot
from graphsvc.stores.port import GraphStore
from models.changes import Delete
from models.erasures import Erasing
from models.faults import InvalidInput
from models.kinds import EDGE_SPECS, NODE_SPECS, spec_of
from queries.catalog import cypher
from tests.contract.test_snapshots import EVERY_KIND
from tests.contract.writing import (
    EVERYTHING,
    E,
    N,
    acme,
    change_set,
    put,
    replay,
    tables,
    tie,
    whole_log,
    write,
)
from tests.neo4j_server import GivenServer
from tests.stores import neo4j_store, wipe


@pytest.fixture
async def store(neo4j_server: GivenServer) -> AsyncIterator[GraphStore]:
    """The store over an empty database."""
    await wipe(neo4j_server)
    async with neo4j_store(neo4j_server) as opened:
        yield opened


async def test_two_services_over_one_server_see_each_other_at_once(
    store: GraphStore, neo4j_server: GivenServer
) -> None:
    await acme(store)
    async with neo4j_store(neo4j_server) as other:
        for number in range(6):
            writing, reading = (store, other) if number % 2 else (other, store)
            applied = await write(writing, put(N.CONTACT, f"p{number}"))
            graph = await reading.account_graph(EVERYTHING, "acme")
            assert graph.sequence == applied.sequences["acme"]
            assert f"p{number}" in graph.contacts.ids

        async def add(number: int) -> None:
            await write((store, other)[number % 2], put(N.CONTACT, f"q{number}"))

        await asyncio.gather(*(add(number) for number in range(16)))
    entries = await whole_log(store, "acme")
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))


async def test_who_was_erased_through_one_service_is_in_no_memory_of_the_other(
    store: GraphStore, neo4j_server: GivenServer
) -> None:
    await acme(store)
    moment = (await whole_log(store, "acme"))[-1].at
    async with neo4j_store(neo4j_server) as other:
        for as_of in (None, moment):
            assert "Ana" in (await other.account_graph(EVERYTHING, "acme", as_of)).contacts.texts("name")
        bolt = await other.account_graph(EVERYTHING, "bolt")
        assert await other.account_graph(EVERYTHING, "bolt") is bolt
        await store.erase(EVERYTHING, Erasing("erasing", "ana"))
        again = await other.account_graph(EVERYTHING, "bolt")
        assert again is not bolt  # all it held was forgotten, though nothing of this one has changed
        assert (again.sequence, tables(again)) == (bolt.sequence, tables(bolt))
        for as_of in (None, moment):
            assert "Ana" not in (await other.account_graph(EVERYTHING, "acme", as_of)).contacts.texts("name")


async def test_nobody_is_tied_to_one_who_is_deleted_meanwhile(store: GraphStore) -> None:
    await acme(store)
    for round_ in range(6):
        await write(store, put(N.MEMBER, "new"))

        async def tied(account: str, person: str, name: str) -> bool:
            try:
                await write(store, tie(E.KNOWS, "new", person, id=f"{name}-{account}"))
            except (InvalidInput, StoreBusy):
                return False
            return True

        async def deleted() -> bool:
            try:
                await write(store, Delete(N.MEMBER, "new"))
            except StoreBusy:
                return False
            return True

        made_a, made_b, gone = await asyncio.gather(
            tied("acme", "ana", f"k{round_}"), tied("bolt", "zoe", f"k{round_}"), deleted()
        )
        assert made_a or made_b or gone
        if not gone:
            await write(store, Delete(N.MEMBER, "new"))
        assert await store.find(EVERYTHING, E.KNOWS) == []
        with pytest.raises(NotFound):
            await store.get(EVERYTHING, N.MEMBER, "new")
    for account in ("acme", "bolt"):
        entries = await whole_log(store, account)
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        own = [s for s in await store.records(EVERYTHING, account) if s.account == account]
        assert replay(entries) == {(s.kind, s.id): s.body for s in own}


async def test_a_write_waits_for_its_turn_only_so_long_and_reading_goes_on(
    store: GraphStore, neo4j_server: GivenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await acme(store)
    asked = change_set(put(N.CONTACT, "eve"))
    async with (
        AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver,
        driver.session() as session,
        await session.begin_transaction() as long_import,
    ):
        await long_import.run(str(cypher("lock_log")), log="acme")
        for _ in range(5):
            # Short for who must wait in vain; who finds his turn free may be slow on a busy machine.
            with monkeypatch.context() as hurry:
                hurry.setattr(turns, "WRITE_TURN_S", 0.1)
                with pytest.raises(StoreBusy):
                    await store.apply(EVERYTHING, asked)
            assert len((await store.account_graph(EVERYTHING, "acme")).contacts) == 4
        await write(store, put(N.CONTACT, "yan", account_id="bolt"))
    assert (await store.apply(EVERYTHING, asked)).put == 1


async def test_a_snapshot_is_the_same_in_slices_and_under_the_lock(
    neo4j_server: GivenServer, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(store, *EVERY_KIND)
    whole = tables(await store.account_graph(EVERYTHING, "acme"))
    records = await store.records(EVERYTHING, "acme")
    monkeypatch.setattr(snapshot, "SLICE", 2)
    monkeypatch.setattr("graphsvc.stores.neo4j.reading.RECORDS", 2)
    assert await store.records(EVERYTHING, "acme") == records
    async with neo4j_store(neo4j_server) as sliced:
        assert tables(await sliced.account_graph(EVERYTHING, "acme")) == whole
    monkeypatch.setattr("graphsvc.stores.neo4j.store.TRIES", 0)
    async with neo4j_store(neo4j_server) as locking:
        assert tables(await locking.account_graph(EVERYTHING, "acme")) == whole
        assert (await locking.sequences(EVERYTHING, "acme")).account == len(await whole_log(store, "acme"))


LOOKUPS = {
    "records": "ids",
    "accounts_of_nodes": "ids",
    "edges_at": "ids",
    "referrers": "ids",
    "edge_records": "ids",
    "accounts_of_edges": "ids",
    "update_nodes": "rows",
    "update_edges": "rows",
    "create_edges": "rows",
    "delete_edges": "ids",
    "delete_nodes": "ids",
}


@pytest.mark.parametrize("name", LOOKUPS)
async def test_lookups_seek_whatever_the_statistics_say(
    store: GraphStore, neo4j_server: GivenServer, name: str
) -> None:
    """A scan per row made a lookup of 10,000 ids take a minute, when the database had just grown."""
    assert await store.ping() is None  # the indexes are there
    of_edges = "edge" in name and name != "edges_at"
    text = cypher(name, EDGE_SPECS[E.KNOWS] if of_edges else NODE_SPECS[N.CONTACT])
    async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
        found = await driver.execute_query("EXPLAIN " + text, {LOOKUPS[name]: []})
    plan = found.summary.plan
    assert plan is not None
    operators = list(operators_of(plan))
    assert any("IndexSeek" in operator for operator in operators)
    assert not [operator for operator in operators if "Scan" in operator]


PAGES = {
    "find": N.CONTACT,
    "find_in_accounts": N.CONTACT,
    "account_records": N.CONTACT,
    "find_edges": E.KNOWS,
    "find_edges_in_accounts": E.KNOWS,
    "account_edge_records": E.KNOWS,
    "snapshot_nodes": N.CONTACT,
    "snapshot_edges": E.KNOWS,
}


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_is_read_in_the_order_of_its_index(
    store: GraphStore, neo4j_server: GivenServer, name: str
) -> None:
    """Sorting all that came after each page made going through 200,000 ties of an account fail."""
    assert await store.ping() is None
    text = cypher(name, spec_of(PAGES[name]))
    params = {"accounts": ["acme"], "account": "acme", "after": "", "where": {}, "limit": 1, "nothing": ""}
    async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
        found = await driver.execute_query("EXPLAIN " + text, params)
    assert found.summary.plan is not None
    operators = [operator.split("@")[0] for operator in operators_of(found.summary.plan)]
    below = operators[operators.index("Limit") :]
    assert below[-1].endswith(("IndexSeek", "IndexSeekByRange"))
    assert not {"Sort", "Top", "PartialSort", "PartialTop"} & set(below)


def operators_of(plan: dict[str, object]) -> list[str]:
    """The operators of a query plan, outermost first."""
    children = plan.get("children", [])
    assert isinstance(children, list)
    return [str(plan["operatorType"]), *(name for child in children for name in operators_of(child))]
