"""What a file keeps beside the graph."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import orjson

from graphsvc.settings import Settings
from graphsvc.stores import turns
from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept, renewed, row_of, thing_of
from graphsvc.stores.sqlite.facts import json_text
from graphsvc.stores.sqlite.threads import Threads, transaction, written
from queries.catalog import SqlText, sql


class SqliteKeeping:
    """`Keeping` of a file."""

    _settings: Settings
    _writer: Threads
    _readers: Threads

    async def keep(self, thing: Kept, expected: int | None = None) -> Kept:
        (kept,) = await self.keep_all([(thing, expected)])
        return kept

    async def keep_all(
        self, things: Sequence[tuple[Kept, int | None]], away: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Kept]:
        def work(connection: sqlite3.Connection) -> list[Kept]:
            with transaction(connection, "BEGIN IMMEDIATE"):
                for area, key in away:
                    connection.execute(sql("throw_away"), {"area": area, "keys": json_text([key])})
                return [_kept(connection, thing, expected) for thing, expected in things]

        return await written(self._writer, work, turns.WRITE_TURN_S, self._settings.write_deadline_s)

    async def kept(self, area: str, key: str) -> Kept | None:
        found = await self._things(area, key=key)
        return found[0] if found else None

    async def kept_in(self, area: str, owner: str | None = None) -> Sequence[Kept]:
        return sorted(await self._things(area, owner=owner), key=lambda thing: thing.key)

    async def throw_away(self, area: str, keys: Sequence[str]) -> int:
        return await self._thrown(sql("throw_away"), area=area, keys=json_text(list(keys)))

    async def throw_away_expired(self, now: datetime) -> int:
        return await self._thrown(sql("throw_away_expired"), now=moment_text(now))

    async def _things(self, area: str, key: str | None = None, owner: str | None = None) -> list[Kept]:
        params = {"area": area, "key": key, "owner": owner}
        row = await self._readers.run(
            lambda connection: connection.execute(sql("kept"), params).fetchone(),
            self._settings.read_deadline_s,
        )
        return [thing_of(told) for told in orjson.loads(row[0])]

    async def _thrown(self, text: SqlText, **params: str) -> int:
        def work(connection: sqlite3.Connection) -> int:
            with transaction(connection, "BEGIN IMMEDIATE"):
                return connection.execute(text, params).rowcount

        return await written(self._writer, work, turns.WRITE_TURN_S, self._settings.write_deadline_s)


def _kept(connection: sqlite3.Connection, thing: Kept, expected: int | None) -> Kept:
    """The thing with its new version. Raises KeptSince, which ends the transaction."""
    row = connection.execute(sql("keep"), {**row_of(thing), "expected": expected}).fetchone()
    return renewed(thing, row[0] if row else None)
