"""An account as it was known at some time: its log and the firm's, replayed."""

from __future__ import annotations

from collections.abc import Iterable

from graphsvc.errors import NotFound
from graphsvc.stores.facts import Key
from graphsvc.stores.firm import firm_keys
from graphsvc.stores.listing import in_order
from graphsvc.stores.port import Sequences
from models.changes import LogEntry, Stored
from models.enums import NodeKind
from models.graph import AccountGraph
from models.kinds import FIRM
from models.records import graph_of

Then = dict[Key, Stored]
"""Records as they stood, while a log is replayed."""
ENTRIES = 10_000
"""Entries of a log that are read at once."""


def follow(records: Then, entries: Iterable[LogEntry]) -> None:
    """Let entries happen to the records of a log. O(entries)."""
    for entry in entries:
        key = (entry.kind, entry.id)
        if entry.after is not None:
            before = records.get(key)
            account = None if entry.account == FIRM else entry.account
            created = before.created_at if before else entry.at
            records[key] = Stored(entry.kind, entry.after, account, entry.revision, created, entry.at)
        elif entry.before is not None:
            records.pop(key, None)


def records_then(account_id: str, own: Then, firm: Then) -> list[Stored]:
    """An account's records of that time and the firm's it had to do with, in order.

    Raises NotFound if there was no such account.
    """
    if (NodeKind.ACCOUNT, account_id) not in own:
        raise NotFound(NodeKind.ACCOUNT, account_id)
    found: Then = {}
    wanted = dict.fromkeys(key for stored in own.values() for key in firm_keys(stored))
    while wanted:
        new = {key: firm[key] for key in wanted}
        found.update(new)
        wanted = dict.fromkeys(k for stored in new.values() for k in firm_keys(stored) if k not in found)
    return in_order([*own.values(), *found.values()])


def graph_then(account_id: str, records: Iterable[Stored], at: Sequences) -> AccountGraph:
    """The account graph of records of that time. O(n log n)."""
    return graph_of(account_id, ((row.kind, row.body) for row in records), at.account, at.firm)
