"""What has changed in an account between two times."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from graphsvc.access.far_ends import Unseen, unseen_ends, without
from graphsvc.errors import NotFound
from graphsvc.features.records.past import get_then
from graphsvc.stores.facts import Key
from graphsvc.stores.port import GraphStore, Scope, Sequences
from models.changes import Stored
from models.enums import EdgeKind
from models.kinds import EDGE_SPECS, KINDS, OPEN_KINDS
from models.records import Body

State = Mapping[Key, Stored]


class FieldChange(BaseModel):
    """A field that differs; None where it was or is empty."""

    model_config = ConfigDict(frozen=True)

    name: str
    before: Any = None
    after: Any = None


class RecordChange(BaseModel):
    """A record that was added, removed or changed, with every field that differs.

    `name` is its own; a tie has those of its ends instead, where the account has to do with them.
    """

    model_config = ConfigDict(frozen=True)

    change: Literal["added", "removed", "changed"]
    kind: str
    id: str
    name: str | None = None
    source_id: str | None = None
    source_name: str | None = None
    target_id: str | None = None
    target_name: str | None = None
    fields: list[FieldChange]


class Diff(BaseModel):
    """What differs between two times, by kind and id; the sequences are those of the account's log."""

    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")
    from_sequence: int
    to_sequence: int
    items: list[RecordChange]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two states of an account, by kind and id."""

    first: Sequences
    last: Sequences
    items: list[RecordChange]


async def diff(
    store: GraphStore, scope: Scope, account_id: str, since: datetime, until: datetime
) -> Difference:
    """What differs between an account as it was known at two times, and between the firm's records it had to
    do with at either.

    What was changed and changed back is no difference, nor is a record of the firm that was there all along;
    kinds with a right of their own are left out. O(entries up to `until`). Raises NotFound.
    """
    first = await store.sequences(scope, account_id, as_of=since)
    last = await store.sequences(scope, account_id, as_of=until)
    if last.account == 0:
        await store.sequences(scope, account_id)  # an account of later, or none at all
    if first == last:
        return Difference(first, last, [])
    before = await _state(store, scope, account_id, since)
    after = await _state(store, scope, account_id, until)
    unseen = await unseen_ends(
        store, scope, [(row.kind, row.body) for state in (before, after) for row in state.values()]
    )
    for state, other, time in ((before, after, since), (after, before, until)):
        for kind, id_ in [key for key, row in other.items() if row.account is None and key not in state]:
            try:
                state[kind, id_] = await get_then(store, scope, kind, id_, time)
            except NotFound:
                continue  # it was not there at all
    return Difference(first, last, await asyncio.to_thread(_differing, before, after, unseen))


async def _state(store: GraphStore, scope: Scope, account_id: str, as_of: datetime) -> dict[Key, Stored]:
    """The account's open records then; none if there was no such account."""
    try:
        found = await store.records(scope, account_id, as_of=as_of)
    except NotFound:
        return {}
    return {(row.kind, row.id): row for row in found if row.kind in OPEN_KINDS}


def _differing(before: State, after: State, unseen: Unseen) -> list[RecordChange]:
    place = {kind: number for number, kind in enumerate(KINDS)}
    names = {key: row.body.get("name") for state in (before, after) for key, row in state.items()}
    found = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (place[key[0]], key[1])):
        old, new = (state[key].body if key in state else None for state in (before, after))
        if old != new:
            was, now = (body and without(unseen, key[0], body) for body in (old, new))
            found.append(_change(key, was, now, names))
    return found


def _change(key: Key, old: Body | None, new: Body | None, names: Mapping[Key, str | None]) -> RecordChange:
    change: Literal["added", "removed", "changed"] = "changed"
    if old is None or new is None:
        change = "added" if old is None else "removed"
    was, now = old or {}, new or {}
    fields = [
        FieldChange(name=name, before=was.get(name), after=now.get(name))
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]
    kind, id_ = key
    told: dict[str, Any] = {"name": names[key]}
    if isinstance(kind, EdgeKind):
        source, target = EDGE_SPECS[kind].ends(now or was)
        told = {"source_id": source[1], "source_name": names.get(source)}
        told |= {"target_id": target[1], "target_name": names.get(target)}
    return RecordChange(change=change, kind=kind, id=id_, fields=fields, **told)
