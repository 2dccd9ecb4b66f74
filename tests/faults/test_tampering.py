"""Every tampering with a change log is found, and its first bad entry named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graphsvc.features.history.verifying import verify
from graphsvc.stores.port import GraphStore
from models.changes import Delete, LogHead
from tests.contract.writing import EVERYTHING, E, N, acme, put, tie, write
from tests.neo4j_server import GivenServer
from tests.stores import neo4j_store, sqlite_store, wipe

EDITS = {
    "kind": ("'member'", "'nonsense'"),
    "id": ("id || 'x'",),
    "revision": ("revision + 1",),
    "prior": ("prior + 1",),
    "before": ("NULL", "'{}'", "'{'", '\'{"id":"x"}\''),
    "after": ("NULL", "'{}'", "''", '\'{"id":"x"}\''),
    "salt_after": ("NULL", "'00'", "'no hex'"),
    "digest_after": ("NULL", "upper(hash)"),
    "hash": ("upper(hash)", "''"),
    "change_set": ("change_set + 1",),
}


async def fill(store: GraphStore) -> None:
    """A log of some twenty entries: created, changed, deleted, and of another account's ties."""
    await acme(store)
    await write(store, tie(E.INFLUENCES, "zoe", "ana"), tie(E.KNOWS, "mia", "zoe"))
    for number in range(4):
        await write(store, put(N.CONTACT, "ana", name=f"Ana {number}"), put(N.CONTACT, f"p{number}"))
    await write(store, Delete(N.CONTACT, "p1"))


def tamper(connection: sqlite3.Connection, kind: str, at: int, last: int, chance: random.Random) -> int:
    """Do something to the log of acme at an entry; gives the first entry that is bad then."""
    log = "log SET {} WHERE account = 'acme' AND sequence = {}"
    if kind == "edit":
        column, value = chance.choice([(name, value) for name, row in EDITS.items() for value in row])
        changed = connection.execute(
            f"UPDATE log SET {column} = {value} WHERE account = 'acme' AND sequence = ? "
            f"AND {column} IS NOT {value}",
            (at,),
        )
        return at if changed.rowcount else 0
    if kind == "told":
        column = chance.choice(["at", "actor", "reason", "request_id", "id"])
        value = "'2001-01-01T00:00:00.000000Z'" if column == "at" else "'someone'"
        (row,) = connection.execute(
            "SELECT change_set FROM log WHERE account = 'acme' AND sequence = ?", (at,)
        ).fetchone()
        connection.execute(f"UPDATE change_set SET {column} = {value} WHERE pk = ?", (row,))
        (first,) = connection.execute(
            "SELECT min(sequence) FROM log WHERE account = 'acme' AND change_set = ?", (row,)
        ).fetchone()
        return int(first)
    if kind == "delete":
        connection.execute("DELETE FROM log WHERE account = 'acme' AND sequence = ?", (at,))
    if kind in ("delete", "truncate"):
        if kind == "truncate":
            connection.execute("DELETE FROM log WHERE account = 'acme' AND sequence >= ?", (at,))
        elif chance.random() < 0.5:
            connection.execute(
                f"UPDATE {log.format('sequence = -sequence', f'sequence AND sequence > {at}')}"
            )
            connection.execute("UPDATE log SET sequence = -sequence - 1 WHERE sequence < 0")
        return at
    if kind == "insert":
        connection.execute(f"UPDATE {log.format('sequence = -sequence', f'sequence AND sequence >= {at}')}")
        connection.execute("UPDATE log SET sequence = 1 - sequence WHERE sequence < 0")
        names = [row[1] for row in connection.execute("PRAGMA table_info(log)") if row[1] != "sequence"]
        columns, source = ", ".join(names), chance.randint(1, last)
        source += source >= at
        connection.execute(
            f"INSERT INTO log (sequence, {columns}) SELECT {at}, {columns} FROM log "
            f"WHERE account = 'acme' AND sequence = {source}"
        )
        return at
    other = at - 1
    for before, after in ((at, -1), (other, at), (-1, other)):
        connection.execute(f"UPDATE {log.format(f'sequence = {after}', before)}")
    return other


async def test_every_tampering_with_the_file_is_found(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await fill(store)
        whole = await verify(store, EVERYTHING, "acme")
    assert whole.first_bad is None
    last, found, chance = whole.head.sequence, 0, random.Random(5)
    assert last > 15
    while found < 100:
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        shutil.copy(tmp_path / "graph.db", copy / "graph.db")
        kind = chance.choice(["edit", "edit", "told", "delete", "insert", "reorder", "truncate"])
        at = chance.randint(2, last)
        with closing(sqlite3.connect(copy / "graph.db", isolation_level=None)) as connection:
            bad = tamper(connection, kind, at, last, chance)
        if bad == 0:
            continue  # it said so already
        async with sqlite_store(copy) as store:
            assert (await verify(store, EVERYTHING, "acme")).first_bad == bad, (kind, at)
        found += 1


async def test_a_log_cut_together_with_its_head_is_found_by_an_anchor(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await fill(store)
        noted = (await verify(store, EVERYTHING, "acme")).head
    with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as connection:
        cut = noted.sequence - 3
        connection.execute("DELETE FROM log WHERE account = 'acme' AND sequence > ?", (cut,))
        connection.execute(
            "UPDATE sequence SET value = ?, hash = "
            "(SELECT hash FROM log WHERE account = 'acme' AND sequence = ?) WHERE account = 'acme'",
            (cut, cut),
        )
    async with sqlite_store(tmp_path) as store:
        assert (await verify(store, EVERYTHING, "acme")).first_bad is None
        anchor = (noted.sequence, noted.hash)
        assert (await verify(store, EVERYTHING, "acme", anchor)).first_bad == cut + 1
        await fill_on(store, noted)
        assert (await verify(store, EVERYTHING, "acme")).first_bad is None
        assert (await verify(store, EVERYTHING, "acme", anchor)).first_bad == noted.sequence


async def fill_on(store: GraphStore, noted: LogHead) -> None:
    """Write the log beyond the place that was noted."""
    for number in range(5):
        await write(store, put(N.CONTACT, f"later{number}"))
    assert (await store.sequences(EVERYTHING, "acme")).account > noted.sequence


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("MATCH (l:Log {account: 'acme', first: 1}) SET l.entries = replace(l.entries, 'Ben', 'Bob')", 1),
        ("MATCH (l:Log {account: 'acme', first: 1}) SET l.entries = '['", 1),
        ("MATCH (l:Log {account: 'acme', first: $last}) DELETE l", None),
        ("MATCH (l:Log {account: 'acme', first: $last}) SET l.actor = 'someone'", None),
        ("MATCH (l:Log {account: 'acme', first: $last}) SET l.at = '2001-01-01T00:00:00.000000Z'", None),
        ("MATCH (h:Sequence {account: 'acme'}) SET h.hash = 'x'", None),
    ],
)
async def test_tampering_with_a_server_is_found(
    neo4j_server: GivenServer, statement: str, bad: int | None
) -> None:
    from neo4j import AsyncGraphDatabase

    await wipe(neo4j_server)
    async with neo4j_store(neo4j_server) as store:
        await fill(store)
        whole = await verify(store, EVERYTHING, "acme")
        assert whole.first_bad is None
        async with AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver:
            await driver.execute_query(statement, {"last": whole.head.sequence})
        found = (await verify(store, EVERYTHING, "acme")).first_bad
        first = bad if bad is not None else whole.head.sequence
        # An edit inside a pack is bad at its own entry, somewhere from the first one on.
        assert found == first or (bad == 1 and "Bob" in statement and found is not None and 1 < found < 10)


@pytest.mark.parametrize(
    ("statement", "log", "unlike"),
    [
        ("UPDATE node SET body = replace(body, 'Ben', 'Bob') WHERE id = 'ben'", "acme", (N.CONTACT, "ben")),
        ("UPDATE node SET revision = 9 WHERE id = 'mia'", "firm", (N.MEMBER, "mia")),
        ("UPDATE node SET account = 'bolt' WHERE id IN ('cho', 'dan')", "acme", (N.CONTACT, "cho")),
        ("DELETE FROM edge WHERE kind = 'knows'", "bolt", (E.KNOWS, "knows-mia-zoe")),
        ("UPDATE node SET id = 'new' WHERE id = 'dan'", "acme", (N.CONTACT, "dan")),
    ],
)
async def test_a_record_that_is_not_as_its_log_says_is_named(
    tmp_path: Path, statement: str, log: str, unlike: tuple[str, str]
) -> None:
    async with sqlite_store(tmp_path) as store:
        await fill(store)
    with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as connection:
        connection.execute(statement)
    async with sqlite_store(tmp_path) as store:
        found = await verify(store, EVERYTHING, log)
    assert (found.first_bad, found.unlike, found.good) == (None, unlike, False)


async def test_a_record_of_a_server_that_is_not_as_its_log_says_is_named(neo4j_server: GivenServer) -> None:
    from neo4j import AsyncGraphDatabase

    statements = {
        "MATCH (n:Contact {id: 'ben'}) SET n.name = 'Bob'": ("acme", (N.CONTACT, "ben")),
        "MATCH ()-[e:KNOWS {id: 'knows-mia-zoe'}]->() DELETE e": ("bolt", (E.KNOWS, "knows-mia-zoe")),
        "MATCH (n:Member {id: 'max'}) SET n.revision = 9": ("firm", (N.MEMBER, "max")),
    }
    await wipe(neo4j_server)
    async with (
        neo4j_store(neo4j_server) as store,
        AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver,
    ):
        await fill(store)
        for statement, (log, unlike) in statements.items():
            assert (await verify(store, EVERYTHING, log)).good
            await driver.execute_query(statement)
            assert (await verify(store, EVERYTHING, log)).unlike == unlike
