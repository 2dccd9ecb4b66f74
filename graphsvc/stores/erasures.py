"""Where erasures lie beside the graph: the key of the marks, the marks, what each was and its journal line.

All of it stands among what a store keeps (`keeping.py`), written in the transaction of the erasure; so is the
line of any other private change set in its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from graphsvc.errors import BackupFailed
from graphsvc.stores.codec import moment_text
from graphsvc.stores.erasing import erasure_of, erasure_text
from graphsvc.stores.keeping import Kept
from graphsvc.stores.merges import MERGES
from models.changes import ChangeSet
from models.erasures import Erasure, Ledger
from models.privacy import PrivateAct

ERASURES, MARKS, STATE, READS = "erasure", "erased", "privacy", "read"
"""Areas of what is kept: erasures, marks, the key and what is unfinished, reads of what is private."""
AREAS = (ERASURES, MARKS, STATE, READS, MERGES)
"""What goes along into backups."""
KEY, UNSCRUBBED = "key", "unscrubbed"


def things(erasure: Erasure) -> Iterator[Kept]:
    """What is kept of an erasure: done or taken over again, it is noted once."""
    yield Kept(ERASURES, erasure.id, erasure.contact, {"told": erasure_text(erasure)})
    for mark in erasure.marks:
        yield Kept(MARKS, mark, erasure.id)
    said = erasure.request_id, erasure.reason
    yield noted(erasure.id, erasure.at, erasure.actor, erasure.contact, PrivateAct.ERASED, *said)


def noted(
    id: str,
    at: datetime,
    actor: str,
    contact: str,
    act: PrivateAct,
    request_id: str | None = None,
    reason: str | None = None,
) -> Kept:
    """A line of the journal of private data: who did what with whose, and when. It holds no value."""
    told = {"at": moment_text(at), "actor": actor, "act": str(act), "contact_id": contact}
    told |= {
        name: text for name, text in (("request_id", request_id), ("reason", reason)) if text is not None
    }
    return Kept(READS, id, contact, told)


def line_of(asked: ChangeSet, actor: str, at: datetime) -> list[Kept]:
    """The line of the journal that is written with a private change set; none with others."""
    if asked.private is None:
        return []
    act, contact = asked.private
    return [noted(asked.id, at, actor, contact, act, asked.request_id, asked.reason)]


def key_of(thing: Kept | None) -> str | None:
    """The key of the marks, from what is kept of it."""
    return None if thing is None else str(thing.body["key"])


def key_thing(key: str) -> Kept:
    """What is kept of the key."""
    return Kept(STATE, KEY, "", {"key": key})


def ledger_of(key: Kept | None, erasures: Iterable[Kept], marks: Iterable[Kept]) -> Ledger:
    """All erasures, oldest first, from what is kept of them. O(marks)."""
    of_erasure: dict[str, list[str]] = {}
    for thing in marks:
        of_erasure.setdefault(thing.owner, []).append(thing.key)
    found = [erasure_of(thing.body["told"], of_erasure.get(thing.key, ())) for thing in erasures]
    return Ledger(key_of(key), tuple(sorted(found, key=_by_time)))


def _by_time(erasure: Erasure) -> tuple[datetime, str]:
    return erasure.at, erasure.id


def key_for(own: str | None, theirs: str | None) -> str | None:
    """The key of a store that takes over erasures of another state of it. Raises BackupFailed."""
    if own is not None and theirs is not None and own != theirs:
        raise BackupFailed(
            "The erasures are of another store: their marks have another key.",
            "清除记录属于另一个存储：其标记的密钥不同。",
        )
    return theirs or own


def missing(ledger: Ledger, done: Ledger) -> Sequence[Erasure]:
    """The erasures of a ledger that a store has not done, oldest first."""
    known = {erasure.id for erasure in done.erasures}
    return [erasure for erasure in ledger.erasures if erasure.id not in known]
