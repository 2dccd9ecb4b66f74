"""Dossiers changed along with other records, by an undo or an import: who may, and what is noted of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphsvc.errors import NotAllowed
from graphsvc.features.privacy.reads import note_once
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry
from models.enums import NodeKind
from models.privacy import PrivateAct

_DOSSIER = NodeKind.DOSSIER


def check_right(scope: Scope, entries: Sequence[LogEntry]) -> None:
    """Whether these entries may be changed back by whoever asks: a dossier only by who has the right to it.

    One that came or went with its contact goes and comes with him, as when he is deleted; where he went into
    another contact, as two are merged, so does what that one's dossier took over. Raises NotAllowed.
    """
    if scope.dossiers:
        return
    people = {entry.id: entry for entry in entries if entry.kind is NodeKind.CONTACT}
    moved = {id_ for id_, entry in people.items() if entry.before is None or entry.after is None}
    dossiers = [_whose(entry) for entry in entries if entry.kind is _DOSSIER]
    beside = people.keys() if any(moved & whose for whose in dossiers) else moved
    if not all(beside & whose for whose in dossiers):
        raise NotAllowed


async def note_changed(
    store: GraphStore,
    scope: Scope,
    entries: Iterable[LogEntry],
    change_set: str,
    request_id: str | None = None,
) -> None:
    """Write whose dossiers among these entries a change set changed, or changed back, once for each.

    Raises StoreUnavailable, StorageFull.
    """
    whose = {contact for entry in entries if entry.kind is _DOSSIER for contact in _whose(entry)}
    for contact in sorted(whose):
        await note_once(store, scope, contact, PrivateAct.CHANGED, change_set, request_id)


def _whose(entry: LogEntry) -> set[str]:
    return {body["contact_id"] for body in (entry.before, entry.after) if body is not None}
