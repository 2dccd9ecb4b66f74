"""Named views kept beside the graph: a way of looking is no fact about an account and moves no number of it.

A view belongs to who made it; shared, all see it who see its account, and who may steer may change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphsvc.access.callers import Caller
from graphsvc.conflicts import KeptSince, ViewChanged
from graphsvc.errors import NoSavedView, NotAllowed, NotFound
from graphsvc.features.records.service import keyed_id, made_id, merge_patch, unfit
from graphsvc.features.saved_views.schemas import NewView, SavedView, ViewFields
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore, Scope
from models.access import Right
from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput, sent

AREA = "saved-view"
"""The area of what is kept; its owner there is the account."""
_FIXED = frozenset({"id", "account_id", "owner"})


async def saved_views(store: GraphStore, scope: Scope, account_id: str | None = None) -> list[SavedView]:
    """The caller's views and those shared, of an account or of all he sees, by id. Raises NotFound.

    O(views of these accounts).
    """
    if account_id is not None:
        await store.get(scope, NodeKind.ACCOUNT, account_id)
        accounts = {account_id}
    else:
        accounts = {account.id for account in await store.accounts(scope)}
    found = [_view(thing) for thing in await store.kept_in(AREA, account_id)]
    return [view for view in found if view.account_id in accounts and _sees(scope, view)]


async def saved_view(store: GraphStore, scope: Scope, id: str) -> SavedView:
    """A view. Raises NoSavedView where there is none, or none that the caller may see."""
    thing = await store.kept(AREA, id)
    view = None if thing is None else _view(thing)
    if view is None or not scope.sees(view.account_id) or not _sees(scope, view):
        raise NoSavedView(id)
    try:
        await store.get(scope, NodeKind.ACCOUNT, view.account_id)
    except NotFound:
        raise NoSavedView(id) from None
    return view


async def kept(
    store: GraphStore, scope: Scope, caller: Caller, body: Mapping[str, Any], key: str | None = None
) -> SavedView:
    """A new view of the caller's; with a `key` it is made once however often it is sent.

    Raises InvalidInput, NotFound (the account), NotAllowed to share, ViewChanged where the id is taken.
    """
    asked = sent(NewView, body)
    _may_share(caller, asked)
    await store.get(scope, NodeKind.ACCOUNT, asked.account_id)
    id_ = asked.id or made_id(None if key is None else keyed_id(scope, key), 0)
    now = utc_now()
    said = asked.model_dump(exclude={"id"})
    view = SavedView(id=id_, owner=caller.name, created_at=now, updated_at=now, **said)
    try:
        return _view(await store.keep(_thing(view), expected=0))
    except KeptSince:
        thing = await store.kept(AREA, id_)
        there = None if thing is None else _view(thing)
    if there is None or not _sees(scope, there) or not scope.sees(there.account_id):
        raise InvalidInput(unfit("/id", "it is taken", "已被占用"))
    if key is None:
        raise ViewChanged(there.model_dump(mode="json"))
    if (there.owner, there.model_dump(include=set(said))) != (caller.name, said):
        raise InvalidInput(Fault(Code.KEY_REUSED, {"key": key}, pointer="/header/Idempotency-Key"))
    return there


async def changed(
    store: GraphStore, scope: Scope, caller: Caller, id: str, patch: Mapping[str, Any], expected: int
) -> SavedView:
    """A view with a JSON merge patch applied, if it is still at the revision `expected`.

    Raises NoSavedView, NotAllowed, ViewChanged, InvalidInput.
    """
    view = await _own(store, scope, caller, id, expected)
    if faults := [unfit(f"/{name}", "it cannot be changed", "不能更改") for name in patch if name in _FIXED]:
        raise InvalidInput(*faults)
    held = view.model_dump(mode="json", include=set(ViewFields.model_fields))
    fields = sent(ViewFields, merge_patch(held, patch))
    if fields.shared and not view.shared:
        _may_share(caller, fields)
    now = view.model_copy(update={**dict(fields), "updated_at": utc_now()})
    try:
        return _view(await store.keep(_thing(now), expected=expected))
    except KeptSince:
        raise ViewChanged((await saved_view(store, scope, id)).model_dump(mode="json")) from None


async def thrown_away(store: GraphStore, scope: Scope, caller: Caller, id: str, expected: int) -> None:
    """The view is kept no longer. Raises NoSavedView, NotAllowed, ViewChanged."""
    await _own(store, scope, caller, id, expected)
    await store.throw_away(AREA, [id])


def may_change(caller: Caller, view: SavedView) -> bool:
    """Whether the caller may change and remove a view that he sees."""
    return view.owner == caller.name or caller.may(Right.STEER)


async def _own(store: GraphStore, scope: Scope, caller: Caller, id: str, expected: int) -> SavedView:
    """A view that the caller may change, at a revision."""
    view = await saved_view(store, scope, id)
    if not may_change(caller, view):
        raise NotAllowed
    if view.revision != expected:
        raise ViewChanged(view.model_dump(mode="json"))
    return view


def _may_share(caller: Caller, view: ViewFields) -> None:
    """Who may write nothing keeps views for himself alone."""
    if view.shared and not caller.may(Right.WRITE):
        raise NotAllowed


def _sees(scope: Scope, view: SavedView) -> bool:
    return view.shared or view.owner == scope.actor


def _thing(view: SavedView) -> Kept:
    body = view.model_dump(mode="json", exclude={"id", "account_id", "revision"})
    return Kept(AREA, view.id, view.account_id, body)


def _view(thing: Kept) -> SavedView:
    told = {**thing.body, "id": thing.key, "account_id": thing.owner, "revision": thing.version}
    return SavedView.model_validate(told)
