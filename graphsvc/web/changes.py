"""Log entries and applied change sets as the API shows them."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel

from graphsvc.stores.port import Scope
from models.changes import Applied, LogEntry
from models.kinds import FIRM, OPEN_KINDS


class LoggedChange(BaseModel):
    """One change of one record; `before` and `after` are null where there was or is nothing."""

    account: str
    sequence: int
    at: AwareDatetime
    actor: str
    change_set: str
    kind: str
    id: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    request_id: str | None


class HistoryPage(BaseModel):
    """Changes of one record, the newest first."""

    items: list[LoggedChange]
    next_cursor: str | None


class FeedPage(BaseModel):
    """Changes of all accounts, of each in the order they were made; `next_cursor` asks for later ones."""

    items: list[LoggedChange]
    next_cursor: str


class Revision(BaseModel):
    """The revision that a record has now."""

    kind: str
    id: str
    revision: int


def etag_of(revision: int) -> str:
    """The ETag of a record of this revision."""
    return f'"r{revision}"'


class AppliedChanges(BaseModel):
    """What a change set did: records put, deleted and left as they were, by account its last sequence."""

    id: str
    put: int
    deleted: int
    unchanged: int
    sequences: dict[str, int]
    revisions: list[Revision]


class Deleted(BaseModel):
    """What went, edges included, and the change set that an undo names."""

    change_set: str
    deleted: int


def entry_wire(entry: LogEntry) -> dict[str, Any]:
    """One change of one record; `before` and `after` are None where there was or is nothing.

    Of kinds with a right of their own (dossiers) no value is shown.
    """
    shown = entry.kind in OPEN_KINDS
    return {
        "account": entry.account,
        "sequence": entry.sequence,
        "at": entry.at,
        "actor": entry.actor,
        "change_set": entry.change_set,
        "kind": entry.kind,
        "id": entry.id,
        "revision": entry.revision,
        "before": entry.before if shown else None,
        "after": entry.after if shown else None,
        "reason": entry.reason,
        "request_id": entry.request_id,
    }


def applied_wire(done: Applied, scope: Scope) -> dict[str, Any]:
    """What a change set did, as far as the scope sees: a tie may move the log of an account it does not."""
    seen = {log: last for log, last in done.sequences.items() if log == FIRM or scope.sees(log)}
    return {
        "id": done.change_set,
        "put": done.put,
        "deleted": done.deleted,
        "unchanged": done.unchanged,
        "sequences": seen,
        "revisions": [
            {"kind": k, "id": id_, "revision": n} for (k, id_), n in sorted(done.revisions.items())
        ],
    }
