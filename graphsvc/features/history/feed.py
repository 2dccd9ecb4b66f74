"""The feed of changes over all logs of a scope: nothing is missed, and every entry comes once.

Logs do not know of each other, so a place in the feed is a place in each log. A cursor holds these places
under short digests of the logs' names, about 14 characters for each log that has been read from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry, LogHead
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

MOST_LOGS = 2_000
"""Logs in one feed: the cursor has to fit into an address."""
LONGEST_CURSOR = 40_000
_DIGEST = 8
_TOO_MANY = Label(
    f"there are more than {MOST_LOGS} logs: name one with account_id",
    f"日志超过 {MOST_LOGS} 个：请用 account_id 指定",
)

Places = Mapping[bytes, int]
"""How far each log has been read, by the digest of its name."""


async def feed(
    store: GraphStore, scope: Scope, places: Places, account: str | None, limit: int
) -> tuple[list[LogEntry], Places]:
    """The next entries after `places`, of all logs of the scope or of one, and the places after them.

    Each log's entries come in its order and without a gap; those of a page are by time. The log that has
    rested longest comes first, so that a busy one keeps no other waiting. O(limit) indexed reads at most.
    Raises InvalidInput for too many logs, NotFound for an account outside the scope.
    """
    read = dict(places)
    found: list[LogEntry] = []
    for log in await _behind(store, scope, read, account):
        if len(found) >= limit:
            break
        place = _digest(log)
        page = await store.log(scope, log, after=read.get(place, 0), limit=limit - len(found))
        if page:
            found += page
            read[place] = page[-1].sequence
    if len(read) > MOST_LOGS:
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": _TOO_MANY}, pointer="/query/account_id"))
    return sorted(found, key=lambda entry: (entry.at, entry.account, entry.sequence)), read


async def _behind(store: GraphStore, scope: Scope, places: Places, account: str | None) -> Sequence[str]:
    """The logs that have entries after their places."""
    if account is not None:
        return [account]
    heads = [
        head for head in await store.heads(scope) if head.sequence > places.get(_digest(head.account), 0)
    ]
    return [head.account for head in sorted(heads, key=_rested)]


def _rested(head: LogHead) -> tuple[float, str]:
    return (head.at.timestamp() if head.at else 0.0, head.account)


def packed(places: Places) -> bytes:
    """Places as bytes, for a cursor."""
    return b"".join(place + _varint(sequence) for place, sequence in sorted(places.items()))


def unpacked(told: bytes) -> Places:
    """The way back."""
    places: dict[bytes, int] = {}
    at = 0
    while at < len(told):
        place, at = told[at : at + _DIGEST], at + _DIGEST
        end = next(end for end in range(at, len(told)) if told[end] < 0x80) + 1
        places[place] = sum((byte & 0x7F) << 7 * shift for shift, byte in enumerate(told[at:end]))
        at = end
    return places


def _digest(log: str) -> bytes:
    return hashlib.sha256(log.encode()).digest()[:_DIGEST]


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; all but the last have the eighth bit."""
    told = bytearray()
    while number >= 0x80:
        told.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*told, number])
