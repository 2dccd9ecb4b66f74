"""The way to a Neo4j server: one driver, a deadline on every call, errors in our words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, LiteralString, TypeVar, cast

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    NotificationMinimumSeverity,
)
from neo4j.exceptions import (
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ResultFailedError,
    TransientError,
)

from graphsvc.errors import OutcomeUnknown, StoreBusy, StoreUnavailable, TooLarge
from graphsvc.settings import Settings
from queries.catalog import CypherText

T = TypeVar("T")
Work = Callable[[AsyncManagedTransaction], Awaitable[T]]

RETRY_S = 2.0
"""How long the driver repeats a transaction that met a deadlock or a lost connection."""
FIRST_WAIT_S, LONGER = 0.1, 1.5
"""Its first wait between two tries, and how many times longer each next one is. Of itself it would wait one
second and then two, though the server is back meanwhile."""
CONNECT_S = 2.0
READS = 5
"""How often a read is repeated that met a record just being deleted."""
GONE_MEANWHILE = "Neo.ClientError.Statement.EntityNotFound"
TOO_LARGE = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"


class Again(Exception):
    """The graph changed under a transaction in a way its locks did not cover: do it again from the start."""


class Breaker:
    """After a few failures in a row, calls fail at once for a moment; then one may try."""

    def __init__(self, failures: int = 3, rest_s: float = 0.5) -> None:
        self._allowed = failures
        self._rest_s = rest_s
        self._failures = 0
        self._until = 0.0

    def check(self) -> None:
        """Raises StoreUnavailable while it is open."""
        now = time.monotonic()
        if self._failures >= self._allowed:
            if now < self._until:
                raise StoreUnavailable
            self._until = now + self._rest_s  # this call tries; the others go on resting

    def failed(self) -> None:
        """A call had no answer."""
        self._failures += 1
        self._until = time.monotonic() + self._rest_s

    def answered(self) -> None:
        """The server answered, whatever it said."""
        self._failures = 0


class Server:
    """A database of a server; sessions see what earlier ones of this process wrote, on any replica."""

    def __init__(self, url: str, settings: Settings) -> None:
        password = settings.store_password
        auth = (settings.store_user, password.get_secret_value()) if password else None
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            url,
            auth=auth,
            max_transaction_retry_time=RETRY_S,
            initial_retry_delay=FIRST_WAIT_S,
            retry_delay_multiplier=LONGER,
            connection_timeout=CONNECT_S,
            connection_acquisition_timeout=CONNECT_S + 0.5,
            keep_alive=True,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            user_agent="graphsvc",
        )
        self._database = settings.store_database
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        self._breaker = Breaker()

    async def read(self, work: Work[T], deadline_s: float) -> T:
        """The outcome of a read transaction. Raises StoreUnavailable when the deadline has passed."""
        end = time.monotonic() + deadline_s
        for _ in range(READS):
            try:
                async with self._session(end - time.monotonic()) as session:
                    return await session.execute_read(work)
            except Again:
                continue
        raise StoreBusy

    async def write(self, work: Work[T], deadline_s: float) -> T:
        """The outcome of a write transaction; raises OutcomeUnknown if it was cut off while it committed."""
        done = False

        async def watched(transaction: AsyncManagedTransaction) -> T:
            nonlocal done
            done = False
            found = await work(transaction)
            done = True
            return found

        try:
            async with self._session(deadline_s) as session:
                return await session.execute_write(watched)
        except OutcomeUnknown:
            raise
        except StoreUnavailable as error:
            if done and not isinstance(error, StoreBusy):
                raise OutcomeUnknown from error
            raise

    async def run(self, text: CypherText, deadline_s: float, **params: Any) -> None:
        """Run a statement that wants a transaction of its own, as schema changes do."""
        async with self._session(deadline_s) as session:
            result = await session.run(cast(LiteralString, text), params)
            await result.consume()

    @asynccontextmanager
    async def _session(self, deadline_s: float) -> AsyncIterator[AsyncSession]:
        self._breaker.check()
        try:
            async with asyncio.timeout(deadline_s):
                async with self._driver.session(
                    database=self._database, bookmark_manager=self._bookmarks
                ) as session:
                    yield session
        except (DriverError, Neo4jError, OSError, TimeoutError) as error:
            found = translated(error)
            if isinstance(found, StoreUnavailable) and not isinstance(found, StoreBusy):
                self._breaker.failed()
            if found is None:
                raise
            raise found from error
        except Exception:
            self._breaker.answered()  # a refusal of ours: the server did its part
            raise
        self._breaker.answered()

    async def close(self) -> None:
        """Let go of the connections; a frozen server is not waited for."""
        try:
            async with asyncio.timeout(CONNECT_S):
                await self._driver.close()
        except (TimeoutError, DriverError, OSError):
            return


def translated(error: Exception) -> Exception | None:
    """An error of the driver as an error of the store; None for a defect of ours."""
    if isinstance(error, ResultFailedError) and isinstance(error.__cause__, Exception):
        return translated(error.__cause__)  # told once more while the transaction was rolled back
    if isinstance(error, IncompleteCommit):
        return OutcomeUnknown()
    if isinstance(error, ConstraintError) or getattr(error, "code", None) == GONE_MEANWHILE:
        return Again()
    if isinstance(error, TransientError):
        return StoreBusy()
    if isinstance(error, ClientError) and not (error.code or "").startswith("Neo.ClientError.Security"):
        return None
    if isinstance(error, ConfigurationError):
        return None
    return StoreUnavailable()


@contextmanager
def _too_large_at_once() -> Iterator[None]:
    """A transaction that is too large for the server's memory is not repeated by the driver."""
    try:
        yield
    except TransientError as error:
        if error.code == TOO_LARGE:
            raise TooLarge from error
        raise


async def ask(transaction: AsyncManagedTransaction, text: CypherText, **params: Any) -> Any:
    """The one value `rows` of a question; None if it gives no row."""
    with _too_large_at_once():
        result = await transaction.run(cast(LiteralString, text), params)
        record = await result.single()
    return None if record is None else record["rows"]


async def tell(transaction: AsyncManagedTransaction, text: CypherText, **params: Any) -> Mapping[str, int]:
    """Run a statement that writes; how many relationships and nodes it made and removed."""
    with _too_large_at_once():
        result = await transaction.run(cast(LiteralString, text), params)
        counters = (await result.consume()).counters
    return {
        "nodes": counters.nodes_created - counters.nodes_deleted,
        "edges": counters.relationships_created - counters.relationships_deleted,
    }
