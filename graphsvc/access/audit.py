"""The audit trail: who came in, who was refused, who changed users and keys, who saw what is private.

It stands beside the graph. Each entry holds the hash of the one before, so that a changed, missing or
inserted one shows; a mark says how far it goes, so that a cut-off end shows as well.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict

from graphsvc.access.desk import Desk
from graphsvc.conflicts import KeptSince
from graphsvc.errors import StoreBusy
from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.access import Audited

AUDIT, HEADS = "audit", "audit-head"
"""Areas of what is kept: entries by number, and the mark."""
_HEAD = "head"
_TRIES = 50
_AT_ONCE = 16


class Happened(BaseModel):
    """What is to be told: who did what, to whom or what, from where. It holds no secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actor: str
    act: Audited
    subject: str | None = None
    address: str | None = None
    request_id: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """From where a request came and under which id it stands in the service's log."""

    address: str | None = None
    request_id: str | None = None


class AuditEntry(Happened):
    """An entry as it stands: `hash` is SHA-256 over everything else and the hash before."""

    sequence: int
    at: str
    previous: str
    hash: str


async def tell(
    store: GraphStore,
    happened: Happened,
    now: datetime,
    beside: Sequence[tuple[Kept, int | None]] = (),
) -> None:
    """Add an entry at the end, in one with what is kept `beside` it. Of many at once each gets a number.

    The mark is moved after the entry: who is cut off in between leaves one entry beyond it, which the next
    one goes on from. Raises StoreUnavailable, and KeptSince if a thing beside is not as expected.
    """
    head = await store.kept(HEADS, _HEAD)
    sequence, previous = (head.body["sequence"], head.body["hash"]) if head else (0, "")
    for _ in range(_TRIES):
        sequence += 1
        told = {"at": moment_text(now), **happened.model_dump(mode="json", exclude_none=True)}
        body = {**told, "previous": previous, "hash": _hash(sequence, previous, told)}
        try:
            await store.keep_all([(Kept(AUDIT, _key(sequence), happened.actor, body), 0), *beside])
        except KeptSince:
            there = await store.kept(AUDIT, _key(sequence))
            if there is None:
                raise
            previous = there.body["hash"]
            continue
        await _move(store, sequence, body["hash"])
        return
    raise StoreBusy


async def tell_of(
    desk: Desk, visit: Visit, actor: str, act: Audited, subject: str | None = None, detail: str | None = None
) -> None:
    """Add an entry about a visit. Raises StoreUnavailable."""
    happened = Happened(
        actor=actor,
        act=act,
        subject=subject,
        address=visit.address,
        request_id=visit.request_id,
        detail=detail,
    )
    await tell(desk.store, happened, desk.clock())


async def newest(store: GraphStore, limit: int, before: int | None = None) -> list[AuditEntry]:
    """The newest entries, or those before a number, the newest first. An indexed read for each."""
    last = await _last(store) if before is None else before - 1
    found: list[AuditEntry] = []
    while last > 0 and len(found) < limit:
        numbers = range(last, max(0, last - min(limit - len(found), _AT_ONCE)), -1)
        things = await asyncio.gather(*(store.kept(AUDIT, _key(number)) for number in numbers))
        found += _read(things)
        last = numbers[-1] - 1
    return found


async def _last(store: GraphStore) -> int:
    """The number of the last entry: at the mark, or beyond it where somebody was cut off."""
    head = await store.kept(HEADS, _HEAD)
    number = int(head.body["sequence"]) if head else 0
    while await store.kept(AUDIT, _key(number + 1)) is not None:
        number += 1
    return number


def _read(things: Iterable[Kept | None]) -> list[AuditEntry]:
    """The entries that can be read: what somebody has made of one besides is what `checked` tells."""
    found = []
    for thing in things:
        if thing is not None:
            told = {name: value for name, value in thing.body.items() if name in AuditEntry.model_fields}
            with suppress(ValueError):  # of pydantic, too
                found.append(AuditEntry.model_validate({**told, "sequence": int(thing.key)}))
    return found


async def trail(store: GraphStore) -> list[AuditEntry]:
    """All entries, oldest first. O(entries)."""
    return _read(await store.kept_in(AUDIT))


async def whole(store: GraphStore) -> tuple[list[AuditEntry], int | None]:
    """`trail`, and the first fault that `checked` tells, of one reading. O(entries)."""
    head, things = await store.kept(HEADS, _HEAD), await store.kept_in(AUDIT)
    return _read(things), _first_fault(things, head)


async def checked(store: GraphStore) -> tuple[int, int | None]:
    """How many entries there are, and the number of the first that is missing, changed or not linked.

    O(entries).
    """
    head, things = await store.kept(HEADS, _HEAD), await store.kept_in(AUDIT)
    return len(things), _first_fault(things, head)


def _first_fault(things: Sequence[Kept], head: Kept | None) -> int | None:
    expected, previous = 0, ""
    for thing in things:
        expected += 1
        told = {name: value for name, value in thing.body.items() if name not in ("previous", "hash")}
        linked = thing.body.get("previous") == previous and thing.owner == told.get("actor")
        if (
            thing.key != _key(expected)
            or not linked
            or thing.body.get("hash") != _hash(expected, previous, told)
        ):
            return expected
        previous = thing.body["hash"]
        if head is not None and head.body["sequence"] == expected and head.body["hash"] != previous:
            return expected
    marked = head.body["sequence"] if head else 0
    return expected + 1 if expected < marked else None


async def _move(store: GraphStore, sequence: int, hash_: str) -> None:
    """Move the mark to an entry, unless it is beyond it already."""
    for _ in range(_TRIES):
        head = await store.kept(HEADS, _HEAD)
        if head is not None and head.body["sequence"] >= sequence:
            return
        try:
            body = {"sequence": sequence, "hash": hash_}
            await store.keep(Kept(HEADS, _HEAD, "", body), expected=head.version if head else 0)
        except KeptSince:
            continue
        return
    raise StoreBusy


def _key(sequence: int) -> str:
    return f"{sequence:016d}"


def _hash(sequence: int, previous: str, told: Mapping[str, Any]) -> str:
    text = orjson.dumps([sequence, previous, told], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()
