"""Undo: the inverse of a change set, itself a change set and logged as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import takewhile

from graphsvc.errors import ChangedSince, ErasedValues, NoChangeSet, NotFound, PartlyUnseen
from graphsvc.features.privacy.along import check_right, note_changed
from graphsvc.features.records.service import keyed_id, new_id
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, Change, ChangeSet, CheckedBody, Delete, LogEntry, Put
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, InvalidInput
from models.kinds import FIRM

MOST_SHOWN = 50
"""Later changes that are listed when an undo is refused."""


async def undo(
    store: GraphStore, scope: Scope, change_set: str, request_id: str, key: str | None = None
) -> Applied:
    """Reverse a change set; to undo the undo, undo what this gives. Sent again with a key, it is done once.

    Raises NoChangeSet, PartlyUnseen, NotAllowed (a dossier), ErasedValues if somebody of it was erased since,
    and ChangedSince with the later changes if one of its records is no longer as it left it or something else
    depends on them.
    """
    entries = values_of(await _whole(store, scope, change_set))
    check_right(scope, entries)
    inverse = await asyncio.to_thread(inverse_of, entries)
    id_ = keyed_id(scope, key) if key else new_id()
    asked = ChangeSet(id_, inverse, f"undo {change_set}", request_id, exact=True)
    async with built_upon(store, scope, entries):
        done = await _applied(store, scope, asked, entries)
    await note_changed(store, scope, entries, id_, request_id)
    return done


async def _applied(store: GraphStore, scope: Scope, asked: ChangeSet, entries: Sequence[LogEntry]) -> Applied:
    try:
        return await store.apply(scope, asked)
    except ChangedSince:
        found = await _as_it_was_left(store, scope, entries)
        if found is None:
            raise
    except InvalidInput as refused:
        found = await _as_it_was_found(store, scope, entries, asked.id)
        if found is None or not _is_reused(refused):
            raise
    return await store.apply(scope, replace(asked, changes=inverse_of(found)))


def _is_reused(refused: InvalidInput) -> bool:
    return any(fault.code is Code.REUSED for fault in refused.faults)


async def _whole(store: GraphStore, scope: Scope, change_set: str) -> Sequence[LogEntry]:
    """What a change set did. Raises NoChangeSet, PartlyUnseen where only some of it is in the scope."""
    try:
        return await store.changes(scope, change_set)
    except NoChangeSet:
        entries = await store.changes(replace(scope, accounts=None), change_set)
        if any(entry.account != FIRM and scope.sees(entry.account) for entry in entries):
            raise PartlyUnseen(change_set) from None
        raise


async def _as_it_was_left(
    store: GraphStore, scope: Scope, entries: Sequence[LogEntry]
) -> list[LogEntry] | None:
    """The entries at the revisions where their records are now, if all are again what they left behind.

    So it is where later changes were undone: one goes back step by step. None if anything differs.
    """
    found = []
    for entry in entries:
        newest = await store.history(scope, entry.kind, entry.id, limit=1)
        if not newest or not _leaves_the_same(newest[0], entry):
            return None
        found.append(replace(entry, revision=newest[0].revision))
    return found


async def _as_it_was_found(
    store: GraphStore, scope: Scope, entries: Sequence[LogEntry], undo_of_them: str
) -> list[LogEntry] | None:
    """The entries at the revisions where a change set of before found their records; None if it had others.

    That undid them as they were left again, sent again it is the same.
    """
    try:
        before = {(row.kind, row.id): row.revision - 1 for row in await store.changes(scope, undo_of_them)}
    except NoChangeSet:
        return None
    keys = [(entry.kind, entry.id) for entry in entries]
    if not before.keys() >= set(keys):
        return None
    return [replace(entry, revision=before[key]) for entry, key in zip(entries, keys, strict=True)]


def _leaves_the_same(newest: LogEntry, entry: LogEntry) -> bool:
    """Whether a record stands as an entry left it; one that is gone, if it was the same that went."""
    same = newest.after == entry.after
    return same and (entry.after is not None or newest.before == entry.before)


@asynccontextmanager
async def built_upon(store: GraphStore, scope: Scope, entries: Sequence[LogEntry]) -> AsyncIterator[None]:
    """What stands against undoing these entries, told as ChangedSince with the later changes."""
    try:
        yield
    except ChangedSince as since:
        later = await _later(store, scope, entries, since.keys)
        raise ChangedSince(since.keys, later) from None
    except InvalidInput as refused:
        if _is_reused(refused):
            raise  # the key stands for another request
        named = ((fault.params.get("kind"), fault.params.get("id")) for fault in refused.faults)
        keys = [(kind, id_) for kind, id_ in named if isinstance(kind, NodeKind | EdgeKind) and id_]
        later = await _later(store, scope, entries, dict.fromkeys(keys))
        raise ChangedSince(tuple(dict.fromkeys(keys)), later, refused.faults) from None


def values_of(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries that hold values: others only tell an account of a tie's other end.

    Raises ErasedValues for the change set of an erasure.
    """
    entries = list(entries)
    if erased := tuple(dict.fromkeys((e.kind, e.id) for e in entries if e.tells_erasure)):
        raise ErasedValues(erased)
    return [entry for entry in entries if entry.before is not None or entry.after is not None]


def inverse_of(entries: Iterable[LogEntry]) -> tuple[Change, ...]:
    """Each record as it was before; a change set touches a record once. The last change comes first.

    Raises ErasedValues where words of one are gone.
    """
    entries = list(entries)
    if gone := tuple(dict.fromkeys((entry.kind, entry.id) for entry in entries if entry.erased)):
        raise ErasedValues(gone[:MOST_SHOWN])
    return tuple(
        Delete(entry.kind, entry.id, entry.revision)
        if entry.before is None
        else Put(entry.kind, CheckedBody(entry.before), entry.revision)
        for entry in reversed(entries)
    )


async def _later(
    store: GraphStore, scope: Scope, entries: Sequence[LogEntry], keys: Iterable[tuple[Kind, str]]
) -> tuple[LogEntry, ...]:
    """What has happened to these records since, oldest first."""
    undone, then = entries[0].change_set, entries[0].at
    found: list[LogEntry] = []
    for kind, id_ in keys:
        if len(found) >= MOST_SHOWN:
            break
        try:
            newest = await store.history(scope, kind, id_, limit=MOST_SHOWN)
        except NotFound:
            continue  # outside the scope
        found += takewhile(lambda entry: entry.change_set != undone and entry.at >= then, newest)
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.account, entry.sequence))[:MOST_SHOWN])
