"""What a process keeps in memory beside the store goes when somebody is erased, by whichever process."""

from __future__ import annotations

from collections.abc import Callable

from graphsvc.stores.port import GraphStore

Forget = Callable[[], None]


class Forgetting:
    """Whether anybody was erased since it was last looked; then whoever keeps something forgets it."""

    def __init__(self, store: GraphStore, *forget: Forget) -> None:
        self._store = store
        self._forget = list(forget)
        self._erased: int | None = None

    def tell(self, forget: Forget) -> None:
        """From now on this one is told, too."""
        self._forget.append(forget)

    async def look(self) -> None:
        """Look, and have all forget if there was: what they keep may tell of him. Raises StoreUnavailable."""
        erased = await self._store.erased()
        if erased != self._erased:
            self._erased = erased
            self.now()

    def now(self) -> None:
        """Have all forget."""
        for forget in self._forget:
            forget()
