"""A process that opens a store and kills itself before its n-th statement: run by the fault tests.

Arguments: the file, how many versions of the schema there are to be, n. It ends with 0 if it got through.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import Any

from graphsvc.stores.sqlite import SqliteStore, migrating
from graphsvc.stores.sqlite.migrating import Version
from tests.stores import settings_of

KNOWN = migrating.versions()


def with_made_up(more: int) -> tuple[Version, ...]:
    """The versions there are, and some more with a table, an index and a fill each."""
    made = []
    for number in range(len(KNOWN) + 1, len(KNOWN) + 1 + more):
        statements = (
            f"CREATE TABLE made_up_{number} (id TEXT NOT NULL, hits INTEGER NOT NULL)",
            f"CREATE INDEX made_up_{number}_id ON made_up_{number} (id)",
            f"PRAGMA user_version = {number}",
        )
        made.append(Version(number, f"made_up_{number}", statements, partial(filled, number=number)))
    return (*KNOWN, *made)


def filled(connection: sqlite3.Connection, number: int) -> None:
    """One row for each record."""
    connection.execute(f"INSERT INTO made_up_{number} SELECT id, length(body) FROM node")


def main(file: str, more: str, statement: str) -> None:
    """Open the file, counting the statements of every connection."""
    left = int(statement)
    connect = sqlite3.connect

    def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        if args[0] != ":memory:":
            connection.set_trace_callback(count)
        return connection

    def count(_: str) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    found = with_made_up(int(more))
    migrating.versions = lambda: found  # type: ignore[assignment]
    migrating.fingerprint_of(len(found))
    sqlite3.connect = traced  # type: ignore[assignment]

    async def opened() -> None:
        store = await SqliteStore.open(Path(file), settings_of())
        await store.close()

    asyncio.run(opened())


if __name__ == "__main__":
    main(*sys.argv[1:4])
