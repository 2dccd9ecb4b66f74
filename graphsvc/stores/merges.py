"""Who was merged into whom: kept beside the graph, written in the transaction of the merge.

Erasing a contact takes along whoever was merged into him. What tells so is this and nothing that a client
writes: anybody may say "merge a into b" as the reason of a change set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graphsvc.stores.keeping import Kept
from models.changes import ChangeSet, LogEntry
from models.enums import NodeKind

MERGES = "merge"
"""The area: by who went, of whom he went into. Of several merges of one, undone between, the last counts."""
_TOLD = re.compile(r"merge (\S+) into (\S+?)(?:, preferring its .*)?")
"""The reason of merges that were written before there was this area."""


def merge_of(change_set: ChangeSet) -> Iterator[Kept]:
    """What is kept of a change set that is a merge."""
    if change_set.merges is not None:
        gone, into = change_set.merges
        yield Kept(MERGES, gone, into)


def merge_told(gone: str, reason: str | None) -> Kept | None:
    """What is kept of a merge by the reason it had in the log, if it took this contact away."""
    found = _TOLD.fullmatch(reason or "")
    return Kept(MERGES, gone, found[2]) if found and found[1] == gone else None


def merges_told(entries: Iterable[LogEntry]) -> Iterator[Kept]:
    """The same of entries of a log, in their order: for stores and backups of before."""
    for entry in entries:
        if entry.kind is NodeKind.CONTACT and entry.after is None and entry.before is not None:
            thing = merge_told(entry.id, entry.reason)
            if thing is not None:
                yield thing


def merged_into(contact: str, merges: Iterable[Kept]) -> list[str]:
    """Who was merged into a contact, through others too. O(merges)."""
    gone: dict[str, list[str]] = {}
    for thing in merges:
        gone.setdefault(thing.owner, []).append(thing.key)
    people = [contact]
    for id_ in people:  # grows
        people += [one for one in gone.get(id_, ()) if one not in people]
    return people[1:]
