"""Migrations of a file: copied before, whole or not at all, refused where they cannot be."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import StartRefused
from graphsvc.stores.sqlite import SqliteStore, migrating
from graphsvc.stores.sqlite.copying import contents
from tests.contract.writing import EVERYTHING, N, acme, put, tables, whole_log, write
from tests.faults import migrating as child
from tests.faults.test_disk_full import small_disk as small_disk
from tests.stores import settings_of, sqlite_store

MORE = 2


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> int:
    """Two more versions than there are."""
    found = child.with_made_up(MORE)
    monkeypatch.setattr(migrating, "versions", lambda: found)
    return len(found)


@pytest.fixture
async def old(tmp_path: Path) -> Path:
    """A file of the newest version there really is."""
    async with sqlite_store(tmp_path) as store:
        await acme(store)
    return tmp_path / "graph.db"


async def state(path: Path) -> Any:
    """What a file holds, asked through the store."""
    store = await SqliteStore.open(path, settings_of())
    try:
        graph = tables(await store.account_graph(EVERYTHING, "acme"))
        return graph, await whole_log(store, "acme"), await store.records(EVERYTHING, "acme")
    finally:
        await store.close()


def content(path: Path) -> bytes:
    """The bytes of a file."""
    return path.read_bytes()


def copies(path: Path) -> list[Path]:
    """The copies that migrations have left beside a file."""
    return sorted(path.parent.glob(f"{path.name}.before-schema-*"))


async def test_a_file_is_copied_before_it_is_migrated(old: Path, newer: int) -> None:
    before = contents(old)
    store = await SqliteStore.open(old, settings_of())
    done = await store.migrated()
    await store.close()
    assert (done.before, done.after) == (newer - MORE, newer)
    assert done.backup == old.with_name(f"graph.db.before-schema-{newer}")
    assert contents(done.backup) == before
    assert contents(old) == [newer, *before[1:]]
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute(f"SELECT count(*) FROM made_up_{newer}").fetchone()[0] == before[1]


async def test_a_file_that_mirrors_other_fields_is_copied_and_migrated(old: Path, newer: int) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE meta SET value = 'of older kinds' WHERE name = 'columns'")
        connection.execute("UPDATE node SET c0 = NULL, c1 = c2")
        connection.commit()
    store = await SqliteStore.open(old, settings_of())
    assert (await store.migrated()).backup is not None
    assert await store.integrity(EVERYTHING) == []
    assert len((await store.account_graph(EVERYTHING, "acme")).contacts) == 4
    await store.close()


async def test_a_new_file_and_one_that_is_as_it_should_be_are_not_copied(old: Path) -> None:
    await state(old)
    assert copies(old) == []


async def test_every_version_there_ever_was_is_brought_up(tmp_path: Path) -> None:
    for version in range(1, migrating.newest() + 1):
        file = tmp_path / f"v{version}.db"
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for step in migrating.versions()[:version]:
                for statement in step.statements:
                    connection.execute(statement)
        store = await SqliteStore.open(file, settings_of())
        assert (await store.migrated()).before == version
        assert (await store.integrity(EVERYTHING)) == []
        await acme(store)
        await store.close()
        assert len(copies(file)) == (version < migrating.newest())


async def test_the_copy_of_another_state_is_kept_beside_the_new_one(old: Path, newer: int) -> None:
    foreign = old.with_name(f"graph.db.before-schema-{newer}")
    foreign.write_text("somebody's")
    store = await SqliteStore.open(old, settings_of())
    assert (await store.migrated()).backup == old.with_name(f"{foreign.name}-2")
    await store.close()
    assert foreign.read_text() == "somebody's"


async def test_killed_at_any_statement_a_migration_is_whole_or_absent_and_the_copy_is_there(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, told = await state(old), contents(old)
    versions = child.with_made_up(MORE)
    newest = len(versions)
    killed, seen = 0, set()
    for statement in range(10_000):
        folder = tmp_path / f"k{statement}"
        folder.mkdir()
        file = Path(shutil.copy(old, folder))
        if not dies(file, statement):
            break
        killed += 1
        with closing(sqlite3.connect(file)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        seen.add(version)
        if version > newest - MORE:
            assert contents(copies(file)[0]) == told
        with monkeypatch.context() as newer:
            newer.setattr(migrating, "versions", lambda: versions)
            assert await state(file) == before
        assert any(contents(copy) == told for copy in copies(file))
        assert contents(file) == [newest, *told[1:]]
        shutil.rmtree(folder)
    assert killed > 25
    assert seen == set(range(newest - MORE, newest + 1))
    print(f"killed at each of {killed} statements: whole or absent each time")


def dies(file: Path, statement: int) -> bool:
    """Whether a process that opens the file was killed before that statement."""
    pid = os.fork()
    if pid == 0:
        try:
            child.main(str(file), str(MORE), str(statement))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


async def test_a_working_copy_between_versions_is_refused_and_left_as_it_was(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("ALTER TABLE node ADD COLUMN tried TEXT")
        connection.commit()
    before = content(old)
    with pytest.raises(StartRefused, match="its tables are others") as refused:
        await SqliteStore.open(old, settings_of())
    assert "数据表与之不符" in refused.value.zh
    assert content(old) == before


async def test_a_newer_file_is_refused_and_left_as_it_was(
    old: Path, newer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await state(old)
    before = content(old)
    monkeypatch.setattr(migrating, "versions", lambda: child.with_made_up(0))
    with pytest.raises(StartRefused, match=f"newer version \\(schema {newer}\\)"):
        await SqliteStore.open(old, settings_of())
    assert content(old) == before


async def test_without_room_for_the_copy_nothing_is_migrated(small_disk: Path, newer: int) -> None:
    with pytest.MonkeyPatch.context() as older:
        older.setattr(migrating, "versions", lambda: child.with_made_up(0))
        async with sqlite_store(small_disk) as store:
            await acme(store)
            await write(
                store, *(put(N.CONTACT, f"p{number}", needs_note="x" * 3000) for number in range(100))
            )
    file = small_disk / "graph.db"
    before = content(file)
    free = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes(free.f_bavail * free.f_bsize - len(before) // 2))
    with pytest.raises(StartRefused, match="free space"):
        await SqliteStore.open(file, settings_of())
    assert content(file) == before
    assert copies(file) == []
    assert not (small_disk / f"graph.db.before-schema-{newer}.unfinished").exists()
    (small_disk / "ballast").unlink()
    await state(file)
    assert len(copies(file)) == 1
