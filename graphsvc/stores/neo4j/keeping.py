"""What a database keeps beside the graph."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from neo4j import AsyncManagedTransaction

from graphsvc.settings import Settings
from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept, renewed, row_of, thing_of
from graphsvc.stores.neo4j.erasures import place_of
from graphsvc.stores.neo4j.server import Server, ask
from queries.catalog import cypher

T = TypeVar("T")


class Neo4jKeeping:
    """`Keeping` of a server."""

    _server: Server
    _settings: Settings

    @abstractmethod
    async def _ready(self) -> None:
        """The schema is there."""

    async def keep(self, thing: Kept, expected: int | None = None) -> Kept:
        (kept,) = await self.keep_all([(thing, expected)])
        return kept

    async def keep_all(
        self, things: Sequence[tuple[Kept, int | None]], away: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Kept]:
        async def work(inside: AsyncManagedTransaction) -> list[Kept]:
            if away:
                await ask(inside, cypher("throw_away"), places=[place_of(*one) for one in away])
            found = []
            for thing, expected in things:
                told = {"place": place_of(thing.area, thing.key), "row": row_of(thing), "expected": expected}
                found.append(renewed(thing, await ask(inside, cypher("keep"), **told)))
            return found

        return await self._change(work)

    async def kept(self, area: str, key: str) -> Kept | None:
        found = await self._look(lambda inside: ask(inside, cypher("kept"), place=place_of(area, key)))
        return thing_of(found) if found else None

    async def kept_in(self, area: str, owner: str | None = None) -> Sequence[Kept]:
        rows = await self._look(lambda inside: ask(inside, cypher("kept_in"), area=area, owner=owner))
        return sorted(map(thing_of, rows), key=lambda thing: thing.key)

    async def throw_away(self, area: str, keys: Sequence[str]) -> int:
        places = [place_of(area, key) for key in keys]
        return int(await self._change(lambda inside: ask(inside, cypher("throw_away"), places=places)))

    async def throw_away_expired(self, now: datetime) -> int:
        until = moment_text(now)
        return int(await self._change(lambda inside: ask(inside, cypher("throw_away_expired"), now=until)))

    async def _look(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        await self._ready()
        return await self._server.read(work, self._settings.read_deadline_s)

    async def _change(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        await self._ready()
        return await self._server.write(work, self._settings.write_deadline_s)
