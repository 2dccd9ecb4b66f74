"""One record at a time, and many at once: every write becomes a change set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from uuid_utils import uuid7

from graphsvc.errors import StaleRevision
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, Change, ChangeSet, Delete, Put, Stored
from models.enums import Kind
from models.faults import Code, Fault, InvalidInput, faults_of
from models.kinds import kind_named
from models.records import Record, read_record

READ_ONLY = frozenset({"revision", "created_at", "updated_at"})
MOST_CHANGES = 1000


def new_id() -> str:
    """A fresh id: UUIDv7, so that ids made later sort later."""
    return str(uuid7())


async def create(
    store: GraphStore, scope: Scope, kind: Kind, body: Mapping[str, Any], request_id: str
) -> Stored:
    """A new record; its id is made unless given. Raises InvalidInput, StaleRevision if the id is taken."""
    record = checked(kind, {"id": new_id(), **body})
    await store.apply(scope, ChangeSet(new_id(), (Put(kind, record, 0),), request_id=request_id))
    return await store.get(scope, kind, record.id)


async def update(
    store: GraphStore,
    scope: Scope,
    kind: Kind,
    id: str,
    patch: Mapping[str, Any],
    expected: int,
    request_id: str,
) -> Stored:
    """A record with a JSON merge patch (RFC 7396) applied, if it is still at the revision `expected`."""
    current = await store.get(scope, kind, id)
    if current.revision != expected:
        raise StaleRevision(kind, id, expected, current)
    if patch.get("id", id) != id:
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": "id cannot be changed"}, pointer="/id"))
    record = checked(kind, merge_patch(current.body, patch))
    await store.apply(scope, ChangeSet(new_id(), (Put(kind, record, expected),), request_id=request_id))
    return await store.get(scope, kind, id)


async def delete(
    store: GraphStore, scope: Scope, kind: Kind, id: str, expected: int, request_id: str
) -> Applied:
    """A record and its edges removed, if it is still at the revision `expected`."""
    await store.get(scope, kind, id)
    return await store.apply(scope, ChangeSet(new_id(), (Delete(kind, id, expected),), request_id=request_id))


async def change_many(store: GraphStore, scope: Scope, body: Mapping[str, Any], request_id: str) -> Applied:
    """Many puts and deletes at once, all or nothing.

    `body` is {"changes": [{"put": KIND, "record": {…}, "expected"?: n}, {"delete": KIND, "id": …}, …],
    "reason"?, "id"?}.
    """
    allowed = {"id", "changes", "reason"}
    faults = [
        Fault(Code.UNKNOWN_FIELD, {"name": name}, pointer=f"/{name}") for name in body if name not in allowed
    ]
    rows = body.get("changes")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_CHANGES:
        detail = f"changes is a list of 1 to {MOST_CHANGES}"
        raise InvalidInput(*faults, Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/changes"))
    changes: list[Change] = []
    for place, row in enumerate(rows):
        try:
            changes.append(_change(row, f"/changes/{place}"))
        except InvalidInput as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInput(*faults)
    id_ = body.get("id", new_id())
    change_set = ChangeSet(str(id_), tuple(changes), reason=body.get("reason"), request_id=request_id)
    return await store.apply(scope, change_set)


def _change(row: Any, pointer: str) -> Change:
    row = row if isinstance(row, dict) else {}
    verb = "put" if "put" in row else "delete"
    known = {"put", "record", "expected"} if verb == "put" else {"delete", "id", "expected"}
    if unknown := sorted(set(row) - known):
        raise InvalidInput(Fault(Code.UNKNOWN_FIELD, {"name": unknown[0]}, pointer=f"{pointer}/{unknown[0]}"))
    kind = kind_named(str(row.get(verb)))
    if kind is None:
        raise InvalidInput(Fault(Code.MISSING, {"name": "put/delete KIND"}, pointer=f"{pointer}/{verb}"))
    expected = row.get("expected")
    if expected is not None and (isinstance(expected, bool) or not isinstance(expected, int)):
        detail = "expected is a revision number"
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer=f"{pointer}/expected"))
    if verb == "delete":
        return Delete(kind, str(row.get("id")), expected)
    given = row.get("record")
    body = {"id": new_id(), **given} if isinstance(given, dict) else {}
    return Put(kind, checked(kind, body, f"{pointer}/record"), expected)


def checked(kind: Kind, body: Mapping[str, Any], pointer: str = "") -> Record:
    """The validated record of a body. Raises InvalidInput with every place."""
    faults = [
        Fault(Code.INVALID_VALUE, {"detail": f"{name} is read-only"}, pointer=f"{pointer}/{name}")
        for name in body
        if name in READ_ONLY
    ]
    try:
        record = read_record(kind, {name: value for name, value in body.items() if name not in READ_ONLY})
    except ValidationError as error:
        faults += faults_of(error, pointer)
    if faults:
        raise InvalidInput(*faults)
    return record


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
