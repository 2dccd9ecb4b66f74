"""The key that cursors are signed with: made once for a store, kept in it, the same in all its processes."""

from __future__ import annotations

import os

from graphsvc.conflicts import KeptSince
from graphsvc.errors import StorageFull, StoreUnavailable
from graphsvc.stores.keeping import Keeping, Kept

AREA, KEY = "signing", "cursors"
"""Where it is kept."""
_BYTES = 32


class CursorKey:
    """The key of one store, read when it is first needed."""

    def __init__(self, store: Keeping) -> None:
        self._store = store
        self._known: bytes | None = None
        self._own = os.urandom(_BYTES)

    async def read(self) -> bytes:
        """The key; one that is not there yet is made. Raises StoreUnavailable.

        Of a store that takes none, being full or open for reading only, this process signs with its own.
        """
        if self._known is None:
            self._known = await self._kept() or await self._made()
        return self._known or self._own

    async def _kept(self) -> bytes | None:
        thing = await self._store.kept(AREA, KEY)
        return None if thing is None else bytes.fromhex(thing.body["key"])

    async def _made(self) -> bytes | None:
        try:
            await self._store.keep(Kept(AREA, KEY, "", {"key": self._own.hex()}), expected=0)
        except KeptSince:  # another process was quicker: its key holds
            return await self._kept()
        except (StoreUnavailable, StorageFull):
            return None
        return self._own
