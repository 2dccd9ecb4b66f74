"""What has changed in an account between two times, and the feed of its changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry
from models.enums import Kind
from models.kinds import KINDS, OPEN_KINDS
from models.records import Body

PAGE = 5_000


class FieldChange(BaseModel):
    """A field that differs; None where it was or is empty."""

    model_config = ConfigDict(frozen=True)

    name: str
    before: Any = None
    after: Any = None


class RecordChange(BaseModel):
    """A record that was added, removed or changed, with every field that differs."""

    model_config = ConfigDict(frozen=True)

    change: Literal["added", "removed", "changed"]
    kind: str
    id: str
    fields: list[FieldChange]


async def diff(
    store: GraphStore, scope: Scope, account_id: str, since: datetime, until: datetime
) -> tuple[int, int, list[RecordChange]]:
    """The account's sequences at two times and what differs between them, by kind and id.

    What was changed and changed back is no difference; kinds with a right of their own are left out.
    O(entries between). Raises NotFound outside the scope.
    """
    first = (await store.sequences(scope, account_id, as_of=since)).account
    last = (await store.sequences(scope, account_id, as_of=until)).account
    ends: dict[tuple[Kind, str], tuple[Body | None, Body | None]] = {}
    after = first
    while after < last:
        page = await store.log(scope, account_id, after=after, limit=min(PAGE, last - after))
        await asyncio.to_thread(_follow, ends, page)
        after = page[-1].sequence
    return first, last, await asyncio.to_thread(_differing, ends)


def _follow(ends: dict[tuple[Kind, str], tuple[Body | None, Body | None]], page: Iterable[LogEntry]) -> None:
    for entry in page:
        if entry.kind not in OPEN_KINDS or (entry.before is None and entry.after is None):
            continue  # has a right of its own, or is a tie of another account
        key = (entry.kind, entry.id)
        before = ends[key][0] if key in ends else entry.before
        ends[key] = (before, entry.after)


def _differing(ends: dict[tuple[Kind, str], tuple[Body | None, Body | None]]) -> list[RecordChange]:
    place = {kind: number for number, kind in enumerate(KINDS)}
    found = []
    for (kind, id_), (before, after) in sorted(ends.items(), key=lambda row: (place[row[0][0]], row[0][1])):
        if before == after:
            continue
        change: Literal["added", "removed", "changed"] = "changed"
        if before is None or after is None:
            change = "added" if before is None else "removed"
        old, new = before or {}, after or {}
        fields = [
            FieldChange(name=name, before=old.get(name), after=new.get(name))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        ]
        found.append(RecordChange(change=change, kind=kind, id=id_, fields=fields))
    return found
