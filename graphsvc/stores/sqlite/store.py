"""The embedded store: the port over one SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import orjson

from graphsvc.errors import NotFound
from graphsvc.settings import Settings
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.codec import applied_of, kind_of, moment_of, utc_now
from graphsvc.stores.draft import Draft
from graphsvc.stores.facts import Facts, Held, Key
from graphsvc.stores.firm import firm_keys
from graphsvc.stores.listing import AccountLine, conditions, in_order, summaries, visible
from graphsvc.stores.plan import Plan, needs, plan
from graphsvc.stores.port import AccountSummary, Scope, Sequences
from graphsvc.stores.sqlite import snapshot
from graphsvc.stores.sqlite.facts import by_kind, fetch, held_rows, json_text
from graphsvc.stores.sqlite.opening import Lock, check_place, prepare
from graphsvc.stores.sqlite.threads import Threads, transaction, written
from graphsvc.stores.sqlite.writing import write
from models.changes import Applied, ChangeSet, LogEntry, Stored
from models.enums import Kind
from models.faults import Code, Fault, InvalidInput
from models.graph import AccountGraph
from models.kinds import FIRM, NODE_SPECS, SPECS, spec_of
from queries.catalog import sql

T = TypeVar("T")

READERS = 4
SNAPSHOT_READERS = 2
"""Large reads have threads of their own, so that they never keep small ones waiting."""
WRITE_TURN_S = 2.0
"""How long a write waits for the one before it."""
CHANGES_PER_BULK_DEADLINE = 20_000


class SqliteStore:
    """`GraphStore` in one file: one writer thread, a few readers, none of them ever in the event loop."""

    def __init__(self, path: Path, lock: Lock, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._lock = lock
        self._settings = settings
        self._clock = clock
        self._writer = Threads(str(path), "writer", 1, query_only=False)
        self._readers = Threads(str(path), "reader", READERS, query_only=True)
        self._snapshots = Threads(str(path), "snapshot", SNAPSHOT_READERS, query_only=True)
        self._graphs = GraphCache(settings.cache_bytes, settings.request_deadline_s)

    @classmethod
    async def open(
        cls, path: Path, settings: Settings, clock: Callable[[], datetime] = utc_now
    ) -> SqliteStore:
        """Open the file, or make it. Raises StartRefused with what is wrong and what helps."""

        def opened() -> Lock:
            check_place(path)
            lock = Lock(path.with_name(path.name + ".lock"))
            try:
                prepare(path)
            except BaseException:
                lock.release()
                raise
            return lock

        return cls(path, await asyncio.to_thread(opened), settings, clock)

    async def sequences(self, scope: Scope, account_id: str) -> Sequences:
        visible(scope, account_id)
        return await self._read(lambda connection: snapshot.sequences(connection, account_id))

    async def account_graph(self, scope: Scope, account_id: str) -> AccountGraph:
        return await self._graphs.graph(account_id, lambda: self.sequences(scope, account_id), self._load)

    async def _load(self, account_id: str) -> AccountGraph:
        return await self._snapshots.run(
            lambda connection: snapshot.account_graph(connection, account_id), self._settings.bulk_deadline_s
        )

    async def apply(self, scope: Scope, change_set: ChangeSet) -> Applied:
        return await written(
            self._writer,
            lambda connection: _apply(connection, Draft(change_set, scope), self._clock()),
            WRITE_TURN_S,
            self._write_deadline(change_set),
        )

    async def check(self, scope: Scope, change_set: ChangeSet) -> Applied:
        return await self._snapshots.run(
            lambda connection: _check(connection, Draft(change_set, scope), self._clock()),
            self._write_deadline(change_set),
        )

    def _write_deadline(self, change_set: ChangeSet) -> float:
        """Small change sets have the deadline of a write, large ones one that grows with them."""
        bulks = len(change_set.changes) / CHANGES_PER_BULK_DEADLINE
        return max(self._settings.write_deadline_s, self._settings.bulk_deadline_s * bulks)

    async def get(self, scope: Scope, kind: Kind, id: str) -> Stored:
        found = await self._read(
            lambda connection: held_rows(connection, sql("records", spec_of(kind)), kind, ids=json_text([id]))
        )
        if not found or not scope.sees(found[0].stored.account):
            raise NotFound(kind, id)
        return found[0].stored

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
        if accounts is not None and spec not in _FIRM_SPECS:
            text = sql("find_in_accounts", spec)
            params["accounts"] = json_text(sorted(accounts))
        found = await self._read(lambda connection: held_rows(connection, text, kind, **params))
        return in_order(held.stored for held in found)

    async def records(self, scope: Scope, account_id: str) -> Sequence[Stored]:
        visible(scope, account_id)
        return await self._snapshots.run(
            lambda connection: _records(connection, account_id), self._settings.bulk_deadline_s
        )

    async def accounts(self, scope: Scope) -> Sequence[AccountSummary]:
        accounts = None if scope.accounts is None else json_text(sorted(scope.accounts))
        return await self._read(lambda connection: _accounts(connection, accounts))

    async def log(self, scope: Scope, account: str, after: int = 0, limit: int = 500) -> Sequence[LogEntry]:
        if account != FIRM:
            visible(scope, account)
        return await self._read(lambda connection: _log(connection, account, after, limit))

    async def ping(self) -> None:
        await self._read(lambda connection: connection.execute(sql("ping")).fetchone())

    async def close(self) -> None:
        await self._graphs.close()
        for threads in (self._snapshots, self._readers, self._writer):
            await asyncio.to_thread(threads.close)
        self._lock.release()

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._readers.run(work, self._settings.read_deadline_s)


_FIRM_SPECS = tuple(spec for spec in NODE_SPECS.values() if spec.firm)


def _planned(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Plan | Applied:
    """What is to be written, or what the same change set did when it was applied before."""
    row = connection.execute(sql("applied"), {"id": draft.change_set.id}).fetchone()
    if row is not None:
        if row[0] != draft.digest:
            raise InvalidInput(Fault(Code.REUSED, {"id": draft.change_set.id}, "/id"))
        return applied_of(draft.change_set.id, row[1])
    facts = Facts()
    while asked := needs(draft, facts):
        fetch(connection, asked, facts)
    return plan(draft, facts, now)


def _apply(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Applied:
    with transaction(connection, "BEGIN IMMEDIATE"):
        planned = _planned(connection, draft, now)
        if isinstance(planned, Applied):
            return planned
        if planned.entries:
            write(connection, draft, planned)
        return planned.applied


def _check(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Applied:
    with transaction(connection, "BEGIN"):
        planned = _planned(connection, draft, now)
        return planned if isinstance(planned, Applied) else planned.applied


def _records(connection: sqlite3.Connection, account_id: str) -> list[Stored]:
    with transaction(connection, "BEGIN"):
        snapshot.sequences(connection, account_id)
        found = [
            held.stored
            for spec in SPECS
            if spec not in _FIRM_SPECS
            for held in held_rows(connection, sql("account_records", spec), spec.kind, account=account_id)
        ]
        wanted = dict.fromkeys(key for stored in found for key in firm_keys(stored))
        have: dict[Key, Held] = {}
        while wanted:
            new = [
                held
                for spec, ids in by_kind(wanted).items()
                for held in held_rows(connection, sql("records", spec), spec.kind, ids=json_text(ids))
            ]
            have.update({(held.stored.kind, held.stored.id): held for held in new})
            wanted = dict.fromkeys(key for held in new for key in firm_keys(held.stored) if key not in have)
    return in_order([*found, *(held.stored for held in have.values())])


def _accounts(connection: sqlite3.Connection, accounts: str | None) -> list[AccountSummary]:
    with transaction(connection, "BEGIN"):
        names, counts, deals = (
            orjson.loads(connection.execute(sql(name), {"accounts": accounts}).fetchone()[0])
            for name in ("account_names", "account_counts", "account_deals")
        )
    lines = {id_: AccountLine(id_, name, tier) for id_, name, tier in names}
    for account, kind, number in counts:
        lines[account].counts[kind] = number
    for account, value in deals:
        lines[account].deals.append(value or 0.0)
    return summaries(lines.values())


def _log(connection: sqlite3.Connection, account: str, after: int, limit: int) -> list[LogEntry]:
    params = {"account": account, "after": after, "limit": limit}
    row = connection.execute(sql("log_entries"), params).fetchone()
    sequences, told, before, later = (orjson.loads(column) for column in row)
    entries = []
    for sequence, words, body_before, body_after in zip(sequences, told, before, later, strict=True):
        at, actor, change_set, kind, id_, revision, reason, request_id = words
        entries.append(
            LogEntry(
                account,
                sequence,
                moment_of(at),
                actor,
                change_set,
                kind_of(kind),
                id_,
                body_before,
                body_after,
                revision,
                reason,
                request_id,
            )
        )
    return entries
