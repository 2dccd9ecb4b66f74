"""Log entries and applied change sets as the API shows them."""

from __future__ import annotations

from typing import Any

from models.changes import Applied, LogEntry
from models.kinds import OPEN_KINDS


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


def applied_wire(done: Applied) -> dict[str, Any]:
    """What a change set did."""
    return {
        "id": done.change_set,
        "put": done.put,
        "deleted": done.deleted,
        "unchanged": done.unchanged,
        "sequences": done.sequences,
        "revisions": [
            {"kind": k, "id": id_, "revision": n} for (k, id_), n in sorted(done.revisions.items())
        ],
    }
