"""Erasure on a server."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Collection
from datetime import datetime

from neo4j import AsyncManagedTransaction

from graphsvc.errors import StoreBusy
from graphsvc.settings import Settings
from graphsvc.stores.cache import GraphCache
from graphsvc.stores.facts import Key, known_to
from graphsvc.stores.imports import patiently
from graphsvc.stores.neo4j import erasing, erasures
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j.applying import MoreLogs
from graphsvc.stores.neo4j.server import Again, Server
from graphsvc.stores.port import Scope
from models.erasures import Erasing, Erasure
from models.privacy import FilesState

ATTEMPTS = 10


class Neo4jPrivacy:
    """`Privacy` of a server."""

    _server: Server
    _settings: Settings
    _clock: Callable[[], datetime]
    _owner: str
    _graphs: GraphCache

    @abstractmethod
    async def _ready(self) -> None:
        """The schema is there."""

    async def erase(self, scope: Scope, asked: Erasing, dry_run: bool = False) -> Erasure:
        await self._ready()
        done = await patiently(lambda: self._erase(scope, asked, dry_run))
        if not dry_run:
            self._graphs.clear()
        return done

    async def _erase(self, scope: Scope, asked: Erasing, dry_run: bool) -> Erasure:
        logs: set[str] = set()

        async def work(transaction: AsyncManagedTransaction) -> Erasure:
            return await erasing.erase(transaction, scope, asked, self._clock, self._owner, logs, dry_run)

        end = time.monotonic() + self._settings.bulk_deadline_s
        for _ in range(ATTEMPTS):
            try:
                return await self._server.write(work, end - time.monotonic())
            except Again:
                continue
            except MoreLogs as more:
                logs |= more.logs
        raise StoreBusy

    async def erased(self) -> int:
        await self._ready()
        return await self._server.read(erasures.number, self._settings.read_deadline_s)

    async def seen(self, scope: Scope, keys: Collection[Key]) -> set[Key]:
        async def work(transaction: AsyncManagedTransaction) -> set[Key]:
            held = await answers.records(transaction, keys)
            return known_to(scope, held, (await answers.stubs(transaction, keys)).values())

        return await self._server.read(work, self._settings.read_deadline_s)

    async def scrubbed(self) -> FilesState:
        return FilesState.SERVER
