"""Imports undone, batch by batch, the last first: by who asks for it, or because they were cut off."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

from graphsvc.errors import Conflict, GraphsvcError, NoChangeSet, NotUndoable
from graphsvc.features.history.service import built_upon, inverse_of, values_of
from graphsvc.features.imports.holding import Holding
from graphsvc.features.privacy.along import check_right, note_changed
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.stores.rehearsal import Rehearsal
from models.changes import ChangeSet, LogEntry
from models.enums import ImportStage
from models.faults import InvalidInput
from models.imports import ImportState

log = logging.getLogger("graphsvc.imports")


async def undo_import(store: GraphStore, scope: Scope, id: str, request_id: str | None = None) -> ImportState:
    """Reverse an import whole or not at all: that every batch can be undone is seen before the first is.

    Raises NoImport, NotUndoable, NotAllowed (a dossier), ChangedSince with the later changes if something was
    built upon it.
    """
    state = await store.import_state(scope, id)
    if state.stage is not ImportStage.DONE:
        raise NotUndoable(id, state.stage)
    async with Holding.of(store, replace(state, stage=ImportStage.UNDOING)) as holding:
        try:
            await _rehearsed(store, scope, holding)
        except BaseException:
            await asyncio.shield(holding.keep(stage=ImportStage.DONE))
            raise
        await _undone(store, scope, holding, request_id)
        await holding.end(ImportStage.UNDONE)
        return holding.state


async def settle_lost(store: GraphStore, busy: set[str] | None = None) -> list[ImportState]:
    """Bring imports to an end that nobody works at: done if all was written, undone if not.

    `busy`: those this process works at, at any moment; one that is being settled is among them. One that
    cannot be settled is logged, and the next one's turn. Gives what became of the others.
    Raises StoreUnavailable.
    """
    busy = set() if busy is None else busy
    settled = []
    for lost in await store.lost_imports(tuple(busy)):
        if lost.id in busy:
            continue  # begun since the store was asked
        busy.add(lost.id)
        try:
            state = await store.import_state(Scope(lost.actor), lost.id)
            if state.active:
                settled.append(await settle(store, state))
        except (GraphsvcError, InvalidInput) as error:
            log.warning("import %s was cut off and cannot be settled yet: %s", lost.id, type(error).__name__)
        finally:
            busy.discard(lost.id)
    return settled


async def settle(store: GraphStore, state: ImportState) -> ImportState:
    """Bring an import to an end: as undone if that was asked for, as done if its last batch is written.

    One that was to be undone and cannot be, as something was built upon it, is done as before.
    """
    scope = Scope(state.actor, dossiers=True)
    async with Holding.of(store, state) as holding:
        if state.stage is ImportStage.UNDOING and not await _can_be_undone(store, scope, holding):
            await holding.keep(stage=ImportStage.DONE)
        elif state.stage is ImportStage.RUNNING and await _is_whole(store, scope, state):
            await holding.end(ImportStage.DONE, done=state.total)
        else:
            await _undone(store, scope, holding, None)
            asked = state.stage is ImportStage.UNDOING
            await holding.end(ImportStage.UNDONE if asked else ImportStage.INTERRUPTED)
        return holding.state


async def _can_be_undone(store: GraphStore, scope: Scope, holding: Holding) -> bool:
    """Whether the undo was found possible before it was cut off, as some of it is done, or is so now."""
    if await _is_undone(store, scope, holding.state, holding.state.total):
        return True
    try:
        await _rehearsed(store, scope, holding)
    except Conflict:
        return False
    return True


async def _is_whole(store: GraphStore, scope: Scope, state: ImportState) -> bool:
    return state.total > 0 and bool(await _entries(store, scope, state, state.total))


async def _rehearsed(store: GraphStore, scope: Scope, holding: Holding) -> None:
    """See that all batches can be undone, and hold what that reaches."""
    state = holding.state
    rehearsal = Rehearsal()
    for number in _backwards(state):
        if entries := await _entries(store, scope, state, number):
            check_right(scope, entries)
            asked = await _inverse(entries, state, number)
            async with built_upon(store, scope, entries):
                await store.check(scope, asked, rehearsal)
    if await holding.hold(rehearsal.logs):
        await _rehearsed(store, scope, holding)


async def _undone(store: GraphStore, scope: Scope, holding: Holding, request_id: str | None) -> None:
    state = holding.state
    for number in _backwards(state):
        if await _is_undone(store, scope, state, number):
            continue  # before it was cut off, and maybe by somebody else
        if entries := await _entries(store, scope, state, number):
            asked = await _inverse(entries, state, number, request_id)
            await store.apply(scope, asked)
            await note_changed(store, scope, entries, asked.id, request_id)
        holding.advance(number - 1)


async def _is_undone(store: GraphStore, scope: Scope, state: ImportState, number: int) -> bool:
    try:
        return bool(await store.changes(scope, _undo_of(state, number)))
    except NoChangeSet:
        return False


def _backwards(state: ImportState) -> Iterator[int]:
    return iter(range(state.total, 0, -1))


async def _entries(store: GraphStore, scope: Scope, state: ImportState, number: int) -> list[LogEntry]:
    """What a batch did; nothing if it was not written."""
    try:
        return values_of(await store.changes(scope, state.batch(number)))
    except NoChangeSet:
        return []


async def _inverse(
    entries: list[LogEntry], state: ImportState, number: int, request_id: str | None = None
) -> ChangeSet:
    """What undoes a batch: the same change set however often it is sent."""
    changes = await asyncio.to_thread(inverse_of, entries)
    told = _undo_of(state, number), changes, f"undo import {state.id}", request_id
    return ChangeSet(*told, exact=True, of_import=state.id)


def _undo_of(state: ImportState, number: int) -> str:
    """The id of the change set that undoes a batch."""
    return f"{state.id}.undo.{number}"
