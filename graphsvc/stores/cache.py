"""Account graphs kept in memory: bounded in bytes, each read once however many ask for it."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from itertools import islice

from graphsvc.errors import SnapshotLoading, StoreUnavailable
from graphsvc.stores.operations import GraphsKept
from graphsvc.stores.port import Sequences
from models.graph import AccountGraph

WARM = 8
"""Graphs that keep what was derived from them: it takes many times the room of the graph itself."""
Now = Callable[[], Awaitable[tuple[Sequences, int]]]
"""Where the logs end, and how many people have been erased from the store, by whichever process."""
Load = Callable[[str], Awaitable[AccountGraph]]


class GraphCache:
    """The last used graphs, keyed by account and both sequences, so a stale one is never given out.

    The sequences are read fresh each time; graphs of the past lie beside those of now. So is how many people
    were erased: another process may have erased somebody, and then no graph from before is kept or given out.
    A graph that takes longer than `patience_s` goes on being read, and who waits gets SnapshotLoading; the
    next one who asks finds it.
    """

    def __init__(self, room_bytes: int, patience_s: float) -> None:
        self._room = room_bytes
        self._patience_s = patience_s
        self._kept: OrderedDict[Hashable, AccountGraph] = OrderedDict()
        self._bytes = 0
        self._erased = 0
        self._found = self._read = 0
        self._loading: dict[tuple[Hashable, Sequences], asyncio.Task[AccountGraph]] = {}

    @property
    def counts(self) -> GraphsKept:
        """What was found and read so far, and what is kept now."""
        return GraphsKept(self._found, self._read, len(self._kept), self._bytes)

    def clear(self) -> None:
        """Forget all graphs; those that are being read are given to who waits for them, and not kept."""
        self._kept.clear()
        self._bytes = 0
        self._loading.clear()

    async def graph(self, account_id: str, now: Now, load: Load, past: bool = False) -> AccountGraph:
        """The account's graph as it stands, or as it stood at the sequences of `now` if they are of the past.

        Raises SnapshotLoading, and what `now` and `load` raise.
        """
        began = time.monotonic()
        at, erased = await now()
        if erased != self._erased:
            self._erased = erased
            self.clear()
        place: Hashable = (account_id, at) if past else account_id
        kept = self._kept.get(place)
        if kept is not None and (kept.sequence, kept.firm_sequence) == (at.account, at.firm):
            self._used(place)
            self._found += 1
            return kept
        key = (place, at)
        task = self._loading.get(key)
        if task is None:
            self._read += 1
            task = asyncio.ensure_future(load(account_id))
            self._loading[key] = task
            task.add_done_callback(lambda done: self._loaded(key, done))
        await asyncio.wait({task}, timeout=max(0.0, began + self._patience_s - time.monotonic()))
        if not task.done():
            raise SnapshotLoading
        if task.cancelled():
            raise StoreUnavailable  # the store was closed
        return task.result()

    def _loaded(self, key: tuple[Hashable, Sequences], done: asyncio.Task[AccountGraph]) -> None:
        if self._loading.get(key) is not done:
            return  # forgotten while it was read
        del self._loading[key]
        if done.cancelled() or done.exception() is not None:
            return
        graph = done.result()
        place = key[0]
        old = self._kept.get(place)
        if old is not None:
            if (old.sequence, old.firm_sequence) > (graph.sequence, graph.firm_sequence):
                return
            self._drop(place)
        self._kept[place] = graph
        self._bytes += graph.nbytes
        self._used(place)
        while self._bytes > self._room:
            self._drop(next(iter(self._kept)))

    def _used(self, place: Hashable) -> None:
        """This one is the last used now; the one that is warm no longer forgets what was derived from it."""
        self._kept.move_to_end(place)
        for cold in islice(reversed(self._kept.values()), WARM, WARM + 1):
            cold.forget()

    def _drop(self, place: Hashable) -> None:
        self._bytes -= self._kept.pop(place).nbytes

    async def close(self) -> None:
        """Stop what is still being read."""
        tasks = list(self._loading.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._kept.clear()
        self._bytes = 0
