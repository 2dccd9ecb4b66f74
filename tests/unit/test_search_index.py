"""The index of terms in a file: filled for an older schema, and without rests of what was removed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from graphsvc.stores.sqlite import searching
from graphsvc.stores.sqlite.migrating import FILLS
from models.changes import Delete
from queries.search.terms import terms_of
from tests.contract.writing import E, N, acme, put, tie, write
from tests.stores import sqlite_store


async def test_filling_writes_what_writing_the_records_wrote(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        await write(store, put(N.CONTACT, "w", name="王建国"), tie(E.WORKS_IN, "w", "lab", title="采购经理"))
    assert FILLS[3] is searching.fill
    with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as connection:
        written = _terms(connection)
        connection.execute("DELETE FROM search")
        searching.fill(connection)
        assert _terms(connection) == written
        assert len(written) == 15


async def test_merged_the_index_holds_nothing_of_what_was_removed(tmp_path: Path) -> None:
    secret = put(N.CONTACT, "gone", name="Zyxwutsrq Ponmlkji")
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        await write(store, secret)
        await write(store, Delete(N.CONTACT, "gone"))
    terms = (terms_of(N.CONTACT, None, {"name": "Zyxwutsrq Ponmlkji"}) or "").split()
    with closing(sqlite3.connect(tmp_path / "graph.db", isolation_level=None)) as connection:
        assert any(term[2:].encode() in _bytes(connection) for term in terms)
        searching.merge(connection)
        assert [term for term in terms if term[2:].encode() in _bytes(connection)] == []


def _terms(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT rowid, terms FROM search ORDER BY rowid").fetchall()


def _bytes(connection: sqlite3.Connection) -> bytes:
    blocks = connection.execute("SELECT block FROM search_data").fetchall()
    return b"".join(block for (block,) in blocks)
