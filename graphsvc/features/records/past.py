"""Records as they were known at an earlier time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from graphsvc.errors import NotFound
from graphsvc.stores.listing import conditions
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry, Stored
from models.enums import Kind
from models.faults import Code, Fault, InvalidInput
from models.fields import Label
from models.kinds import FIRM, Spec

_PAGE = 50
_NEEDS_ACCOUNT = Label(
    "a list of the past is that of an account: give account_id too", "查询过去的列表须同时给出 account_id"
)


async def get_then(store: GraphStore, scope: Scope, kind: Kind, id: str, as_of: datetime) -> Stored:
    """One record as it stood at a time, out of its history. O(its changes). Raises NotFound."""
    last: LogEntry | None = None
    async for entry in _back(store, scope, kind, id):
        if last is None and entry.at <= as_of:
            if entry.after is None:
                break
            last = entry
        if last is not None and entry.before is None:
            return stored_then(last, entry.at)
    raise NotFound(kind, id)


async def list_then(
    store: GraphStore,
    scope: Scope,
    spec: Spec,
    account_id: str | None,
    as_of: datetime,
    *,
    where: Mapping[str, str],
    after: str,
    limit: int,
) -> list[Stored]:
    """As `find`, at a time: records of an account, or of the firm those it had to do with. O(its log).

    Raises InvalidInput without an account, NotFound.
    """
    if account_id is None:
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": _NEEDS_ACCOUNT}, pointer="/query/account_id"))
    wanted = conditions(spec, where)
    records = await store.records(scope, account_id, as_of=as_of)

    def chosen() -> list[Stored]:
        of_kind = (row for row in records if row.kind is spec.kind and row.id > after)
        fitting = (
            row for row in of_kind if all(row.body.get(name) == value for name, value in wanted.items())
        )
        return sorted(fitting, key=lambda row: row.id)[:limit]

    return await asyncio.to_thread(chosen)


def stored_then(entry: LogEntry, made: datetime) -> Stored:
    """The record that an entry left behind; it was made at `made`."""
    assert entry.after is not None
    account = None if entry.account == FIRM else entry.account
    return Stored(entry.kind, entry.after, account, entry.revision, made, entry.at)


async def _back(store: GraphStore, scope: Scope, kind: Kind, id: str) -> AsyncIterator[LogEntry]:
    """A record's entries, newest first."""
    start: int | None = None
    while start != 0:
        page = await store.history(scope, kind, id, start, _PAGE)
        for entry in page:
            yield entry
        start = page[-1].prior if page else 0
