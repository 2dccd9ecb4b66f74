"""Messages by the rules of Standard Webhooks: what they say, their ids, headers and signatures.

A message tells the changes of one change set in one log, MOST at most, by kind, id and sequence: no field of
a record. Whoever may read a record asks for it. The same place in a log always makes the same message, so
what is sent again after a crash has the id it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

import orjson
from standardwebhooks import Webhook as Signer

from graphsvc.access.desk import Desk
from graphsvc.features.records.service import new_id
from graphsvc.features.webhooks.kept import Hook, secret_of
from models.changes import LogEntry
from models.kinds import OPEN_KINDS
from models.webhooks import event_of

MOST = 100
"""Changes in one message."""
CHANGED, PING = "records.changed", "webhook.ping"
"""The types there are."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent. `account` and `last` say how far a log is told with it."""

    id: str
    type: str
    body: bytes
    account: str | None = None
    last: int | None = None


def ping(hook: Hook, now: datetime) -> Message:
    """A message that tells nothing."""
    return _message(f"msg_{new_id()}", PING, now, {"webhook_id": hook.id})


def run_of(entries: Sequence[LogEntry], after: int) -> list[LogEntry]:
    """The entries that follow a sequence without a gap and make one message. O(MOST)."""
    found = takewhile(
        lambda placed: (
            placed[1].sequence == after + 1 + placed[0] and placed[1].change_set == entries[0].change_set
        ),
        enumerate(entries[:MOST]),
    )
    return [entry for _, entry in found]


def message_of(hook: Hook, run: Sequence[LogEntry]) -> Message | None:
    """The message of a run of entries; None if it tells the webhook nothing it wants to know."""
    first, last = run[0], run[-1]
    changes = [_change(entry) for entry in run if _wanted(hook, entry)]
    if not changes:
        return None
    place = f"{hook.id}\0{first.account}\0{first.sequence}"
    id_ = f"msg_{hashlib.sha256(place.encode()).hexdigest()[:32]}"
    data = {"account": first.account, "change_set": first.change_set, "changes": changes}
    return _message(id_, CHANGED, first.at, data, first.account, last.sequence)


def headers_of(desk: Desk, hook: Hook, message: Message) -> dict[str, str]:
    """The headers of an attempt at this moment, signed with every secret that lives."""
    now, text = desk.clock(), message.body.decode()
    secrets = [secret_of(desk, salt) for salt in hook.live_salts(now)]
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Signer(each).sign(message.id, now, text) for each in secrets),
        "content-type": "application/json",
        "user-agent": "graphsvc-webhooks",
    }


def _message(
    id: str,
    type_: str,
    at: datetime,
    data: dict[str, Any],
    account: str | None = None,
    last: int | None = None,
) -> Message:
    body = orjson.dumps({"type": type_, "timestamp": at, "data": data}, option=orjson.OPT_UTC_Z)
    return Message(id, type_, body, account, last)


def _wanted(hook: Hook, entry: LogEntry) -> bool:
    """Whether it is told: what is kept apart (dossiers) never is; an erasure always."""
    if entry.tells_erasure:
        return True
    return (
        entry.kind in OPEN_KINDS
        and (hook.kinds is None or entry.kind in hook.kinds)
        and (hook.events is None or event_of(entry) in hook.events)
    )


def _change(entry: LogEntry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "event": event_of(entry),
        "kind": entry.kind,
        "id": entry.id,
        "revision": entry.revision,
    }
