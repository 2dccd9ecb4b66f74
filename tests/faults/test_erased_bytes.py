"""What is left of an erased person in files and databases: nothing that a query or an editor shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graphsvc.features.history.verifying import verify
from graphsvc.stores.sqlite import SqliteStore, erasing
from models.erasures import Erasing
from models.privacy import FilesState
from tests.contract.writing import EVERYTHING, acme, put, write
from tests.contract.writing import N as Kind
from tests.erasures import NAME, forms_of, told
from tests.neo4j_server import GivenServer
from tests.stores import neo4j_store, settings_of, sqlite_store, wipe

MARK = b"canary"


def found_in(data: bytes, texts: Iterable[str]) -> list[tuple[str, bytes]]:
    """The texts that stand in bytes, in whatever form."""
    return [(text, form) for text in texts for form in forms_of(text) if form in data]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


async def test_no_byte_of_him_is_left_in_the_file_or_beside_it(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        canaries = await told(store)
        for number in range(50):  # pages with older forms of the record are freed and used again
            await write(store, put(Kind.CONTACT, "ben", name=f"Ben {number}", needs_note="x" * 3_000))
        before = b"".join(bytes_of(tmp_path).values())
        assert {text for text, _ in found_in(before, canaries)} == set(canaries)
        assert len(found_in(before, [NAME])) >= 3  # as it is, and as terms of search
        await store.erase(EVERYTHING, Erasing("e1", "ana"))
        assert await store.scrubbed() is FilesState.CLEAN
        after = bytes_of(tmp_path)
        assert {"graph.db", "graph.db-wal", "graph.db-shm"} <= after.keys()
        for name, data in after.items():
            assert found_in(data, [*canaries, NAME]) == [], name
            assert MARK not in data, name
        assert after["graph.db-wal"] == b""
    for name, data in bytes_of(tmp_path).items():
        assert MARK not in data, name


async def test_what_a_reader_or_an_end_has_put_off_is_done_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "PATIENCE_S", 0.1)
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        canaries = await told(store)
        with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM node").fetchone()
            await store.erase(EVERYTHING, Erasing("e1", "ana"))
            assert await store.scrubbed() is FilesState.PENDING
            assert found_in(b"".join(bytes_of(tmp_path).values()), canaries)
    with closing(sqlite3.connect(tmp_path / "graph.db")) as connection:
        assert erasing.is_unscrubbed(connection)
    store = await SqliteStore.open(tmp_path / "graph.db", settings_of())
    try:
        assert await store.scrubbed() is FilesState.CLEAN
        assert found_in(b"".join(bytes_of(tmp_path).values()), canaries) == []
    finally:
        await store.close()


async def test_nothing_of_him_is_reached_by_any_query(neo4j_server: GivenServer) -> None:
    from neo4j import AsyncGraphDatabase

    await wipe(neo4j_server)
    async with (
        neo4j_store(neo4j_server, write_deadline_s=60.0, read_deadline_s=60.0) as store,
        AsyncGraphDatabase.driver(neo4j_server.url, auth=neo4j_server.auth) as driver,
    ):

        async def everything() -> bytes:
            texts = ("MATCH (n) RETURN properties(n) AS p", "MATCH ()-[r]->() RETURN properties(r) AS p")
            found: list[Any] = [(await driver.execute_query(text)).records for text in texts]
            return str([[dict(row["p"]) for row in rows] for rows in found]).encode()

        await acme(store)
        canaries = await told(store)
        before = await everything()
        assert {text for text, _ in found_in(before, canaries)} == set(canaries)
        await store.erase(EVERYTHING, Erasing("e1", "ana"))
        assert found_in(await everything(), [*canaries, NAME]) == []
        assert await store.scrubbed() is FilesState.SERVER  # a server's files are not ours to write


async def test_what_is_left_of_erased_values_cannot_be_changed_unseen(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        await told(store)
        await store.erase(EVERYTHING, Erasing("e1", "ana"))
        await store.scrubbed()
    edits = (
        "UPDATE log SET after = replace(after, '0.7', '0.9') WHERE salt_after IS NULL AND after LIKE '%0.7%'",
        "UPDATE log SET before = NULL WHERE salt_before IS NULL AND digest_before IS NOT NULL",
        "UPDATE log SET after = '{}', salt_after = NULL WHERE id = 'cho' AND salt_after IS NOT NULL",
        "UPDATE log SET salt_after = NULL WHERE id = 'cho' AND salt_after IS NOT NULL",
    )
    whole = (tmp_path / "graph.db").read_bytes()
    for edit in edits:
        (tmp_path / "graph.db").write_bytes(whole)
        with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as connection:
            assert connection.execute(edit).rowcount > 0, edit
        async with sqlite_store(tmp_path) as store:
            assert not (await verify(store, EVERYTHING, "acme")).good, edit
    (tmp_path / "graph.db").write_bytes(whole)
    async with sqlite_store(tmp_path) as store:
        assert (await verify(store, EVERYTHING, "acme")).good
