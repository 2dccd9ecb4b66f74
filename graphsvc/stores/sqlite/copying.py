"""A copy of a file that may be in use: of one moment, verified, never in the place of another file.

SQLite's backup runs inside a read transaction: it sees one state and, as readers never block the writer of
a file with a write-ahead log, nobody waits for it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from graphsvc.durable import publish
from graphsvc.errors import BackupFailed
from graphsvc.stores.sqlite.integrity import flaws
from graphsvc.stores.sqlite.threads import connect_read_only
from queries.catalog import sql

PAGES_AT_ONCE = 4_096
"""Sixteen megabytes between two moments at which the copy can be interrupted."""


def copy(source: Path, target: Path) -> None:
    """Copy a file to `target`, which must not be there; it appears when it is whole and synced.

    O(bytes). Raises BackupFailed, OSError and sqlite3.Error; nothing is left at `target` then.
    """
    if target.exists():
        raise BackupFailed.exists(target)
    unfinished = target.with_name(f"{target.name}.unfinished")
    remove(unfinished)
    try:
        told = _copied(source, unfinished)
        _verify(unfinished, told)
        publish(unfinished, target)
    finally:
        remove(unfinished)


def contents(path: Path) -> Any:
    """The schema's version, the numbers of rows and the heads of the logs of a file of ours."""
    with closing(connect_read_only(path)) as connection:
        return _contents(connection)


def remove(path: Path) -> None:
    """Remove a file and what SQLite leaves beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _copied(source: Path, target: Path) -> Any:
    with closing(connect_read_only(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.execute("BEGIN")
        told = _contents(reading)
        reading.backup(writing, pages=PAGES_AT_ONCE)
        _settle(writing)
        return told


def settle(path: Path) -> None:
    """Have all of a file that nobody has open in the one file."""
    with closing(sqlite3.connect(path)) as connection:
        _settle(connection)


def _settle(connection: sqlite3.Connection) -> None:
    # One file can be read from a read-only disk too; the service turns the write-ahead log on again.
    connection.execute("PRAGMA journal_mode = DELETE")


def _contents(connection: sqlite3.Connection) -> Any:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return [version, *orjson.loads(connection.execute(sql("file_counts")).fetchone()[0])]


def _verify(path: Path, told: Any) -> None:
    with closing(connect_read_only(path)) as connection:
        found = flaws(connection)
        if found:
            raise BackupFailed.flawed(found[0].en, found[0].zh)
        if _contents(connection) != told:
            raise BackupFailed.flawed("The copy holds less than the store.", "副本内容少于原存储。")
