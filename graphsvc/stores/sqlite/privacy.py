"""Erasure in a file: the transaction, then the file written anew in the background."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from graphsvc.errors import GraphsvcError
from graphsvc.settings import Settings
from graphsvc.stores import turns
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.facts import Key, known_to
from graphsvc.stores.imports import patiently
from graphsvc.stores.port import Scope
from graphsvc.stores.sqlite import erasing, erasures
from graphsvc.stores.sqlite.facts import records, stubs
from graphsvc.stores.sqlite.threads import Threads, written
from models.erasures import Erasing, Erasure
from models.privacy import FilesState

LOG = logging.getLogger("graphsvc")
SCRUB_S = 3600.0
"""Longest the file may take to be written anew."""


class SqlitePrivacy:
    """`Privacy` of a file."""

    _path: Path
    _settings: Settings
    _clock: Callable[[], datetime]
    _owner: str
    _writer: Threads
    _readers: Threads
    _graphs: GraphCache
    _scrubbing: asyncio.Task[None] | None

    async def erase(self, scope: Scope, asked: Erasing, dry_run: bool = False) -> Erasure:
        def work(connection: sqlite3.Connection) -> Erasure:
            return erasing.erase(connection, scope, asked, self._clock(), self._owner, dry_run)

        deadline_s = self._settings.bulk_deadline_s
        done = await patiently(lambda: written(self._writer, work, turns.WRITE_TURN_S, deadline_s))
        if not dry_run:
            self._graphs.clear()
            self._begin()
        return done

    async def erased(self) -> int:
        return await self._readers.run(erasures.number, self._settings.read_deadline_s)

    async def seen(self, scope: Scope, keys: Collection[Key]) -> set[Key]:
        wanted = tuple(keys)

        def work(connection: sqlite3.Connection) -> set[Key]:
            held, gone = records(connection, wanted).values(), stubs(connection, wanted).values()
            return known_to(scope, held, gone)

        return await self._readers.run(work, self._settings.read_deadline_s)

    async def end_scrubbing(self) -> None:
        """Wait for what is under way."""
        while (task := self._scrubbing) is not None:
            await asyncio.wait({task})
            if self._scrubbing is task:
                self._scrubbing = None

    async def scrubbed(self) -> FilesState:
        await self.end_scrubbing()
        return FilesState.PENDING if await self._unscrubbed() else FilesState.CLEAN

    async def scrub_if_needed(self) -> None:
        """Go on where an earlier process could not write the file anew, or ended before."""
        if await self._unscrubbed():
            self._begin()

    async def _unscrubbed(self) -> bool:
        return await self._readers.run(erasing.is_unscrubbed, self._settings.read_deadline_s)

    def _begin(self) -> None:
        before = self._scrubbing
        self._scrubbing = asyncio.create_task(self._scrub(before))

    async def _scrub(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await self._writer.run(erasing.scrub, SCRUB_S)
        except GraphsvcError as error:
            LOG.warning("%s could not be written anew after an erasure: %s", self._path, error)
