"""Connections to the file and the threads they live in; every call has a deadline."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from graphsvc.errors import OutcomeUnknown, StorageFull, StoreBusy, StoreUnavailable, TooLarge

T = TypeVar("T")
Connect = Callable[[Path], sqlite3.Connection]

STEPS_BETWEEN_LOOKS = 200_000
"""Virtual-machine steps of SQLite between two looks at the clock: some ten milliseconds."""
GRACE_S = 1.0
"""How long an interrupted call may take to come back before it is given up."""
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection as this store uses it: transactions are begun and ended by hand."""
    connection = sqlite3.connect(path, timeout=2.0, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def connect_to_write(path: Path) -> sqlite3.Connection:
    """The same for the one who writes, with 16 MB of pages and a write-ahead log of 64 MB.

    Indexes of a large account take rows at random places: 2 MB of pages hold few of them, and each import's
    batch changes most of them again, so that they need not all be copied to the file after each.
    """
    connection = connect(path)
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA wal_autocheckpoint = 16384")
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """The same for questions only."""
    connection = connect(path)
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can change nothing, not even when it is closed."""
    name = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(name, uri=True, timeout=2.0, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def translated() -> Iterator[None]:
    """Errors of SQLite as errors of the store."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code in _FULL:
            raise StorageFull from error
        if code is not None and code & 0xFF in _BUSY:
            raise StoreBusy from error
        if code == sqlite3.SQLITE_TOOBIG:
            raise TooLarge from error
        raise StoreUnavailable from error


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """A transaction that is committed at the end, and rolled back if anything goes wrong."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Threads:
    """A few threads, each with a connection of its own."""

    def __init__(self, path: Path, name: str, size: int, connect: Connect) -> None:
        self._path = path
        self._connect = connect
        self._pool = ThreadPoolExecutor(size, thread_name_prefix=f"sqlite-{name}")
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._closed = False

    def submit(self, work: Callable[[sqlite3.Connection], T], deadline_s: float) -> Future[T]:
        """Do `work` in one of the threads; SQLite is interrupted `deadline_s` from now."""
        if self._closed:
            raise StoreUnavailable
        return self._pool.submit(self._do, work, time.monotonic() + deadline_s)

    async def run(self, work: Callable[[sqlite3.Connection], T], deadline_s: float) -> T:
        """The outcome of `work`. Raises StoreUnavailable when the deadline has passed."""
        return await answered(self.submit(work, deadline_s), deadline_s + GRACE_S, StoreUnavailable)

    def _do(self, work: Callable[[sqlite3.Connection], T], end: float) -> T:
        if time.monotonic() > end:
            raise StoreUnavailable
        with translated():
            connection = self._connection()
            connection.set_progress_handler(lambda: time.monotonic() > end, STEPS_BETWEEN_LOOKS)
            try:
                return work(connection)
            finally:
                connection.set_progress_handler(None, 0)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._connect(self._path)
            self._own.connection = connection
            self._opened.append(connection)
        return connection

    def close(self) -> None:
        """Finish what is under way and close the connections. Blocks."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        for connection in self._opened:
            connection.close()
        self._opened.clear()


async def answered(future: Future[T], patience_s: float, late: type[StoreUnavailable]) -> T:
    """The outcome of work in a thread, or `late` if it does not come; then nobody waits for it any more."""
    waiting = _awaitable(future)
    await asyncio.wait({waiting}, timeout=patience_s)
    if not waiting.done():
        waiting.cancel()
        raise late
    return waiting.result()


async def written(
    writer: Threads, work: Callable[[sqlite3.Connection], T], patience_s: float, deadline_s: float
) -> T:
    """The outcome of a write. It waits `patience_s` for its turn, then StoreBusy.

    Once begun it is whole or absent: if it does not come back after its deadline, OutcomeUnknown.
    """
    begun = threading.Event()

    def begin(connection: sqlite3.Connection) -> T:
        begun.set()
        return work(connection)

    future = writer.submit(begin, patience_s + deadline_s)
    await asyncio.wait({_awaitable(future)}, timeout=patience_s)
    if not begun.is_set() and future.cancel():
        raise StoreBusy
    return await answered(future, deadline_s + GRACE_S, OutcomeUnknown)


def _awaitable(future: Future[T]) -> asyncio.Future[T]:
    waiting = asyncio.wrap_future(future)
    # Whoever asked may be gone when the answer comes; then its error concerns nobody.
    waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
    return waiting
