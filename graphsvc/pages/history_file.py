"""The log of an account as a file for a spreadsheet: a line for each field that changed, in words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

from graphsvc.access.far_ends import entries_as_seen
from graphsvc.pages.asking import Asked
from graphsvc.pages.history import CHANGES, change_of
from graphsvc.web.answers import csv_table
from models.changes import LogEntry
from models.kinds import OPEN_KINDS
from viz.labels import label
from viz.naming import Names
from viz.telling import Telling

AT_ONCE = 2_000
"""Entries that are read and told at once."""
COLUMNS = (
    *("sequence", "at", "actor", "change_set", "reason", "change", "kind", "id", "name"),
    *("field", "before", "after"),
)
Line = dict[str, object]


async def history_file(asked: Asked) -> AsyncIterator[bytes]:
    """What changed, the oldest first, a piece of the file at a time: the whole log up to now, or what lies
    between the ends of two days where the address names them.

    O(entries) in time, O(`AT_ONCE`) in memory. Raises NotFound, StoreUnavailable before the first piece.
    """
    telling = Telling(Names(await asked.graph(), asked.query.day(), asked.lang, asked.rules))
    newest = (await asked.store.sequences(asked.scope, asked.account_id, asked.query.as_of)).account
    return _pieces(asked, telling, newest)


async def _pieces(asked: Asked, telling: Telling, newest: int) -> AsyncIterator[bytes]:
    yield csv_table(COLUMNS, ())
    after = 0
    while after < newest:
        most = min(AT_ONCE, newest - after)
        kept = await asked.store.log(asked.scope, asked.account_id, after=after, limit=most)
        if not kept:
            break
        after = kept[-1].sequence
        wanted = [entry for entry in kept if _between(entry, asked)]
        entries = await entries_as_seen(asked.store, asked.scope, wanted)
        yield await asyncio.to_thread(_told, entries, telling)


def _between(entry: LogEntry, asked: Asked) -> bool:
    """Whether an entry lies after the end of one day and not after that of the other."""
    since, until = asked.query.since, asked.query.until
    day = entry.at.date()
    return (since is None or day > since) and (until is None or day <= until)


def _told(entries: Iterable[LogEntry], telling: Telling) -> bytes:
    return csv_table(COLUMNS, _lines(entries, telling), headed=False)


def _lines(entries: Iterable[LogEntry], telling: Telling) -> Iterator[Line]:
    for entry in entries:
        shown = entry.kind in OPEN_KINDS
        change = change_of(entry)
        line: Line = {
            "sequence": entry.sequence,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "change_set": entry.change_set,
            "reason": entry.reason,
            "change": telling.said(CHANGES[change]),
            "kind": label(entry.kind, telling.lang),
            "id": entry.id,
            "name": telling.called(entry.kind, entry.id, entry.after or entry.before if shown else None),
        }
        fields = telling.fields(entry.kind, entry.id, entry.before, entry.after) if shown else []
        if change != "changed" or not fields:
            yield line
            continue
        for one in fields:
            yield {**line, "field": one.label, "before": one.before, "after": one.after}
