"""The operator's part of the port over a Neo4j server."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from neo4j import AsyncManagedTransaction

from graphsvc.errors import BackupFailed, StoreBusy
from graphsvc.settings import Settings
from graphsvc.stores import turns
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.facts import Held, Stub
from graphsvc.stores.listing import sees_whole_store
from graphsvc.stores.neo4j import schema
from graphsvc.stores.neo4j.facts import heads_of
from graphsvc.stores.neo4j.server import Again, Server, ask, tell
from graphsvc.stores.neo4j.writing import append_log, append_records, refer
from graphsvc.stores.operations import Done, Flaw, GraphsKept, Migration
from graphsvc.stores.port import Scope
from graphsvc.stores.replay import rows_of
from models.changes import LogEntry, LogHead
from models.kinds import EDGE_SPECS
from queries.catalog import cypher

T = TypeVar("T")

NODES_AT_ONCE = 5_000


class Neo4jOperations:
    """`Operations` of a server; what takes long has the deadline of a bulk for each of its steps."""

    _server: Server
    _settings: Settings
    _before: int
    _graphs: GraphCache

    @abstractmethod
    async def _ready(self) -> None:
        """The schema is there."""

    @property
    def graphs_kept(self) -> GraphsKept:
        return self._graphs.counts

    async def migrated(self) -> Migration:
        await self._ready()
        return Migration(self._before, schema.newest())

    async def integrity(self, scope: Scope) -> Sequence[Flaw]:
        sees_whole_store(scope)
        there = set(await self._ask(lambda inside: ask(inside, cypher("constraint_names"))))
        missing = [name for name in schema.constraint_names() if name not in there]
        found = [Flaw(f"Constraint {name} is missing.", f"缺少约束 {name}。") for name in missing]
        for spec in EDGE_SPECS.values():
            for id_ in await self._ask(partial(ask, text=cypher("loose_edges", spec))):
                en, zh = spec.kind.en, spec.kind.zh
                found.append(Flaw(f"{en} {id_} is not whole.", f"{zh} {id_} 不完整。"))
        return [*found, *await self._logs()]

    async def _logs(self) -> list[Flaw]:
        async def read(transaction: AsyncManagedTransaction) -> list[str]:
            heads = await self._locked(transaction)
            rows = await ask(transaction, cypher("log_lengths"))
            lengths = {log: (last, entries) for log, last, entries in rows}
            ends = {head.account: (head.sequence, head.sequence) for head in heads}
            return sorted(log for log in lengths.keys() | ends.keys() if lengths.get(log) != ends.get(log))

        logs = await self._write(read)
        return [
            Flaw(f"Log {log} does not end where its head says.", f"日志 {log} 的末尾与其记录不符。")
            for log in logs
        ]

    async def copy(self, scope: Scope, target: Path) -> bool:
        return False

    async def cut(self, scope: Scope) -> Sequence[LogHead]:
        sees_whole_store(scope)
        return await self._write(self._locked)

    async def _locked(self, transaction: AsyncManagedTransaction) -> list[LogHead]:
        """The heads of all logs, each locked: whoever writes has committed all of it or nothing yet."""
        try:
            async with asyncio.timeout(turns.WRITE_TURN_S):
                while True:
                    locked = await ask(transaction, cypher("lock_logs"))
                    heads = heads_of(await ask(transaction, cypher("heads"), accounts=None))
                    if heads.keys() <= set(locked):
                        return [head for _, (head, _) in sorted(heads.items())]
        except TimeoutError as error:
            raise StoreBusy from error

    async def done(self, scope: Scope, ids: Sequence[str]) -> Sequence[Done]:
        sees_whole_store(scope)
        rows = await self._ask(lambda inside: ask(inside, cypher("done"), ids=list(ids)))
        return [Done(*row) for row in rows]

    async def keep_log(self, scope: Scope, entries: Sequence[LogEntry], done: Sequence[Done]) -> None:
        sees_whole_store(scope)
        await self._write(lambda inside: append_log(inside, entries, done))

    async def keep_records(self, scope: Scope, records: Sequence[Held], stubs: Sequence[Stub]) -> None:
        sees_whole_store(scope)
        await self._write(lambda inside: append_records(inside, records, stubs))

    async def keep_references(self, scope: Scope, records: Sequence[Held]) -> None:
        sees_whole_store(scope)
        await self._write(lambda inside: refer(inside, rows_of(records)))

    async def begin_restore(self) -> None:
        """Make the database ready to be filled: empty, and known as unfinished. Raises BackupFailed."""
        *_, holds_anything, unfinished = await self._ask(lambda inside: ask(inside, cypher("schema_version")))
        if holds_anything and not unfinished:
            raise BackupFailed(
                "The Neo4j database is not empty; restore into a new one.",
                "该 Neo4j 数据库非空；请恢复到新的数据库。",
            )
        await self._write(lambda inside: tell(inside, cypher("begin_restore")))
        while await self._write(lambda inside: ask(inside, cypher("remove_some"), limit=NODES_AT_ONCE)):
            continue

    async def end_restore(self) -> None:
        """What was filled in is whole."""
        await self._write(lambda inside: tell(inside, cypher("end_restore")))

    async def _ask(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        await self._ready()
        return await self._server.read(work, self._settings.bulk_deadline_s)

    async def _write(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        await self._ready()
        try:
            return await self._server.write(work, self._settings.bulk_deadline_s)
        except Again as error:
            raise BackupFailed.flawed("A record lacks one it needs.", "有记录缺少其所需的记录。") from error
