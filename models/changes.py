"""Change sets (what a write asks for) and log entries (what the change log keeps of it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.enums import Kind
from models.records import Body, Record


@dataclass(frozen=True, slots=True)
class Put:
    """Write a record. `expected` is the revision the client read: 0 = must be new, None = any."""

    kind: Kind
    record: Record
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a record; `expected` as in `Put`."""

    kind: Kind
    id: str
    expected: int | None = None


Change = Put | Delete


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Puts and deletes, applied whole or not at all. `id` makes it safe to send again."""

    id: str
    changes: tuple[Change, ...]
    reason: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of one record. `before` and `after` are bodies; both are None where the other end's
    account only learns that a tie of it changed. `sequence` is gap-free per account (or "firm")."""

    account: str
    sequence: int
    at: datetime
    actor: str
    change_set: str
    kind: Kind
    id: str
    before: Body | None
    after: Body | None
    revision: int
    reason: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as a store keeps it; `account` is None for firm records."""

    kind: Kind
    body: Body
    account: str | None
    revision: int
    created_at: datetime
    updated_at: datetime

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.body["id"])


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change set did: how many records were put, deleted or already so, and the new sequences.

    `deleted` counts what went along (edges of a deleted node); `cleared` counts the records that only lost
    a reference to it. `revisions` holds every record that was put, also the unchanged ones.
    """

    change_set: str
    put: int
    deleted: int
    unchanged: int
    sequences: dict[str, int]
    revisions: dict[tuple[Kind, str], int]
    cleared: int = 0
