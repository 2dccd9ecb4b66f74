"""The embedded store: the port over one SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from graphsvc.durable import publish
from graphsvc.errors import BackupFailed, NotFound
from graphsvc.settings import Settings
from graphsvc.stores import turns
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.codec import utc_now
from graphsvc.stores.draft import Draft
from graphsvc.stores.firm import FIRM_KINDS
from graphsvc.stores.imports import newest, patiently, shown
from graphsvc.stores.listing import conditions, in_order, visible
from graphsvc.stores.operations import Migration
from graphsvc.stores.past import graph_then
from graphsvc.stores.port import AccountSummary, Scope, Sequences, Touching
from graphsvc.stores.rehearsal import Rehearsal
from graphsvc.stores.searching import accounts_of
from graphsvc.stores.sqlite import adding, applying, imports, past, reading, searching, snapshot
from graphsvc.stores.sqlite.copying import copy, remove, settle
from graphsvc.stores.sqlite.facts import external, head_rows, held_rows, json_text
from graphsvc.stores.sqlite.keeping import SqliteKeeping
from graphsvc.stores.sqlite.opening import (
    Lock,
    check_place,
    check_readable,
    cut_off,
    held,
    is_database,
    lock_of,
    prepare,
)
from graphsvc.stores.sqlite.operating import SqliteOperations
from graphsvc.stores.sqlite.privacy import SqlitePrivacy
from graphsvc.stores.sqlite.threads import (
    Threads,
    connect_read_only,
    connect_to_read,
    connect_to_write,
    written,
)
from models.changes import Applied, ChangeSet, LogEntry, LogHead, Stored
from models.enums import Kind, NodeKind
from models.graph import AccountGraph
from models.imports import ImportState, Place
from models.kinds import FIRM, spec_of
from queries.catalog import sql
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount
from queries.relations.channels import Channels
from queries.search.asked import inside
from queries.search.candidates import Candidate

T = TypeVar("T")

READERS = 4
SNAPSHOT_READERS = 2
"""Large reads have threads of their own, so that they never keep small ones waiting."""
CHANGES_PER_BULK_DEADLINE = 20_000
BATCH_ROWS = 5_000
"""Rows of an import in one transaction: a write to another account waits a fraction of a second for it."""


class SqliteStore(SqliteOperations, SqliteKeeping, SqlitePrivacy):
    """`GraphStore` in one file: one writer thread, a few readers, none of them ever in the event loop."""

    def __init__(
        self,
        path: Path,
        lock: Lock | None,
        migration: Migration,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._scrubbing: asyncio.Task[None] | None = None
        self._path = path
        self._lock = lock
        self._migration = migration
        self._settings = settings
        self._clock = clock
        self._owner = uuid4().hex
        reading_by = connect_to_read if lock else connect_read_only
        self._writer = Threads(path, "writer", 1, connect_to_write if lock else connect_read_only)
        self._readers = Threads(path, "reader", READERS, reading_by)
        self._snapshots = Threads(path, "snapshot", SNAPSHOT_READERS, reading_by)
        self._graphs = GraphCache(settings.cache_bytes, settings.request_deadline_s)

    @classmethod
    async def open(
        cls, path: Path, settings: Settings, clock: Callable[[], datetime] = utc_now
    ) -> SqliteStore:
        """Open the file, or make it. Raises StartRefused with what is wrong and what helps."""

        def opened() -> tuple[Lock, bool, Migration]:
            check_place(path)
            lock = Lock(lock_of(path))
            try:
                return lock, cut_off(path), prepare(path)
            except BaseException:
                lock.release()
                raise

        lock, unclean, migration = await asyncio.to_thread(opened)
        store = cls(path, lock, migration, settings, clock)
        if unclean:
            store.check_in_background()
        await store.scrub_if_needed()
        return store

    @classmethod
    @asynccontextmanager
    async def new(cls, path: Path, settings: Settings, backup: Path) -> AsyncIterator[SqliteStore]:
        """A file to be filled, or a copy of `backup` if that is one; it has its name at the end only.

        Until then its name ends in `.restoring`; what a block that was cut off has left is begun anew.
        """

        unfinished = path.with_name(f"{path.name}.restoring")

        def begun() -> None:
            if path.exists():
                raise BackupFailed.exists(path)
            check_place(path)
            with held(unfinished):
                remove(unfinished)
                if is_database(backup):
                    copy(backup, unfinished)

        await asyncio.to_thread(begun)
        store = await cls.open(unfinished, settings)
        try:
            yield store
        except BaseException:
            await store.close()
            await asyncio.to_thread(remove, unfinished)
            raise
        await store.close()
        await asyncio.to_thread(settle, unfinished)
        await asyncio.to_thread(publish, unfinished, path)
        lock_of(unfinished).unlink()

    @classmethod
    async def beside(cls, path: Path, settings: Settings) -> SqliteStore:
        """The file to be read only, also while a service has it. Raises StartRefused."""
        version = await asyncio.to_thread(check_readable, path)
        return cls(path, None, Migration(version, version), settings)

    async def sequences(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequences:
        visible(scope, account_id)
        if as_of is not None:
            return await self._read(lambda connection: past.sequences(connection, account_id, as_of))
        return await self._read(lambda connection: snapshot.sequences(connection, account_id))

    async def account_graph(
        self, scope: Scope, account_id: str, as_of: datetime | None = None
    ) -> AccountGraph:
        if as_of is not None:
            return await self._graph_then(account_id, await self.sequences(scope, account_id, as_of))
        visible(scope, account_id)

        async def now() -> tuple[Sequences, int]:
            return await self._read(lambda connection: snapshot.standing(connection, account_id))

        return await self._graphs.graph(account_id, now, self._load)

    async def _graph_then(self, account_id: str, at: Sequences) -> AccountGraph:
        async def then() -> tuple[Sequences, int]:
            return at, await self.erased()

        async def load(account_id: str) -> AccountGraph:
            return await self._snapshots.run(
                lambda connection: graph_then(account_id, past.records(connection, account_id, at), at),
                self._settings.bulk_deadline_s,
            )

        return await self._graphs.graph(account_id, then, load, past=True)

    async def _load(self, account_id: str) -> AccountGraph:
        return await self._snapshots.run(
            lambda connection: snapshot.account_graph(connection, account_id), self._settings.bulk_deadline_s
        )

    def laid_out(self, scope: Scope, change_set: ChangeSet) -> Draft:
        return adding.LaidOut(change_set, scope)

    async def apply(self, scope: Scope, change_set: ChangeSet, draft: Draft | None = None) -> Applied:
        def work(connection: sqlite3.Connection) -> Applied:
            laid_out = draft or adding.LaidOut(change_set, scope)
            return applying.apply(connection, laid_out, self._clock(), self._owner)

        deadline_s = self._write_deadline(change_set)
        return await patiently(lambda: written(self._writer, work, turns.WRITE_TURN_S, deadline_s))

    async def check(self, scope: Scope, change_set: ChangeSet, after: Rehearsal | None = None) -> Applied:
        return await self._snapshots.run(
            lambda connection: applying.check(connection, Draft(change_set, scope), self._clock(), after),
            self._write_deadline(change_set),
        )

    def _write_deadline(self, change_set: ChangeSet) -> float:
        """Small change sets have the deadline of a write, large ones one that grows with them."""
        bulks = len(change_set.changes) / CHANGES_PER_BULK_DEADLINE
        return max(self._settings.write_deadline_s, self._settings.bulk_deadline_s * bulks)

    batch_rows = BATCH_ROWS

    async def keep_import(self, state: ImportState) -> None:
        def work(connection: sqlite3.Connection) -> None:
            imports.keep(connection, state, self._owner)

        deadline_s = self._settings.write_deadline_s
        await patiently(lambda: written(self._writer, work, turns.WRITE_TURN_S, deadline_s))

    async def lost_imports(self, but: Collection[str] = ()) -> Sequence[ImportState]:
        return await written(
            self._writer,
            lambda connection: imports.lost(connection, self._owner, but),
            turns.WRITE_TURN_S,
            self._settings.write_deadline_s,
        )

    async def import_state(self, scope: Scope, id: str) -> ImportState:
        return shown(scope, await self._read(lambda connection: imports.state(connection, id)))

    async def imports(
        self, scope: Scope, limit: int = 50, before: Place | None = None
    ) -> Sequence[ImportState]:
        return await newest(
            scope, limit, before, lambda at: self._read(lambda inside: imports.states(inside, limit, at))
        )

    async def get(self, scope: Scope, kind: Kind, id: str) -> Stored:
        found = await self._read(
            lambda connection: held_rows(connection, sql("records", spec_of(kind)), kind, ids=json_text([id]))
        )
        if not found or not scope.sees(found[0].stored.account):
            raise NotFound(kind, id)
        return found[0].stored

    async def by_external_id(self, scope: Scope, kind: NodeKind, system: str, value: str) -> Stored:
        key = (kind, system, value)
        found = await self._read(lambda connection: external(connection, (key,)))
        if key not in found:
            raise NotFound(kind, value)
        return await self.get(scope, kind, found[key])

    async def find(
        self,
        scope: Scope,
        kind: Kind,
        *,
        account_id: str | None = None,
        where: Mapping[str, str] | None = None,
        after: str = "",
        limit: int = 50,
    ) -> Sequence[Stored]:
        accounts = scope.accounts
        if account_id is not None:
            visible(scope, account_id)
            accounts = frozenset([account_id])
        spec = spec_of(kind)
        params = {"after": after, "where": json_text(conditions(spec, where or {})), "limit": limit}
        text = sql("find", spec)
        if accounts is not None and kind not in FIRM_KINDS:
            if len(accounts) == 1:
                text = sql("find_in_account", spec)
                (params["account"],) = accounts
            else:
                text = sql("find_in_accounts", spec)
                params["accounts"] = json_text(sorted(accounts))
        found = await self._read(lambda connection: held_rows(connection, text, kind, **params))
        return in_order(held.stored for held in found)

    async def search(
        self,
        scope: Scope,
        expressions: Sequence[str],
        kinds: Sequence[NodeKind],
        *,
        on: date,
        account_id: str | None = None,
        after: str = "",
        limit: int = 500,
    ) -> Sequence[Candidate]:
        if account_id is not None:
            visible(scope, account_id)
        asked = [inside(expression, account_id) for expression in expressions]
        accounts = accounts_of(scope, account_id)
        within = None if accounts is None else json_text(accounts)
        return await self._read(
            lambda connection: searching.search(connection, asked, kinds, within, on, after, limit)
        )

    async def records(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequence[Stored]:
        visible(scope, account_id)
        if as_of is not None:
            at = await self.sequences(scope, account_id, as_of)
            return await self._snapshots.run(
                lambda connection: past.records(connection, account_id, at), self._settings.bulk_deadline_s
            )
        return await self._snapshots.run(
            lambda connection: reading.records(connection, account_id), self._settings.bulk_deadline_s
        )

    async def accounts(self, scope: Scope) -> Sequence[AccountSummary]:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        return await self._read(lambda connection: reading.accounts(connection, accounts))

    async def portfolio(self, scope: Scope) -> Sequence[PortfolioAccount]:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        return await self._read(lambda connection: reading.portfolio(connection, accounts))

    async def channels(self, scope: Scope) -> Channels:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        return await self._read(lambda connection: reading.channels(connection, accounts))

    async def crossing_ties(self, scope: Scope) -> Sequence[CrossingTie]:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        return await self._read(lambda connection: reading.crossing_ties(connection, accounts))

    async def log(self, scope: Scope, account: str, after: int = 0, limit: int = 500) -> Sequence[LogEntry]:
        if account != FIRM:
            visible(scope, account)
        return await self._read(lambda connection: reading.log(connection, account, after, limit))

    async def heads(self, scope: Scope) -> Sequence[LogHead]:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        found = await self._read(lambda connection: head_rows(connection, sql("heads"), accounts=accounts))
        return sorted(found, key=lambda head: head.account)

    async def history(
        self, scope: Scope, kind: Kind, id: str, start: int | None = None, limit: int = 50
    ) -> Sequence[LogEntry]:
        return await self._read(
            lambda connection: reading.history(connection, scope.sees, (kind, id), start, limit)
        )

    async def touching(self, scope: Scope, kind: NodeKind, id: str) -> Touching:
        return await self._read(lambda connection: reading.touching(connection, scope.sees, (kind, id)))

    async def changes(self, scope: Scope, change_set: str) -> Sequence[LogEntry]:
        return await self._snapshots.run(
            lambda connection: reading.changes(connection, scope.sees, change_set),
            self._settings.bulk_deadline_s,
        )

    async def unlike_log(self, scope: Scope, log: str) -> tuple[Kind, str] | None:
        if log != FIRM:
            visible(scope, log)
        return await self._snapshots.run(
            lambda connection: past.unlike_log(connection, log), self._settings.bulk_deadline_s
        )

    async def ping(self) -> None:
        await self._read(lambda connection: connection.execute(sql("ping")).fetchone())

    async def close(self) -> None:
        await self._end_check()
        await self.end_scrubbing()
        await self._graphs.close()
        for threads in (self._snapshots, self._readers, self._writer):
            await asyncio.to_thread(threads.close)
        if self._lock is not None:
            self._lock.release()

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._readers.run(work, self._settings.read_deadline_s)
