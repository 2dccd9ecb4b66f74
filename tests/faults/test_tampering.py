"""Every tampering with a change log is found, and its first bad entry named."""

from __future__ import annotations

import copy
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
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
        spoiled = tmp_path / "spoiled"
        shutil.rmtree(spoiled, ignore_errors=True)
        spoiled.mkdir()
        shutil.copy(tmp_path / "graph.db", spoiled / "graph.db")
        kind = chance.choice(["edit", "edit", "told", "delete", "insert", "reorder", "truncate"])
        at = chance.randint(2, last)
        with closing(sqlite3.connect(spoiled / "graph.db", isolation_level=None)) as connection:
            bad = tamper(connection, kind, at, last, chance)
        if bad == 0:
            continue  # it said so already
        async with sqlite_store(spoiled) as store:
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


Packs = list[dict[str, Any]]
ENTRY = {"id": 1, "revision": 2, "prior": 3, "before": 4, "after": 5}
"""Where things stand in an entry of a pack."""
SEALS = (("salt_after", 1, "00"), ("digest_after", 3, "ff"), ("hash", 4, ""))


def tamper_packs(packs: Packs, kind: str, chance: random.Random) -> int:
    """Do something to the packs of a log; gives the first entry that is bad then, 0 if it changed nothing."""
    number = chance.randrange(1, len(packs))
    pack = packs[number]
    if kind in ("told", "broken"):
        names = ("entries", "seals") if kind == "broken" else ("actor", "reason", "request_id", "change_set")
        pack[chance.choice(names)] = "["
        return int(pack["first"])
    if kind in ("delete", "truncate"):
        del packs[number : number + 1 if kind == "delete" else None]
        return int(pack["first"])
    entries, seals = orjson.loads(pack["entries"]), orjson.loads(pack["seals"])
    place = chance.randrange(len(entries))
    at: int = pack["first"] + place
    if kind == "edit":
        name, index = chance.choice(list(ENTRY.items()))
        was = entries[place][index]
        new = {"id": f"{was}x", "revision": 7_000, "prior": 7_000}.get(
            name, chance.choice([None, {"id": "x"}])
        )
        entries[place][index] = new
        at = at if new != was else 0
    elif kind == "seal":
        _, index, value = chance.choice(SEALS)
        at = at if seals[place][index] is not None else 0
        seals[place][index] = value
    elif kind == "reorder":
        place = max(place, 1)
        if len(entries) == 1 or entries[place] == entries[place - 1]:
            return 0
        at = pack["first"] + place - 1
        for rows in (entries, seals):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
    else:
        at += 1
        for rows in (entries, seals):
            rows.insert(place, rows[place])
        for later in packs[number:]:
            later["first"] += later is not pack
            later["last"] += 1
    pack["entries"], pack["seals"] = orjson.dumps(entries).decode(), orjson.dumps(seals).decode()
    return at


async def test_every_tampering_with_a_server_is_found(neo4j_server: GivenServer) -> None:
    from neo4j import AsyncGraphDatabase

    kinds = ["edit", "edit", "edit", "seal", "told", "reorder", "insert", "broken", "delete", "truncate"]
    chance, found = random.Random(5), 0
    await wipe(neo4j_server)
    async with (
        neo4j_store(neo4j_server) as store,
        AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver,
    ):
        await fill(store)
        assert (await verify(store, EVERYTHING, "acme")).first_bad is None
        rows = await driver.execute_query(
            "MATCH (l:Log {account: 'acme'}) RETURN properties(l) AS pack ORDER BY l.first"
        )
        whole: Packs = [row["pack"] for row in rows.records]

        async def lie(packs: Packs) -> None:
            await driver.execute_query("MATCH (l:Log {account: 'acme'}) DELETE l")
            await driver.execute_query("UNWIND $packs AS pack CREATE (l:Log) SET l = pack", packs=packs)

        while found < 40:
            packs, kind = copy.deepcopy(whole), chance.choice(kinds)
            bad = tamper_packs(packs, kind, chance)
            if bad == 0:
                continue  # it said so already
            await lie(packs)
            assert (await verify(store, EVERYTHING, "acme")).first_bad == bad, (kind, found)
            found += 1
        await lie(whole)
        assert (await verify(store, EVERYTHING, "acme")).first_bad is None
        await driver.execute_query("MATCH (h:Sequence {account: 'acme'}) SET h.hash = 'x'")
        assert (await verify(store, EVERYTHING, "acme")).first_bad == whole[-1]["last"]


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
