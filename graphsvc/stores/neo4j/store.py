"""The store on a Neo4j server: the port over the async driver."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4

from neo4j import AsyncManagedTransaction
from neo4j.exceptions import AuthError, ConfigurationError, Neo4jError

from graphsvc.errors import NotFound, StartRefused, StoreBusy, StoreUnavailable
from graphsvc.settings import Settings
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.codec import utc_now
from graphsvc.stores.draft import Draft
from graphsvc.stores.firm import FIRM_KINDS
from graphsvc.stores.imports import newest, patiently, shown
from graphsvc.stores.listing import conditions, in_order, visible
from graphsvc.stores.neo4j import applying, imports, past, reading, schema, searching, snapshot
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j.keeping import Neo4jKeeping
from graphsvc.stores.neo4j.locks import lock, settle
from graphsvc.stores.neo4j.operating import Neo4jOperations
from graphsvc.stores.neo4j.privacy import Neo4jPrivacy
from graphsvc.stores.neo4j.properties import held_of
from graphsvc.stores.neo4j.server import Again, Server, ask
from graphsvc.stores.past import graph_then
from graphsvc.stores.port import AccountSummary, Scope, Sequences, Touching
from graphsvc.stores.rehearsal import Rehearsal
from graphsvc.stores.searching import accounts_of
from models.changes import Applied, ChangeSet, LogEntry, LogHead, Stored
from models.enums import Kind, NodeKind
from models.graph import AccountGraph
from models.imports import ImportState, Place
from models.kinds import FIRM, EdgeSpec, spec_of
from queries.catalog import cypher
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount
from queries.relations.channels import Channels
from queries.search.asked import inside
from queries.search.candidates import Candidate

T = TypeVar("T")

TRIES = 5
"""How often a read that a write has torn is repeated before it takes the lock of the account."""
ATTEMPTS = 10
"""How often a write begins anew because the graph changed under it."""
BATCH_ROWS = 1_000
"""Rows of an import in one transaction."""
CHANGES_IN_A_WRITE = 100
"""A change set of more has the deadline of a bulk."""


class Neo4jStore(Neo4jOperations, Neo4jKeeping, Neo4jPrivacy):
    """`GraphStore` on a server: every call under a deadline, writes of an account one after the other."""

    def __init__(
        self, server: Server, settings: Settings, clock: Callable[[], datetime], restoring: bool = False
    ) -> None:
        self._server = server
        self._restoring = restoring
        self._settings = settings
        self._clock = clock
        self._owner = uuid4().hex
        self._graphs = GraphCache(settings.cache_bytes, settings.request_deadline_s)
        self._schema_ready = False
        self._preparing: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        url: str,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        restoring: bool = False,
    ) -> Neo4jStore:
        """The store of a server. A server that does not answer now is no hindrance: it may come back.

        Raises StartRefused for a wrong password, a database that is not ours or one of a newer schema.
        """
        try:
            server = Server(url, settings)
        except (ConfigurationError, ValueError) as error:
            raise _no_address(url, error) from error
        store = cls(server, settings, clock, restoring)
        try:
            await store._prepared()
        except StoreUnavailable as error:
            if not isinstance(error.__cause__, AuthError):
                return store
            await store.close()
            raise StartRefused(
                f"{url} refuses user {settings.store_user}; check GRAPHSVC_STORE_USER and _PASSWORD.",
                f"{url} 拒绝用户 {settings.store_user}；请检查 GRAPHSVC_STORE_USER 和 _PASSWORD。",
            ) from error
        except (ValueError, Neo4jError) as error:
            await store.close()
            raise _no_address(url, error) from error
        except StartRefused:
            await store.close()
            raise
        return store

    async def _ready(self) -> None:
        """The schema is there, or is made now, before the first use."""
        if not self._schema_ready:
            try:
                await self._prepared()
            except StartRefused as error:
                raise StoreUnavailable from error

    async def _prepared(self) -> None:
        """Make the schema; all who need it wait for the same attempt."""
        if self._preparing is None or self._preparing.done():
            self._preparing = asyncio.create_task(self._prepare())
        await asyncio.wait({self._preparing})
        self._preparing.result()

    async def _prepare(self) -> None:
        times = self._settings.read_deadline_s, self._settings.bulk_deadline_s
        self._before = await schema.ensure(self._server, *times, self._restoring)
        self._schema_ready = True

    async def sequences(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequences:
        visible(scope, account_id)
        if as_of is not None:
            return await self._read(lambda transaction: past.sequences(transaction, account_id, as_of))
        return await self._read(lambda transaction: snapshot.sequences(transaction, account_id))

    async def account_graph(
        self, scope: Scope, account_id: str, as_of: datetime | None = None
    ) -> AccountGraph:
        if as_of is not None:
            return await self._graph_then(account_id, await self.sequences(scope, account_id, as_of))
        visible(scope, account_id)

        async def now() -> tuple[Sequences, int]:
            return await self._read(lambda transaction: snapshot.standing(transaction, account_id))

        return await self._graphs.graph(account_id, now, self._load)

    async def _graph_then(self, account_id: str, at: Sequences) -> AccountGraph:
        async def then() -> tuple[Sequences, int]:
            return at, await self.erased()

        async def load(account_id: str) -> AccountGraph:
            records = await self._records_then(account_id, at)
            return await asyncio.to_thread(graph_then, account_id, records, at)

        return await self._graphs.graph(account_id, then, load, past=True)

    async def _records_then(self, account_id: str, at: Sequences) -> list[Stored]:
        return await self._read(
            lambda transaction: past.records(transaction, account_id, at), self._settings.bulk_deadline_s
        )

    async def _load(self, account_id: str) -> AccountGraph:
        found = await self._untorn(account_id, lambda transaction: snapshot.columns(transaction, account_id))
        return await asyncio.to_thread(snapshot.graph_of_columns, account_id, found)

    async def _untorn(self, account_id: str, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        """A read of several questions, of one state: repeated while writes tear it, at last under the lock.

        The database shows each question what is committed by then, and a commit piece by piece while it is
        applied; but it keeps its locks until all is shown. So logs are locked for a moment before and after:
        if they have come as far, and nobody was being shown in part at either end, the read is whole.
        """
        await self._ready()
        end = time.monotonic() + self._settings.bulk_deadline_s
        logs = {account_id, FIRM}
        before = await self._settled(logs, end)
        for _ in range(TRIES):
            found = await self._server.read(work, end - time.monotonic())
            after = await self._settled(logs, end)
            if after == before:
                return found
            before = after

        async def alone(transaction: AsyncManagedTransaction) -> T:
            await lock(transaction, logs)
            return await work(transaction)

        return await self._server.write(alone, end - time.monotonic())

    async def _settled(self, logs: set[str], end: float) -> object:
        """Where logs end when nobody is committing to them; who holds one for longer writes still."""

        async def waited(transaction: AsyncManagedTransaction) -> object:
            await settle(transaction, logs)
            return await answers.heads(transaction, sorted(logs))

        try:
            return await self._server.write(waited, end - time.monotonic())
        except StoreBusy:
            left_s = end - time.monotonic()
            return await self._server.read(lambda inside: answers.heads(inside, sorted(logs)), left_s)

    def laid_out(self, scope: Scope, change_set: ChangeSet) -> Draft:
        return Draft(change_set, scope).with_digest()

    async def apply(self, scope: Scope, change_set: ChangeSet, draft: Draft | None = None) -> Applied:
        await self._ready()
        laid_out = draft if draft is not None else await asyncio.to_thread(Draft, change_set, scope)
        return await patiently(lambda: self._apply(laid_out, self._write_deadline(change_set)))

    async def _apply(self, draft: Draft, deadline_s: float) -> Applied:
        logs: set[str] = set()

        async def work(transaction: AsyncManagedTransaction) -> Applied:
            return await applying.apply(transaction, draft, self._clock, logs, self._owner)

        end = time.monotonic() + deadline_s
        for _ in range(ATTEMPTS):
            try:
                return await self._server.write(work, end - time.monotonic())
            except Again:
                continue
            except applying.MoreLogs as more:
                logs |= more.logs
        raise StoreBusy

    async def check(self, scope: Scope, change_set: ChangeSet, after: Rehearsal | None = None) -> Applied:
        draft = await asyncio.to_thread(Draft, change_set, scope)
        return await self._read(
            lambda transaction: applying.check(transaction, draft, self._clock, after),
            self._write_deadline(change_set),
        )

    def _write_deadline(self, change_set: ChangeSet) -> float:
        bulk = len(change_set.changes) > CHANGES_IN_A_WRITE
        return self._settings.bulk_deadline_s if bulk else self._settings.write_deadline_s

    batch_rows = BATCH_ROWS

    async def keep_import(self, state: ImportState) -> None:
        await self._ready()
        await patiently(
            lambda: self._write(lambda transaction: imports.keep(transaction, state, self._owner))
        )

    async def lost_imports(self, but: Collection[str] = ()) -> Sequence[ImportState]:
        await self._ready()
        return await self._write(lambda transaction: imports.lost(transaction, self._owner, but))

    async def import_state(self, scope: Scope, id: str) -> ImportState:
        return shown(scope, await self._read(lambda transaction: imports.state(transaction, id)))

    async def imports(
        self, scope: Scope, limit: int = 50, before: Place | None = None
    ) -> Sequence[ImportState]:
        return await newest(
            scope, limit, before, lambda at: self._read(lambda inside: imports.states(inside, limit, at))
        )

    async def _write(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        return await self._server.write(work, self._settings.write_deadline_s)

    async def get(self, scope: Scope, kind: Kind, id: str) -> Stored:
        found = await self._read(lambda transaction: answers.records(transaction, [(kind, id)]))
        if not found or not scope.sees(found[0].stored.account):
            raise NotFound(kind, id)
        return found[0].stored

    async def by_external_id(self, scope: Scope, kind: NodeKind, system: str, value: str) -> Stored:
        key = (kind, system, value)
        found = await self._read(lambda transaction: answers.external(transaction, [key]))
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
        params: dict[str, Any] = {
            "after": after,
            "where": conditions(spec, where or {}),
            "limit": limit,
        }
        everywhere, inside = _FIND_EDGES if isinstance(spec, EdgeSpec) else _FIND_NODES
        name = everywhere
        if accounts is not None and kind not in FIRM_KINDS:
            name = inside
            params["accounts"] = sorted(accounts)
        rows = await self._read(lambda transaction: ask(transaction, cypher(name, spec), **params))
        return in_order(held_of(kind, *row).stored for row in rows)

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
        return await self._read(
            lambda transaction: searching.search(transaction, asked, kinds, accounts, on, after, limit)
        )

    async def records(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequence[Stored]:
        visible(scope, account_id)
        if as_of is not None:
            return await self._records_then(account_id, await self.sequences(scope, account_id, as_of))

        async def work(transaction: AsyncManagedTransaction) -> list[Stored]:
            await snapshot.sequences(transaction, account_id)  # it is there
            return await reading.records(transaction, account_id)

        return await self._untorn(account_id, work)

    async def accounts(self, scope: Scope) -> Sequence[AccountSummary]:
        accounts = None if scope.accounts is None else sorted(scope.accounts)
        return await self._read(lambda transaction: reading.accounts(transaction, accounts))

    async def portfolio(self, scope: Scope) -> Sequence[PortfolioAccount]:
        accounts = None if scope.accounts is None else sorted(scope.accounts)
        return await self._read(lambda transaction: reading.portfolio(transaction, accounts))

    async def channels(self, scope: Scope) -> Channels:
        accounts = None if scope.accounts is None else sorted(scope.accounts)
        return await self._read(lambda transaction: reading.channels(transaction, accounts))

    async def crossing_ties(self, scope: Scope) -> Sequence[CrossingTie]:
        accounts = None if scope.accounts is None else sorted(scope.accounts)
        return await self._read(lambda transaction: reading.crossing_ties(transaction, accounts))

    async def log(self, scope: Scope, account: str, after: int = 0, limit: int = 500) -> Sequence[LogEntry]:
        if account != FIRM:
            visible(scope, account)
        return await self._read(lambda transaction: reading.log(transaction, account, after, limit))

    async def heads(self, scope: Scope) -> Sequence[LogHead]:
        accounts = None if scope.accounts is None else sorted(scope.accounts)
        rows = await self._read(lambda transaction: ask(transaction, cypher("heads"), accounts=accounts))
        return [head for _, (head, _) in sorted(answers.heads_of(rows).items())]

    async def history(
        self, scope: Scope, kind: Kind, id: str, start: int | None = None, limit: int = 50
    ) -> Sequence[LogEntry]:
        return await self._read(
            lambda transaction: reading.history(transaction, scope.sees, (kind, id), start, limit)
        )

    async def touching(self, scope: Scope, kind: NodeKind, id: str) -> Touching:
        return await self._read(lambda transaction: reading.touching(transaction, scope.sees, (kind, id)))

    async def changes(self, scope: Scope, change_set: str) -> Sequence[LogEntry]:
        return await self._read(
            lambda transaction: reading.changes(transaction, scope.sees, change_set),
            self._settings.bulk_deadline_s,
        )

    async def unlike_log(self, scope: Scope, log: str) -> tuple[Kind, str] | None:
        if log != FIRM:
            visible(scope, log)
        return await self._untorn(log, lambda transaction: past.unlike_log(transaction, log))

    async def ping(self) -> None:
        await self._read(lambda transaction: ask(transaction, cypher("ping")))

    async def close(self) -> None:
        await self._graphs.close()
        await self._server.close()

    async def _read(
        self, work: Callable[[AsyncManagedTransaction], Awaitable[T]], deadline_s: float | None = None
    ) -> T:
        await self._ready()
        return await self._server.read(work, deadline_s or self._settings.read_deadline_s)


_FIND_NODES, _FIND_EDGES = ("find", "find_in_accounts"), ("find_edges", "find_edges_in_accounts")


def _no_address(url: str, error: Exception) -> StartRefused:
    said = str(error).splitlines()[0]
    return StartRefused(f"{url} cannot be used: {said}", f"无法使用 {url}：{said}")
