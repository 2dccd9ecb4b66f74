"""Checked rows into the store: all of them rehearsed, then written batch by batch."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from graphsvc.errors import StoreUnavailable
from graphsvc.features.imports.holding import Holding
from graphsvc.features.imports.progress import Phase, Progress
from graphsvc.features.imports.rows import CheckedRows, Pack
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.stores.rehearsal import Rehearsal
from models.changes import ChangeSet
from models.faults import InvalidInput

_TRIES = 5
"""How often a batch is sent before the import is given up: a batch sent twice is applied once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rows come to: which packs have something to write, and how many rows of all are written or so."""

    packs: Sequence[Pack]
    put: int
    unchanged: int
    logs: frozenset[str]


async def rehearsed(
    store: GraphStore, scope: Scope, rows: CheckedRows, reason: str, progress: Progress
) -> Outcome:
    """Check every row against the rules, each pack as if those before it were written; nothing is.

    Raises InvalidInput with the faults of all packs, each with its file and row. O(rows).
    """
    rehearsal = Rehearsal()
    packs, faults, put, unchanged, done = [], [], 0, 0, 0
    for pack in rows.packs:
        progress(Phase.CHECKING, done, rows.size)
        done += pack.size
        try:
            asked = ChangeSet("rehearsal", await asyncio.to_thread(pack.puts), reason)
            applied = await store.check(scope, asked, rehearsal)
        except InvalidInput as error:
            faults += [rows.placed(fault, pack) for fault in error.faults]
            continue
        put, unchanged = put + applied.put, unchanged + applied.unchanged
        if applied.put:
            packs.append(pack)
    if faults:
        raise InvalidInput(*faults)
    return Outcome(packs, put, unchanged, frozenset(rehearsal.logs))


async def written(
    store: GraphStore,
    scope: Scope,
    holding: Holding,
    packs: Sequence[Pack],
    reason: str,
    request_id: str | None,
    progress: Progress,
) -> None:
    """Write packs, one change set each. Raises what `GraphStore.apply` raises."""
    total = sum(pack.size for pack in packs)
    done = 0
    for number, pack in enumerate(packs, 1):
        progress(Phase.WRITING, done, total)
        changes = await asyncio.to_thread(pack.puts)
        state = holding.state
        asked = ChangeSet(state.batch(number), changes, reason, request_id, of_import=state.id)
        await _sent(store, scope, asked)
        holding.advance(number)
        done += pack.size


async def _sent(store: GraphStore, scope: Scope, batch: ChangeSet) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            await store.apply(scope, batch)
        except StoreUnavailable as error:
            if not left:
                raise
            await asyncio.sleep(error.retry_after_s)
        else:
            return
