"""Checked rows into the store: all of them rehearsed, then written batch by batch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from graphsvc.ahead import ahead
from graphsvc.errors import StoreUnavailable
from graphsvc.features.imports.holding import Holding
from graphsvc.features.imports.progress import Phase, Progress
from graphsvc.features.imports.rows import Pack, Packs
from graphsvc.features.privacy.along import note_changed
from graphsvc.stores.draft import Draft
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.stores.rehearsal import Rehearsal
from models.changes import ChangeSet
from models.faults import Fault, InvalidInput
from models.kinds import OPEN_KINDS

_TRIES = 5
"""How often a batch is sent before the import is given up: a batch sent twice is applied once."""


@dataclass(slots=True)
class Outcome:
    """What rows come to: which packs have something to write, and how many rows of all are written or so.

    `faults` are what the rules say against them, each with the pack it lies in.
    """

    packs: list[Pack] = field(default_factory=list)
    put: int = 0
    unchanged: int = 0
    logs: frozenset[str] = frozenset()
    faults: list[tuple[Fault, Pack]] = field(default_factory=list)


async def rehearsed(
    store: GraphStore, scope: Scope, packs: Packs, reason: str, progress: Progress
) -> Outcome:
    """Check every row against the rules, each pack as if those before it were written; nothing is.

    It is done when the packs have ended. O(rows).
    """
    rehearsal, found, done = Rehearsal(), Outcome(), 0
    async for pack in packs:
        if packs.rows is not None:
            progress(Phase.CHECKING, done, packs.rows)
        done += pack.size
        try:
            asked = ChangeSet("rehearsal", await asyncio.to_thread(pack.puts), reason)
            applied = await store.check(scope, asked, rehearsal)
        except InvalidInput as error:
            found.faults += [(fault, pack) for fault in error.faults]
            continue
        found.put, found.unchanged = found.put + applied.put, found.unchanged + applied.unchanged
        if applied.put:
            found.packs.append(replace(pack, new_in=rehearsal.new_in))
    found.logs = frozenset(rehearsal.logs)
    return found


async def written(
    store: GraphStore,
    scope: Scope,
    holding: Holding,
    packs: Sequence[Pack],
    reason: str,
    request_id: str | None,
    progress: Progress,
) -> None:
    """Write packs, one change set each, the next laid out while one is written.

    Raises what `GraphStore.apply` raises.
    """
    state, total, done = holding.state, sum(pack.size for pack in packs), 0

    def laid_out() -> Iterator[Draft]:
        for number, pack in enumerate(packs, 1):
            id_, changes = state.batch(number), pack.puts()
            asked = ChangeSet(id_, changes, reason, request_id, of_import=state.id, new_in=pack.new_in)
            yield store.laid_out(scope, asked)

    with closing(ahead(laid_out())) as drafts:
        for number, pack in enumerate(packs, 1):
            progress(Phase.WRITING, done, total)
            batch = await asyncio.to_thread(next, drafts)
            await _sent(store, scope, batch)
            if any(kind not in OPEN_KINDS for kind, _ in pack.kinds):
                id_ = batch.change_set.id
                await note_changed(store, scope, await store.changes(scope, id_), id_, request_id)
            holding.advance(number)
            done += pack.size


async def _sent(store: GraphStore, scope: Scope, batch: Draft) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            await store.apply(scope, batch.change_set, batch)
        except StoreUnavailable as error:
            if not left:
                raise
            await asyncio.sleep(error.retry_after_s)
        else:
            return
