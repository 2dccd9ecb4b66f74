"""Merging two contacts: read what hangs on both, plan, write one exact change set."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError

from graphsvc.errors import ChangedSince, NoChangeSet, NotFound, StaleRevision, StoreBusy
from graphsvc.features.merging.plan import MergePlan, merge_plan
from graphsvc.features.merging.schemas import (
    NOT_TO_PREFER,
    DifferingField,
    MergeBody,
    MergedRecord,
    MergeResult,
)
from graphsvc.features.merging.uniting import names
from graphsvc.features.records.service import keyed_id, new_id
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, LogEntry, Stored
from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput, faults_of, validated
from models.kinds import FIRM
from models.nodes import Contact

_CONTACT = NodeKind.CONTACT
_PLACE = "/duplicate_id"
_TRIES = 3
"""How often the two are read again because somebody wrote meanwhile."""


async def merge(
    store: GraphStore,
    scope: Scope,
    id: str,
    body: Mapping[str, Any],
    expected: int,
    request_id: str,
    key: str | None = None,
) -> MergeResult:
    """Make the contact of `body` (a `MergeBody`) one with the contact `id`, which is at revision `expected`.

    Sent again with a key it is done once and answered as before. Raises NotFound, StaleRevision,
    InvalidInput (bad body, other account, ties outside the scope, a circle of lines), StoreBusy.
    """
    asked = _asked(id, body)
    change_set = keyed_id(scope, key) if key else new_id()
    if key and not asked.dry_run and (entries := await _done_before(store, scope, change_set)):
        return await _as_before(store, scope, id, asked, entries)
    for _ in range(_TRIES):
        plan = await _planned_now(store, scope, id, asked, expected)
        wanted = ChangeSet(
            change_set,
            plan.changes,
            _reason(id, asked),
            request_id,
            exact=True,
            merges=(asked.duplicate_id, id),
        )
        try:
            done = await (store.check if asked.dry_run else store.apply)(scope, wanted)
        except ChangedSince:
            continue  # somebody wrote between reading and writing
        except InvalidInput as refused:
            raise InvalidInput(*(_placed(fault) for fault in refused.faults)) from None
        revision = done.revisions[_CONTACT, id]
        return _result(
            id, asked, plan, None if asked.dry_run else change_set, revision, done.put, done.deleted
        )
    raise StoreBusy


def _asked(id: str, body: Mapping[str, Any]) -> MergeBody:
    asked = validated(MergeBody, body)
    unknown = sorted(
        name for name in asked.prefer if name not in Contact.model_fields or name in NOT_TO_PREFER
    )
    faults = [Fault(Code.UNKNOWN_FIELD, {"name": name}, f"/prefer/{name}") for name in unknown]
    if asked.duplicate_id == id:
        faults.append(Fault(Code.SAME_PERSON, {"id": id}, _PLACE))
    if faults:
        raise InvalidInput(*faults)
    return asked


async def _planned_now(
    store: GraphStore, scope: Scope, id: str, asked: MergeBody, expected: int
) -> MergePlan:
    survivor = await store.get(scope, _CONTACT, id)
    if survivor.revision != expected:
        raise StaleRevision(_CONTACT, id, expected, survivor)
    try:
        duplicate = await store.get(scope, _CONTACT, asked.duplicate_id)
        theirs = await store.touching(scope, _CONTACT, asked.duplicate_id)
    except NotFound:
        params: dict[str, Any] = {"kind": _CONTACT, "id": asked.duplicate_id}
        raise InvalidInput(Fault(Code.UNKNOWN_RECORD, params, _PLACE)) from None
    if survivor.account != duplicate.account:
        params = {"id": id, "account": survivor.account or "", "other": duplicate.id}
        other = {"other_account": duplicate.account}
        raise InvalidInput(Fault(Code.MERGE_ACROSS, params | other, _PLACE))
    if theirs.hidden:
        raise InvalidInput(Fault(Code.HELD_OUTSIDE, {"id": duplicate.id, "count": theirs.hidden}, _PLACE))
    ours = await store.touching(scope, _CONTACT, id)
    return await _planned(survivor, duplicate, ours.records, theirs.records, asked)


async def _planned(
    survivor: Stored, duplicate: Stored, ours: Sequence[Stored], theirs: Sequence[Stored], asked: MergeBody
) -> MergePlan:
    try:
        return await asyncio.to_thread(merge_plan, survivor, duplicate, ours, theirs, _preferred(asked))
    except ValidationError as error:
        raise InvalidInput(*(_placed(fault) for fault in faults_of(error))) from None


def _reason(id: str, asked: MergeBody) -> str:
    """What the log says; the same request says the same."""
    preferred = ", ".join(_preferred(asked))
    return f"merge {asked.duplicate_id} into {id}" + (f", preferring its {preferred}" if preferred else "")


def _preferred(asked: MergeBody) -> list[str]:
    return sorted(name for name, whose in asked.prefer.items() if whose == "other")


async def _done_before(store: GraphStore, scope: Scope, change_set: str) -> list[LogEntry]:
    """The entries of a merge that was sent before under the same key, if it was."""
    try:
        return [row for row in await store.changes(scope, change_set) if row.before or row.after]
    except NoChangeSet:
        return []


async def _as_before(
    store: GraphStore, scope: Scope, id: str, asked: MergeBody, entries: Sequence[LogEntry]
) -> MergeResult:
    """The answer that was given then: what stood before, by the log, planned again. Nothing is written."""
    first = entries[0]
    if first.reason != _reason(id, asked):
        raise InvalidInput(Fault(Code.REUSED, {"id": first.change_set}))
    before = {(row.kind, row.id): stood_before(row) for row in entries if row.before}
    survivor = before.pop((_CONTACT, id), None) or await store.get(scope, _CONTACT, id)
    duplicate = before.pop((_CONTACT, asked.duplicate_id))
    untouched = (await store.touching(scope, _CONTACT, id)).records
    theirs = [row for row in before.values() if names(row.kind, row.body, asked.duplicate_id)]
    ours = [row for row in before.values() if row not in theirs]
    ours += [row for row in untouched if (row.kind, row.id) not in before]
    plan = await _planned(survivor, duplicate, ours, theirs, asked)
    left = next((row.revision for row in entries if (row.kind, row.id) == (_CONTACT, id)), survivor.revision)
    put = sum(row.after is not None for row in entries)
    return _result(id, asked, plan, first.change_set, left, put, len(entries) - put)


def stood_before(entry: LogEntry) -> Stored:
    """The record that an entry found."""
    assert entry.before is not None
    account = None if entry.account == FIRM else entry.account
    return Stored(entry.kind, entry.before, account, entry.revision - 1, entry.at, entry.at)


def _placed(fault: Fault) -> Fault:
    """A fault of the change set, which the client has not seen: it is the merge that cannot be."""
    return Fault(fault.code, fault.params, _PLACE)


def _result(
    id: str, asked: MergeBody, plan: MergePlan, change_set: str | None, revision: int, put: int, deleted: int
) -> MergeResult:
    return MergeResult(
        change_set=change_set,
        dry_run=asked.dry_run,
        contact={**plan.contact, "revision": revision},
        moved={str(kind): count for kind, count in plan.moved.items()},
        differing=[DifferingField(**asdict(row)) for row in plan.differing],
        notes=[
            MergedRecord(
                effect=note.effect,
                kind=note.kind,
                id=note.id,
                into=note.into,
                differing=[DifferingField(**asdict(row)) for row in note.differing],
            )
            for note in plan.notes
        ],
        put=put,
        deleted=deleted,
    )
