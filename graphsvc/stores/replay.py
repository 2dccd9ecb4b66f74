"""What a log leaves: its records as they stand, and the stubs of those that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphsvc.errors import BackupFailed
from graphsvc.stores.draft import named
from graphsvc.stores.facts import Held, Key, Stub
from graphsvc.stores.plan import Plan, Row, external_ids
from models.changes import Applied, LogEntry, Stored
from models.enums import EdgeKind, NodeKind
from models.kinds import EDGE_SPECS, FIRM


@dataclass(slots=True)
class Left:
    """What a log has left so far."""

    records: dict[Key, Held] = field(default_factory=dict)
    stubs: dict[Key, Stub] = field(default_factory=dict)

    def follow(self, entries: Iterable[LogEntry]) -> None:
        """Go through the next entries of the log. O(entries)."""
        for entry in entries:
            if entry.before is None and entry.after is None:
                continue  # a tie of another account's reached into this one, or somebody was erased
            key = (entry.kind, entry.id)
            before = self.records.pop(key, None)
            made = entry.at if before is None or entry.before is None else before.stored.created_at
            if entry.after is None:
                self.stubs[key] = Stub(key, entry.account, entry.sequence, entry.revision)
                continue
            account = None if entry.account == FIRM else entry.account
            stored = Stored(entry.kind, entry.after, account, entry.revision, made, entry.at)
            self.records[key] = Held(stored, None, entry.sequence)


def reaching(held: Held, accounts: Mapping[Key, str | None]) -> Held:
    """An edge with the other account it reaches into; `accounts` of all nodes. Raises BackupFailed."""
    kind = held.stored.kind
    if not isinstance(kind, EdgeKind):
        return held
    try:
        ends = [accounts[end] for end in EDGE_SPECS[kind].ends(held.stored.body)]
    except KeyError as error:
        raise BackupFailed.flawed(
            f"{kind.en} {held.stored.id} has no end.", f"{kind.zh} {held.stored.id} 缺少端点。"
        ) from error
    others = (account for account in ends if account not in (None, held.stored.account))
    return Held(held.stored, next(others, None), held.sequence)


def nodes_of(left: Left) -> list[Held]:
    """The nodes that a log has left."""
    return [held for (kind, _), held in left.records.items() if isinstance(kind, NodeKind)]


def edges_of(left: Left) -> list[Held]:
    """The edges that a log has left."""
    return [held for (kind, _), held in left.records.items() if isinstance(kind, EdgeKind)]


def rows_of(records: Iterable[Held]) -> list[Row]:
    """Rows of records with what they refer to."""
    return [Row(held, None, named(held.stored.kind, held.stored.body)) for held in records]


def plan_of(records: Iterable[Held]) -> Plan:
    """A plan that writes new records as they are, and neither what they refer to nor a log."""
    rows = tuple(Row(held, None, None) for held in records)
    taken = {
        external: row.held.stored.id
        for row in rows
        for external in external_ids(row.key[0], row.held.stored.body)
    }
    sequences = {row.held.stored.account or FIRM: 0 for row in rows}
    applied = Applied("", len(rows), 0, 0, sequences, {})
    return Plan(rows, (), (), (), {}, (), (), taken, applied)
