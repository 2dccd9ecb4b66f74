"""The dossier of one contact: read and changed by who has the right to, each time noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from graphsvc.access.audit import tell
from graphsvc.errors import NotAllowed, StaleRevision
from graphsvc.features.privacy.reads import note, private
from graphsvc.features.records.service import checked, new_id, patched, unfit
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put, Stored
from models.enums import NodeKind
from models.faults import InvalidInput
from models.kinds import spec_of
from models.privacy import PrivateAct
from models.records import Body
from queries.privacy.retention import is_past, unexpired

_DOSSIER = NodeKind.DOSSIER
_HEADS = frozenset(["id", "account_id", "contact_id", "source", "confirmed_on", "external_ids"])


class ExpiredItem(BaseModel):
    """An item that is past the day it may be kept until: which, not what it says."""

    model_config = ConfigDict(frozen=True)

    field: str
    expires_on: date


class DossierView(BaseModel):
    """A contact's dossier on a day. Items past their day are named in `expired`, without what they say.

    Without a dossier it is an empty one of revision 0.
    """

    model_config = ConfigDict(frozen=True)

    contact_id: str
    revision: int
    dossier: dict[str, Any]
    expired: list[ExpiredItem]


async def read_dossier(
    store: GraphStore, scope: Scope, contact: str, on: date, request_id: str | None = None
) -> DossierView:
    """A contact's dossier as it may be seen on a day; noted before it is given.

    Raises NotAllowed without the right to dossiers, NotFound.
    """
    person, held = await _held(store, scope, contact)
    await note(store, scope, contact, PrivateAct.READ, request_id)
    return _view(person, held, on)


async def change_dossier(
    store: GraphStore,
    scope: Scope,
    contact: str,
    patch: Mapping[str, Any],
    expected: int,
    on: date,
    request_id: str,
) -> DossierView:
    """A dossier with a JSON merge patch applied, if it is at the revision `expected`; at 0 it is made.

    Every item says on what basis it is kept, where it is known from and until when, which must not be past.
    Items that are past their day go. Raises NotAllowed, StaleRevision, InvalidInput.
    """
    person, held = await _held(store, scope, contact)
    if (held.revision if held else 0) != expected:
        raise StaleRevision(_DOSSIER, held.id if held else contact, expected, None)
    if faults := [unfit(f"/{name}", "it cannot be changed", "不能更改") for name in patch if name in _HEADS]:
        raise InvalidInput(*faults)
    if faults := list(_past(patch, on)):
        raise InvalidInput(*faults)
    own = {"id": held.id if held else new_id(), "account_id": person.account, "contact_id": contact}
    body = patched(_DOSSIER, unexpired(held.body if held else {}, on), patch) | own
    change = Put(_DOSSIER, checked(_DOSSIER, body), expected)
    act = PrivateAct.CHANGED
    await tell(store, private(scope, contact, act, request_id), utc_now())
    await store.apply(scope, ChangeSet(new_id(), (change,), request_id=request_id, private=(act, contact)))
    return _view(*await _held(store, scope, contact), on)


def expired(body: Body, on: date) -> Sequence[ExpiredItem]:
    """The items that are past their day."""
    return [
        ExpiredItem(field=name, expires_on=item["expires_on"])
        for name, value in body.items()
        for item in (value if isinstance(value, list) else [value])
        if is_past(item, on)
    ]


async def _held(store: GraphStore, scope: Scope, contact: str) -> tuple[Stored, Stored | None]:
    if not scope.dossiers:
        raise NotAllowed
    person = await store.get(scope, NodeKind.CONTACT, contact)
    found = await store.find(
        scope, _DOSSIER, account_id=person.account, where={"contact_id": contact}, limit=1
    )
    return person, found[0] if found else None


def _view(person: Stored, held: Stored | None, on: date) -> DossierView:
    if held is None:
        return DossierView(contact_id=person.id, revision=0, dossier={}, expired=[])
    items = {name: value for name, value in unexpired(held.body, on).items() if name not in _HEADS}
    return DossierView(
        contact_id=person.id, revision=held.revision, dossier=items, expired=list(expired(held.body, on))
    )


def _past(patch: Mapping[str, Any], on: date) -> Any:
    for name in patch.keys() & spec_of(_DOSSIER).record.model_fields.keys():
        many = isinstance(patch[name], list)
        for place, item in enumerate(patch[name] if many else [patch[name]]):
            if is_past(item, on):
                where = f"/{name}/{place}/expires_on" if many else f"/{name}/expires_on"
                yield unfit(where, "this day is past", "该日期已过")
