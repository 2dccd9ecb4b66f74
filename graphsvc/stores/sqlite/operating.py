"""The operator's part of the port over one SQLite file."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import orjson

from graphsvc.settings import Settings
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.facts import Held, Stub
from graphsvc.stores.listing import sees_whole_store
from graphsvc.stores.operations import Done, Flaw, GraphsKept, Migration
from graphsvc.stores.port import Scope
from graphsvc.stores.replay import plan_of, rows_of
from graphsvc.stores.sqlite.copying import copy
from graphsvc.stores.sqlite.facts import head_rows, json_text
from graphsvc.stores.sqlite.integrity import flaws_beside
from graphsvc.stores.sqlite.threads import Threads, transaction, translated
from graphsvc.stores.sqlite.writing import append_log, leave_stubs, refer, write_records
from models.changes import LogEntry, LogHead
from queries.catalog import sql

LOG = logging.getLogger("graphsvc")
COPY_S = 3600.0
"""Longest a step of a restore may take."""


class SqliteOperations:
    """`Operations` of a file; what reads all of it has a connection and a thread of its own."""

    _path: Path
    _settings: Settings
    _migration: Migration
    _writer: Threads
    _snapshots: Threads
    _graphs: GraphCache

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._checking: asyncio.Task[None] | None = None

    @property
    def graphs_kept(self) -> GraphsKept:
        return self._graphs.counts

    async def migrated(self) -> Migration:
        return self._migration

    async def integrity(self, scope: Scope) -> Sequence[Flaw]:
        sees_whole_store(scope)
        return await asyncio.to_thread(self._flaws)

    def _flaws(self) -> list[Flaw]:
        with translated():
            return flaws_beside(self._path, self._stop)

    async def copy(self, scope: Scope, target: Path) -> bool:
        sees_whole_store(scope)

        def copied() -> None:
            with translated():
                copy(self._path, target)

        await asyncio.to_thread(copied)
        return True

    async def cut(self, scope: Scope) -> Sequence[LogHead]:
        sees_whole_store(scope)
        found = await self._snapshots.run(
            lambda connection: head_rows(connection, sql("heads"), accounts=None),
            self._settings.bulk_deadline_s,
        )
        return sorted(found, key=lambda head: head.account)

    async def done(self, scope: Scope, ids: Sequence[str]) -> Sequence[Done]:
        sees_whole_store(scope)

        def asked(connection: sqlite3.Connection) -> list[Done]:
            row = connection.execute(sql("done"), {"ids": json_text(list(ids))}).fetchone()
            return [Done(*told) for told in orjson.loads(row[0])]

        return await self._snapshots.run(asked, self._settings.bulk_deadline_s)

    async def keep_log(self, scope: Scope, entries: Sequence[LogEntry], done: Sequence[Done]) -> None:
        sees_whole_store(scope)

        def kept(connection: sqlite3.Connection) -> None:
            with transaction(connection, "BEGIN IMMEDIATE"):
                append_log(connection, entries, done)

        await self._writer.run(kept, COPY_S)

    async def keep_records(self, scope: Scope, records: Sequence[Held], stubs: Sequence[Stub]) -> None:
        sees_whole_store(scope)

        def kept(connection: sqlite3.Connection) -> None:
            with transaction(connection, "BEGIN IMMEDIATE"):
                write_records(connection, plan_of(records))
                leave_stubs(connection, stubs)

        await self._writer.run(kept, COPY_S)

    async def keep_references(self, scope: Scope, records: Sequence[Held]) -> None:
        sees_whole_store(scope)

        def kept(connection: sqlite3.Connection) -> None:
            with transaction(connection, "BEGIN IMMEDIATE"):
                refer(connection, rows_of(records))

        await self._writer.run(kept, COPY_S)

    def check_in_background(self) -> None:
        """Look through a file that was not closed cleanly, and say in the service's log what is wrong."""
        self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        try:
            found = await asyncio.to_thread(self._flaws)
        except Exception as error:  # nobody waits for this: said, not raised
            LOG.warning("%s could not be checked: %s", self._path, error)
            return
        for flaw in found:
            LOG.error("%s %s Restore it from a backup.", self._path, flaw.en)
        if not found:
            LOG.info("%s was not closed cleanly and is whole", self._path)

    async def _end_check(self) -> None:
        self._stop.set()
        if self._checking is not None:
            await self._checking
