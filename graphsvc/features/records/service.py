"""One record at a time, and many at once: every write becomes a change set."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from pydantic import ValidationError
from uuid_utils import uuid7

from graphsvc.errors import StaleRevision
from graphsvc.features.records.past import stored_then
from graphsvc.features.records.schemas import ChangeSetBody
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, Change, ChangeSet, Delete, Put, Stored
from models.enums import Kind
from models.faults import Code, Fault, InvalidInput, faults_of, validated
from models.fields import Label
from models.kinds import OPEN_KINDS, kind_named, spec_of
from models.privacy import RESTRICTED
from models.records import Body, Record, read_record


@dataclass(frozen=True, slots=True)
class Written:
    """A record as it was written, and the change set that wrote it: what an undo names."""

    row: Stored
    change_set: str


READ_ONLY = frozenset({"revision", "created_at", "updated_at"})


def new_id() -> str:
    """A fresh id: UUIDv7, so that ids made later sort later."""
    return str(uuid7())


def keyed_id(scope: Scope, key: str) -> str:
    """The id of the change set that a client's Idempotency-Key stands for: the same key, the same id."""
    return f"key-{hashlib.sha256(f'{scope.actor} {key}'.encode()).hexdigest()[:40]}"


def made_id(change_set: str | None, place: int) -> str:
    """The id of a record that was sent without one; the same again when its change set is sent again."""
    return new_id() if change_set is None else str(uuid5(NAMESPACE_OID, f"{change_set}/{place}"))


async def create(
    store: GraphStore,
    scope: Scope,
    kind: Kind,
    body: Mapping[str, Any],
    request_id: str,
    key: str | None = None,
) -> Written:
    """A new record; its id is made unless given. With a `key` it is made once however often it is sent.

    It is given as it was made, also when it is sent again after others have changed it.
    Raises InvalidInput (also for another body under the same key), StaleRevision if the id is taken.
    """
    change_set = None if key is None else keyed_id(scope, key)
    record = checked(kind, {"id": made_id(change_set, 0), **body})
    changes = (Put(kind, record, 0),)
    done = await store.apply(scope, ChangeSet(change_set or new_id(), changes, request_id=request_id))
    entries = await store.changes(scope, done.change_set)
    made = next(entry for entry in entries if (entry.kind, entry.id) == (kind, record.id) and entry.after)
    return Written(stored_then(made, made.at), done.change_set)


async def update(
    store: GraphStore,
    scope: Scope,
    kind: Kind,
    id: str,
    patch: Mapping[str, Any],
    expected: int,
    request_id: str,
) -> Written:
    """A record with a JSON merge patch (RFC 7396) applied, if it is still at the revision `expected`."""
    current = await store.get(scope, kind, id)
    if current.revision != expected:
        raise StaleRevision(kind, id, expected, current)
    if patch.get("id", id) != id:
        raise InvalidInput(unfit("/id", "it cannot be changed", "不能更改"))
    body = patched(kind, current.body, patch)
    if RESTRICTED in patch:
        body.setdefault(RESTRICTED, False)  # emptied is not left unsaid
    record = checked(kind, body)
    done = await store.apply(
        scope, ChangeSet(new_id(), (Put(kind, record, expected),), request_id=request_id)
    )
    return Written(await store.get(scope, kind, id), done.change_set)


async def delete(
    store: GraphStore, scope: Scope, kind: Kind, id: str, expected: int, request_id: str
) -> Applied:
    """A record and its edges removed, if it is still at the revision `expected`."""
    await store.get(scope, kind, id)
    return await store.apply(scope, ChangeSet(new_id(), (Delete(kind, id, expected),), request_id=request_id))


async def change_many(
    store: GraphStore, scope: Scope, body: Mapping[str, Any], request_id: str, key: str | None = None
) -> Applied:
    """Many puts and deletes at once, all or nothing; with an `id` or a `key`, once however often it is sent.

    `body` is a `ChangeSetBody`. Raises InvalidInput with every place, NotFound, StaleRevision.
    """
    own = None if key is None else keyed_id(scope, key)
    change_set = await asyncio.to_thread(_change_set, body, own, request_id)
    return await store.apply(scope, change_set)


def _change_set(body: Mapping[str, Any], own_id: str | None, request_id: str) -> ChangeSet:
    asked = validated(ChangeSetBody, body)
    id_ = asked.id or own_id
    faults: list[Fault] = []
    changes: list[Change] = []
    for place, row in enumerate(asked.changes):
        try:
            changes.append(_change(row, f"/changes/{place}", made_id(id_, place)))
        except InvalidInput as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInput(*faults)
    return ChangeSet(id_ or new_id(), tuple(changes), reason=asked.reason, request_id=request_id)


def _change(row: dict[str, Any], pointer: str, fresh_id: str) -> Change:
    verb = "put" if "put" in row else "delete"
    known = {"put", "record", "expected"} if verb == "put" else {"delete", "id", "expected"}
    if unknown := sorted(set(row) - known):
        raise InvalidInput(Fault(Code.UNKNOWN_FIELD, {"name": unknown[0]}, pointer=f"{pointer}/{unknown[0]}"))
    kind = kind_named(str(row.get(verb)))
    if kind is None or kind not in OPEN_KINDS:
        raise InvalidInput(Fault(Code.MISSING, {"name": "put/delete KIND"}, pointer=f"{pointer}/{verb}"))
    expected = row.get("expected")
    if expected is not None and (isinstance(expected, bool) or not isinstance(expected, int) or expected < 0):
        raise InvalidInput(unfit(f"{pointer}/expected", "it is a revision number", "应为版本号"))
    if verb == "delete":
        id_ = row.get("id")
        if not isinstance(id_, str):
            raise InvalidInput(Fault(Code.MISSING, {"name": "id"}, pointer=f"{pointer}/id"))
        return Delete(kind, id_, expected)
    given = row.get("record")
    if not isinstance(given, dict):
        raise InvalidInput(Fault(Code.MISSING, {"name": "record"}, pointer=f"{pointer}/record"))
    return Put(kind, checked(kind, {"id": fresh_id, **given}, f"{pointer}/record"), expected)


def unfit(pointer: str, en: str, zh: str) -> Fault:
    """The fault of a value that cannot be taken, and why."""
    return Fault(Code.INVALID_VALUE, {"detail": Label(en, zh)}, pointer=pointer)


def checked(kind: Kind, body: Mapping[str, Any], pointer: str = "") -> Record:
    """The validated record of a body. Raises InvalidInput with every place."""
    faults = [unfit(f"{pointer}/{name}", "it is read-only", "只读") for name in body if name in READ_ONLY]
    try:
        record = read_record(kind, {name: value for name, value in body.items() if name not in READ_ONLY})
    except ValidationError as error:
        faults += faults_of(error, pointer)
    if faults:
        raise InvalidInput(*faults)
    return record


def patched(kind: Kind, body: Body, patch: Mapping[str, Any]) -> dict[str, Any]:
    """A body with a merge patch applied; a field that no such record has stays in it, to be refused."""
    unknown = {name: None for name in patch if name not in spec_of(kind).record.model_fields}
    merged: dict[str, Any] = merge_patch(body, patch)
    return unknown | merged


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: objects merge, null removes, anything else replaces. O(size of the patch)."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
