"""Erasure, restriction and what lifts them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from graphsvc.access.audit import tell
from graphsvc.access.desk import Desk
from graphsvc.access.once import once
from graphsvc.errors import NoChangeSet, StaleRevision, StoreBusy
from graphsvc.features.privacy.ledgers import write_ledger
from graphsvc.features.privacy.naming import views_called, views_naming
from graphsvc.features.privacy.reads import note, private
from graphsvc.features.privacy.schemas import (
    AllowBody,
    Allowed,
    EraseBody,
    ErasureReport,
    MentionWire,
    NamingView,
    RestrictBody,
    Restriction,
)
from graphsvc.features.privacy.tracing import traced
from graphsvc.features.records.service import keyed_id, new_id
from graphsvc.stores.codec import utc_now
from graphsvc.stores.erasures import ERASURES, KEY, MARKS, STATE, key_of
from graphsvc.stores.identifiers import identifiers, mark
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, CheckedBody, LogEntry, Put
from models.enums import Kind, NodeKind
from models.erasures import Erasing, Erasure
from models.faults import Code, Fault, InvalidInput, faults_of, sent, validated
from models.kinds import OPEN_KINDS, kind_named
from models.privacy import RESTRICTED, FilesState, LedgerState, PrivateAct
from models.records import body_of, read_record

Asked = TypeVar("Asked", bound=BaseModel)
LOG = logging.getLogger("graphsvc.privacy")
_CONTACT = NodeKind.CONTACT
_TRIES = 3
PATIENCE_S = 3.0
"""How long an answer waits for the store's file to be written anew."""


async def erase(
    store: GraphStore,
    scope: Scope,
    contact: str,
    body: Mapping[str, Any],
    request_id: str | None = None,
    key: str | None = None,
    file: Path | None = None,
) -> ErasureReport:
    """Erase a contact as `body` (an `EraseBody`) says; sent again with a key, it is done once.

    The seat stays, without a name; the words of others that name him are listed. All erasures are written to
    `file` as well. O(all logs of the scope). Raises NotFound, InvalidInput, StoreUnavailable, StorageFull.
    """
    asked = validated(EraseBody, body)
    change_set = keyed_id(scope, key) if key else new_id()
    trace = await traced(store, scope, contact)
    erasing = Erasing(
        change_set,
        contact,
        asked.reason,
        request_id,
        tuple(sorted({_key(row.kind, row.id, place) for place, row in enumerate(asked.also)})),
        mentions=trace.mentions,
        reasons=trace.reasons,
        saved_views=tuple(view.id for view in await views_naming(store, scope, trace.words)),
    )
    done = await store.erase(scope, erasing, asked.dry_run)
    views = await views_called(store, scope, done.saved_views)
    if asked.dry_run:
        return report(done, True, FilesState.PENDING, LedgerState.NONE, views)
    await tell(store, private(scope, contact, PrivateAct.ERASED, request_id), utc_now())
    return report(done, False, await _files(store), await _ledger(store, file), views)


async def _ledger(store: GraphStore, file: Path | None) -> LedgerState:
    if file is None:
        return LedgerState.NONE
    try:
        await write_ledger(store, file)
    except OSError as error:
        LOG.error("%s could not be written: %s", file, error)
        return LedgerState.FAILED
    return LedgerState.WRITTEN


async def _files(store: GraphStore) -> FilesState:
    """How far the store's files are after a while; what is under way goes on."""
    waiting = asyncio.ensure_future(store.scrubbed())
    done, _ = await asyncio.wait({waiting}, timeout=PATIENCE_S)
    return waiting.result() if done else FilesState.PENDING


def report(
    done: Erasure, dry_run: bool, files: FilesState, file: LedgerState, views: Sequence[NamingView]
) -> ErasureReport:
    """An erasure as it is told."""
    also = set(done.also)
    return ErasureReport(
        change_set=None if dry_run else done.id,
        dry_run=dry_run,
        contact_id=done.contact,
        account=done.account,
        people=[id_ for id_ in done.people if id_ != done.contact],
        records=done.records,
        dossiers=done.dossiers,
        entries=done.entries,
        marks=len(done.marks),
        mentions=[
            MentionWire(kind=m.kind, id=m.id, account=m.account, fields=list(m.fields))
            for m in done.mentions
            if (m.kind, m.id) not in also
        ],
        saved_views=list(views),
        reasons=list(done.reasons),
        files=files,
        ledger=file,
    )


async def restrict(
    store: GraphStore,
    scope: Scope,
    contact: str,
    body: Mapping[str, Any],
    request_id: str | None = None,
    key: str | None = None,
) -> Restriction:
    """Leave a contact out of analysis, or take him in again, as `body` (a `RestrictBody`) says.

    A change with its reason in the log, and in its transaction a line in the journal. Sent again with a `key`
    it is done once and answered as before. Raises NotFound, InvalidInput, StoreUnavailable.
    """
    asked = validated(RestrictBody, body)
    change_set = keyed_id(scope, key) if key else new_id()
    act = PrivateAct.RESTRICTED if asked.restricted else PrivateAct.RELEASED
    told = False
    for _ in range(_TRIES):
        held = await store.get(scope, _CONTACT, contact)
        if key and (done := await _done_before(store, scope, change_set)):
            return _as_before(done, contact, asked)
        body = {**held.body, RESTRICTED: asked.restricted}
        change = Put(_CONTACT, CheckedBody(body), held.revision)
        if body == held.body:
            return _restriction(contact, asked.restricted, held.revision, None)
        if not told:
            await tell(store, private(scope, contact, act, request_id), utc_now())
            told = True
        try:
            wanted = ChangeSet(change_set, (change,), asked.reason, request_id, private=(act, contact))
            applied = await store.apply(scope, wanted)
        except StaleRevision:
            continue  # somebody wrote between reading and writing
        return _restriction(contact, asked.restricted, applied.revisions[_CONTACT, contact], change_set)
    raise StoreBusy


async def _done_before(store: GraphStore, scope: Scope, change_set: str) -> LogEntry | None:
    """What the same change set did, if it was applied before; a restriction changes one record."""
    try:
        return (await store.changes(scope, change_set))[0]
    except NoChangeSet:
        return None


def _as_before(done: LogEntry, contact: str, asked: RestrictBody) -> Restriction:
    """The answer that was given then. Raises InvalidInput where the key stands for something else."""
    restricted = (done.after or {}).get(RESTRICTED)
    if (done.kind, done.id, restricted, done.reason) != (_CONTACT, contact, asked.restricted, asked.reason):
        raise InvalidInput(Fault(Code.REUSED, {"id": done.change_set}, "/id"))
    return _restriction(contact, asked.restricted, done.revision, done.change_set)


def _restriction(contact: str, restricted: bool, revision: int, change_set: str | None) -> Restriction:
    return Restriction(contact_id=contact, restricted=restricted, revision=revision, change_set=change_set)


async def allow(
    desk: Desk, scope: Scope, body: Mapping[str, Any], request_id: str | None = None, key: str | None = None
) -> Allowed:
    """Lift the marks of what `body` (an `AllowBody`) says somebody is known by.

    For a namesake, or for who agreed to be entered again. Whose marks they were is not told, but stands in
    the journal of each. Sent again with a `key` it is done once and answered as before.
    Raises InvalidInput, and NotFound for an account outside the scope.
    """
    asked, store = sent(AllowBody, body), desk.store
    await store.get(scope, NodeKind.ACCOUNT, asked.account_id)
    marks = await _marks(store, asked)
    async with once(desk, scope.actor, key, "allow_person", body) as claim:
        if claim.made is not None:
            return Allowed.model_validate(claim.made)
        held = [thing for one in marks if (thing := await store.kept(MARKS, one))]
        for whose in await _erased(store, held):
            await note(store, scope, whose, PrivateAct.ALLOWED, request_id)
        done = Allowed(lifted=len(held))
        await claim.keep((), done.model_dump(), [(MARKS, thing.key) for thing in held])
    return done


async def _marks(store: GraphStore, asked: AllowBody) -> list[str]:
    """The marks of what somebody is known by. Raises InvalidInput."""
    key = key_of(await store.kept(STATE, KEY))
    told = {
        "id": asked.id or new_id(),
        "account_id": asked.account_id,
        "name": asked.name or "?",
        "placeholder": asked.name is None,
        "channels": [channel.model_dump(mode="json") for channel in asked.channels],
        "external_ids": asked.external_ids,
    }
    try:
        contact = body_of(read_record(_CONTACT, told))
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None
    return [] if key is None else [mark(key, identifier) for _, identifier in identifiers(contact)]


async def _erased(store: GraphStore, marks: Sequence[Kept]) -> list[str]:
    """The contacts whose marks these are."""
    erasures = [await store.kept(ERASURES, id_) for id_ in sorted({thing.owner for thing in marks})]
    return sorted({thing.owner for thing in erasures if thing})


def _key(name: str, id_: str, place: int) -> tuple[Kind, str]:
    kind = kind_named(name)
    if kind is None or kind not in OPEN_KINDS:
        params = {"name": name, "known": ", ".join(sorted(OPEN_KINDS))}
        raise InvalidInput(Fault(Code.UNKNOWN_KIND, params, f"/also/{place}/kind"))
    return kind, id_
