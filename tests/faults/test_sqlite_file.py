"""Faults of the embedded store: killed while it writes, no room left, a file that is something else."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from graphsvc.errors import StartRefused, StoreBusy, StoreUnavailable
from graphsvc.stores.sqlite import SqliteStore, migrating, opening, threads
from graphsvc.stores.sqlite.migrating import newest
from graphsvc.stores.sqlite.opening import APPLICATION_ID
from models.erasures import Erasing
from tests.contract.writing import (
    EVERYTHING,
    N,
    acme,
    change_set,
    put,
    tables,
    whole_log,
)
from tests.stores import settings_of, sqlite_store


async def test_everything_is_there_after_closing(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        before = tables(await store.account_graph(EVERYTHING, "acme"))
    async with sqlite_store(tmp_path) as store:
        assert tables(await store.account_graph(EVERYTHING, "acme")) == before


async def test_who_was_erased_is_in_no_memory_of_who_reads_beside(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        moment = (await whole_log(store, "acme"))[-1].at
        beside = await SqliteStore.beside(tmp_path / "graph.db", settings_of())
        try:
            for as_of in (None, moment):
                assert "Ana" in (await beside.account_graph(EVERYTHING, "acme", as_of)).contacts.texts("name")
            await store.erase(EVERYTHING, Erasing("erasing", "ana"))
            for as_of in (None, moment):
                graph = await beside.account_graph(EVERYTHING, "acme", as_of)
                assert "Ana" not in graph.contacts.texts("name")
        finally:
            await beside.close()


async def test_a_write_waits_for_its_turn_only_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphsvc.stores.turns.WRITE_TURN_S", 0.05)
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        assert isinstance(store, SqliteStore)
        free = threading.Event()
        held = store._writer.submit(lambda _: free.wait(30), 30)
        asked = change_set(put(N.CONTACT, "eve"))
        with pytest.raises(StoreBusy):
            await store.apply(EVERYTHING, asked)
        assert (await store.get(EVERYTHING, N.CONTACT, "ana")).revision == 1
        free.set()
        assert held.result()
        assert (await store.apply(EVERYTHING, asked)).put == 1


async def test_a_read_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path, read_deadline_s=0.05) as store:
        assert isinstance(store, SqliteStore)
        with pytest.raises(StoreUnavailable):
            await store._read(lambda connection: connection.execute(ENDLESS).fetchone())
        assert await store.accounts(EVERYTHING) == []


ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def test_the_event_loop_goes_on_while_the_file_is_busy(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path, read_deadline_s=0.3) as store:
        assert isinstance(store, SqliteStore)
        reading = asyncio.create_task(store._read(lambda c: c.execute(ENDLESS).fetchone()))
        turns = 0
        while not reading.done():
            turns += 1
            await asyncio.sleep(0.005)
        assert turns > 10
        with pytest.raises(StoreUnavailable):
            await reading


def put_aside(tmp_path: Path) -> Path:
    return tmp_path / "no-such-folder" / "graph.db"


def a_folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.db").mkdir()
    return tmp_path / "graph.db"


def a_text(tmp_path: Path) -> Path:
    (tmp_path / "graph.db").write_text("Dear diary,\n" * 100)
    return tmp_path / "graph.db"


def somebody_elses(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        connection.execute("CREATE TABLE songs (name)")
    connection.close()
    return tmp_path / "graph.db"


def a_newer_one(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {newest() + 1}")
        connection.execute("CREATE TABLE node (x)")
    connection.close()
    return tmp_path / "graph.db"


def a_damaged_one(tmp_path: Path) -> Path:
    somebody_elses(tmp_path)
    file = tmp_path / "graph.db"
    content = bytearray(file.read_bytes())
    content[100:400] = os.urandom(300)
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("made", "en", "zh"),
    [
        (put_aside, "does not exist; create it", "不存在"),
        (a_folder, "is a folder", "是文件夹"),
        (a_text, "is not a graphsvc database", "不是 graphsvc 数据库"),
        (somebody_elses, "is not a graphsvc database", "不是 graphsvc 数据库"),
        (a_newer_one, f"newer version (schema {newest() + 1})", "更新的版本"),
        (a_damaged_one, "is damaged", "已损坏"),
    ],
)
async def test_a_file_that_is_not_what_it_should_be_is_refused_and_left_as_it_was(
    tmp_path: Path, made: Callable[[Path], Path], en: str, zh: str
) -> None:
    file = made(tmp_path)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(StartRefused) as refused:
        await SqliteStore.open(file, settings_of())
    assert en in refused.value.en
    assert zh in refused.value.zh
    assert str(file if file.exists() else file.parent) in refused.value.en
    assert "\n" not in refused.value.en
    assert (file.read_bytes() if file.is_file() else None) == before


def test_a_file_that_cannot_be_written_is_refused() -> None:
    """The superuser may write everywhere, so he becomes somebody else for a moment."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    users = os.getresuid()
    try:
        folder.chmod(0o555)
        if users[0] == 0:
            os.setresuid(65534, 65534, 0)
        with pytest.raises(StartRefused) as refused:
            opening.check_place(folder / "graph.db")
        assert "give this user write access" in refused.value.en
    finally:
        os.setresuid(*users)
        folder.chmod(0o755)
        folder.rmdir()


async def test_a_second_process_is_refused_by_the_name_of_the_first(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        with pytest.raises(StartRefused) as refused:
            await SqliteStore.open(tmp_path / "graph.db", settings_of())
        assert f"in use by process {os.getpid()}" in refused.value.en
        assert f"进程 {os.getpid()}" in refused.value.zh
        assert (await store.get(EVERYTHING, N.CONTACT, "ana")).revision == 1
    async with sqlite_store(tmp_path) as store:
        assert (await store.get(EVERYTHING, N.CONTACT, "ana")).revision == 1


async def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 2))
    with pytest.raises(StartRefused, match=r"3\.38\.0 or newer"):
        await SqliteStore.open(tmp_path / "graph.db", settings_of())


async def test_columns_are_mirrored_again_when_a_kind_has_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "column_layout", lambda: "of an older version")
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        expected = tables(await store.account_graph(EVERYTHING, "acme"))
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        connection.execute("UPDATE node SET c0 = NULL, c1 = '\"wrong\"', c2 = NULL")
    connection.close()
    monkeypatch.undo()
    async with sqlite_store(tmp_path) as store:
        assert tables(await store.account_graph(EVERYTHING, "acme")) == expected
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = 'columns'").fetchone()
    connection.close()
    assert row == (migrating.column_layout(),)


async def test_a_file_says_whose_it_is_and_is_synced_at_every_commit(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        asked = ("application_id", "user_version", "journal_mode")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    connection.close()
    assert values == [APPLICATION_ID, newest(), "wal"]
    opened = threads.connect(str(tmp_path / "graph.db"))
    assert [opened.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")] == [
        2,
        1,
    ]
    opened.close()
