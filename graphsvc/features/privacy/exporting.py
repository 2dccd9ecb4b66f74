"""Everything that is held about one person, as one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel

from graphsvc.access.far_ends import entries_as_seen, rows_as_seen
from graphsvc.errors import NotFound
from graphsvc.features.privacy.naming import views_naming
from graphsvc.features.privacy.reads import PrivateRead, journal, note
from graphsvc.features.privacy.schemas import NamingView
from graphsvc.features.privacy.tracing import Trace, traced
from graphsvc.stores.codec import moment_text, utc_now
from graphsvc.stores.facts import Key
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry, Stored
from models.enums import NodeKind
from models.kinds import OPEN_KINDS
from models.privacy import PrivateAct

FORMAT = "graphsvc/person/1"


class HeldRecord(BaseModel):
    """A record as it is now."""

    kind: str
    id: str
    revision: int
    created_at: AwareDatetime
    updated_at: AwareDatetime
    record: dict[str, Any]


class HeldChange(BaseModel):
    """What was written of a record, and what stood there before."""

    at: AwareDatetime
    account: str
    sequence: int
    actor: str
    change_set: str
    kind: str
    id: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None


_TOLD = tuple(name for name in HeldChange.model_fields if name != "at")
"""What an export tells of an entry of the log, beside its time."""


class HeldMention(BaseModel):
    """A record of others that names the contact; `fields` do so now, `texts` are what it says or said."""

    kind: str
    id: str
    account: str
    fields: list[str]
    texts: list[str]


class PersonDocument(BaseModel):
    """All that is held about a contact; `withheld` names kinds that the right of who asks leaves out."""

    format: str
    made_at: AwareDatetime
    contact_id: str
    account_id: str
    merged: list[str]
    records: list[HeldRecord]
    history: list[HeldChange]
    mentions: list[HeldMention]
    saved_views: list[NamingView]
    reasons: list[str]
    reads: list[PrivateRead]
    withheld: list[str]


async def person_document(
    store: GraphStore, scope: Scope, contact: str, request_id: str | None = None
) -> dict[str, Any]:
    """All that is held about a contact: records now, what stood before, other people's words, reads.

    Without the right to dossiers theirs are left out, and `withheld` says so. Also of a contact that was
    deleted or merged into another. O(all logs of the scope). Raises NotFound, StoreUnavailable.
    """
    trace = await traced(store, scope, contact)
    await note(store, scope, contact, PrivateAct.EXPORTED, request_id)
    keys = dict.fromkeys((entry.kind, entry.id) for entry in trace.entries)
    records = [row for key in sorted(keys) if (row := await _now(store, scope, key)) is not None]
    shown = await rows_as_seen(store, scope, [row for row in records if _shown(scope, row.kind)])
    entries = [entry for entry in trace.entries if _shown(scope, entry.kind)]
    seen = await entries_as_seen(store, scope, entries)
    return {
        "format": FORMAT,
        "made_at": moment_text(utc_now()),
        "contact_id": contact,
        "account_id": trace.log,
        "merged": sorted(trace.people - {contact}),
        "records": [_record(row) for row in shown],
        "history": [_entry(entry) for entry in seen],
        "mentions": _mentions(scope, trace),
        "saved_views": [view.model_dump() for view in await views_naming(store, scope, trace.words)],
        "reasons": list(trace.reasons),
        "reads": [row.model_dump(mode="json") for row in await journal(store, contact)],
        "withheld": [] if len(entries) == len(trace.entries) else ["dossier"],
    }


def lasting(document: Mapping[str, Any]) -> dict[str, Any]:
    """What is the same in two exports with nothing between them: not their time, nor that they were made."""
    reads = [row for row in document["reads"] if row["act"] != PrivateAct.EXPORTED]
    return {**document, "made_at": None, "reads": reads}


def _shown(scope: Scope, kind: object) -> bool:
    return kind in OPEN_KINDS or (kind is NodeKind.DOSSIER and scope.dossiers)


async def _now(store: GraphStore, scope: Scope, key: Key) -> Stored | None:
    try:
        return await store.get(scope, *key)
    except NotFound:
        return None  # it stands in the history only, or belongs to whom the scope does not see


def _record(row: Stored) -> dict[str, Any]:
    times = {"created_at": moment_text(row.created_at), "updated_at": moment_text(row.updated_at)}
    return {"kind": row.kind, "id": row.id, "revision": row.revision, **times, "record": row.body}


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {"at": moment_text(entry.at), **{name: getattr(entry, name) for name in _TOLD}}


def _mentions(scope: Scope, trace: Trace) -> list[dict[str, Any]]:
    """The words of others that name him, now or before; `fields` are those that do so now."""
    return [
        {
            "kind": mention.kind,
            "id": mention.id,
            "account": mention.account,
            "fields": list(mention.fields),
            "texts": list(trace.said[mention.kind, mention.id]),
        }
        for mention in trace.mentions
        if _shown(scope, mention.kind)
    ]
