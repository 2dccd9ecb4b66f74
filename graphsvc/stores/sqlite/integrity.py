"""Whether a file is whole: pages, indexes, references, tables of its version, logs as long as they say."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson

from graphsvc.stores.operations import Flaw
from graphsvc.stores.sqlite.migrating import fingerprint, fingerprint_of, is_mirrored
from graphsvc.stores.sqlite.threads import connect_read_only
from models.kinds import SPECS
from queries.catalog import SqlText, sql

STEPS_BETWEEN_LOOKS = 100_000
"""Virtual-machine steps between two looks at whether to stop."""


def flaws(connection: sqlite3.Connection) -> list[Flaw]:
    """What is wrong with a file. Reads all of it: O(bytes)."""
    try:
        return list(_flaws(connection))
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise
        return [Flaw(f"The file is damaged: {error}.", f"文件已损坏：{error}。")]


def flaws_beside(path: Path, stop: threading.Event) -> list[Flaw]:
    """The same over a connection of its own, beside whoever has the file; ends early when told to stop."""
    with closing(connect_read_only(path)) as connection:
        connection.set_progress_handler(stop.is_set, STEPS_BETWEEN_LOOKS)
        return flaws(connection)


def _flaws(connection: sqlite3.Connection) -> Iterator[Flaw]:
    for said in _told(connection, sql("damaged_pages")):
        if said != "ok":
            yield Flaw(f"The file is damaged: {said}.", f"文件已损坏：{said}。")
    for table in _told(connection, sql("broken_references")):
        yield Flaw(f"A row of {table} refers to nothing.", f"表 {table} 中有记录引用了不存在的内容。")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if fingerprint(connection) != fingerprint_of(version):
        yield Flaw(f"The tables are not those of schema {version}.", f"数据表与模式 {version} 不符。")
        return
    mirrored = is_mirrored(connection)  # a file of an older version may mirror other fields
    for spec in SPECS:
        for id_ in _told(connection, sql("unmirrored", spec)) if mirrored else ():
            en, zh = spec.kind.en, spec.kind.zh
            yield Flaw(f"Columns of {en} {id_} are not as its body.", f"{zh} {id_} 的列与其内容不符。")
        for id_ in _told(connection, sql("unlogged", spec)):
            en, zh = spec.kind.en, spec.kind.zh
            yield Flaw(f"{en} {id_} is not at its last change.", f"{zh} {id_} 与其最后一次变更不符。")
    for log in _told(connection, sql("logs_not_as_long")):
        yield Flaw(f"Log {log} does not end where its head says.", f"日志 {log} 的末尾与其记录不符。")


def _told(connection: sqlite3.Connection, text: SqlText) -> list[str]:
    found: list[str] = orjson.loads(connection.execute(text).fetchone()[0])
    return found
