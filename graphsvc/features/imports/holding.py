"""An import that holds its accounts: its state kept fresh in the store while it works, and its end told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from graphsvc.errors import GraphsvcError
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore
from models.enums import ImportStage
from models.imports import ImportState

BEAT_S = 2.0
"""How often a state is written down anew: others see how far it is, and that its process is there."""


class Holding:
    """The import one works at."""

    def __init__(self, store: GraphStore, state: ImportState) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self.state = state

    @classmethod
    @asynccontextmanager
    async def of(cls, store: GraphStore, state: ImportState) -> AsyncIterator[Holding]:
        """Hold what the state names, and keep it fresh until it is left. Raises AccountImporting."""
        holding = cls(store, state)
        await holding.keep()
        beating = asyncio.create_task(holding._beat())
        try:
            yield holding
        finally:
            beating.cancel()
            await asyncio.wait({beating})

    async def keep(self, **changed: Any) -> None:
        """Write the state down, with fields changed. Raises AccountImporting, ImportTaken."""
        async with self._turn:
            self.state = replace(self.state, **changed)
            await self._store.keep_import(self.state)

    async def hold(self, logs: Iterable[str]) -> bool:
        """Hold these logs, too; whether there were any not held before."""
        wanted = tuple(sorted({*self.state.holds, *logs}))
        if wanted == self.state.holds:
            return False
        await self.keep(holds=wanted)
        return True

    async def end(self, stage: ImportStage, **changed: Any) -> None:
        """Let go, as the import is done, refused, cut off or undone."""
        await self.keep(stage=stage, ended=utc_now(), **changed)

    def advance(self, done: int) -> None:
        """So many batches are written; the next beat says so."""
        self.state = replace(self.state, done=done)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            if self.state.active:
                with suppress(GraphsvcError):  # what stands in the way shows when the next batch is written
                    await self.keep()
