"""The journal of what was done with private data: who read, exported, restricted, erased, and when.

It stands beside the graph, not in the logs of accounts: a read is no change, and answers stay cached.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

from pydantic import BaseModel, ConfigDict

from graphsvc.access.audit import Happened, tell
from graphsvc.conflicts import KeptSince
from graphsvc.features.records.service import new_id
from graphsvc.stores.codec import utc_now
from graphsvc.stores.erasures import READS, noted
from graphsvc.stores.port import GraphStore, Scope
from models.access import Audited
from models.privacy import PrivateAct


class PrivateRead(BaseModel):
    """One line of the journal. It holds no value, only whose and who."""

    model_config = ConfigDict(frozen=True)

    at: str
    actor: str
    act: PrivateAct
    contact_id: str
    request_id: str | None = None
    reason: str | None = None


async def note(
    store: GraphStore,
    scope: Scope,
    contact: str,
    act: PrivateAct,
    request_id: str | None = None,
    reason: str | None = None,
) -> None:
    """Write a line, before what it tells of is given out; what is changed has its line in its transaction.

    Raises StoreUnavailable, StorageFull.
    """
    now = utc_now()
    line = noted(new_id(), now, scope.actor, contact, act, request_id, reason)
    await tell(store, private(scope, contact, act, request_id), now, [(line, 0)])


async def note_of_day(store: GraphStore, scope: Scope, contact: str, request_id: str | None = None) -> None:
    """Write that an answer told of a dossier: the first time on a day (UTC) that it tells the same caller.

    An answer that is looked at all day tells nothing new; the dossier itself, asked for, is noted each time.
    Raises StoreUnavailable, StorageFull.
    """
    await note_once(store, scope, contact, PrivateAct.READ, utc_now().date().isoformat(), request_id)


async def note_once(
    store: GraphStore, scope: Scope, contact: str, act: PrivateAct, of: str, request_id: str | None = None
) -> None:
    """Write a line, unless there is one of the same act, actor and contact `of` the same.

    Raises StoreUnavailable, StorageFull.
    """
    key, now = _key(scope.actor, contact, of), utc_now()
    if await store.kept(READS, key) is not None:
        return
    line = noted(key, now, scope.actor, contact, act, request_id)
    with suppress(KeptSince):  # told at the same moment
        await tell(store, private(scope, contact, act, request_id), now, [(line, 0)])


def _key(*said: str) -> str:
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def private(scope: Scope, contact: str, act: PrivateAct, request_id: str | None) -> Happened:
    """The same for the audit trail."""
    told = {"subject": contact, "detail": str(act), "request_id": request_id}
    return Happened(actor=scope.actor, act=Audited.PRIVATE, **told)


async def journal(store: GraphStore, contact: str) -> Sequence[PrivateRead]:
    """The lines about a contact, oldest first. O(lines)."""
    lines = [PrivateRead(**thing.body) for thing in await store.kept_in(READS, owner=contact)]
    return sorted(lines, key=lambda line: line.at)
