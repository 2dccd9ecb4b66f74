"""Sessions: what a cookie stands for. The store holds a hash of it, whose it is and how long it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from graphsvc.access.desk import Desk, fresh_secret, note_use
from graphsvc.stores.codec import moment_of, moment_text
from graphsvc.stores.keeping import Kept

SESSIONS = "session"
"""The area of what is kept."""
IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
"""How long a session lives unused, and how long at all."""


@dataclass(frozen=True, slots=True)
class Session:
    """A live session: whose, its secret, and the proof that a page of it sends back with a change."""

    name: str
    secret: str
    proof: str


async def open_session(desk: Desk, name: str) -> Session:
    """A fresh session of a user; what was in the browser before is never taken over."""
    now, secret = desk.clock(), fresh_secret()
    await desk.store.keep(_thing(desk.digest(SESSIONS, secret), name, now, now), expected=0)
    return _session(desk, name, secret)


async def live_session(desk: Desk, secret: str) -> Session | None:
    """The session that a cookie stands for, if it lives. An indexed read, and now and then a write."""
    thing, now = await desk.store.kept(SESSIONS, desk.digest(SESSIONS, secret)), desk.clock()
    if thing is None or not thing.live(now):
        return None
    used = _thing(thing.key, thing.owner, moment_of(thing.body["begun"]), now)
    await note_use(desk, moment_of(thing.body["used"]), used, thing.version)
    return _session(desk, thing.owner, secret)


async def close_session(desk: Desk, secret: str) -> None:
    """The session ends; its cookie stands for nothing any more."""
    await desk.store.throw_away(SESSIONS, [desk.digest(SESSIONS, secret)])


async def sessions_of(desk: Desk, name: str) -> list[Kept]:
    """The live sessions of a user."""
    now = desk.clock()
    return [thing for thing in await desk.store.kept_in(SESSIONS, owner=name) if thing.live(now)]


async def close_sessions(desk: Desk, name: str) -> int:
    """All sessions of a user end; gives how many."""
    keys = [thing.key for thing in await desk.store.kept_in(SESSIONS, owner=name)]
    return await desk.store.throw_away(SESSIONS, keys)


def _thing(key: str, name: str, begun: datetime, used: datetime) -> Kept:
    body = {"begun": moment_text(begun), "used": moment_text(used)}
    return Kept(SESSIONS, key, name, body, min(used + IDLE, begun + LONGEST))


def _session(desk: Desk, name: str, secret: str) -> Session:
    return Session(name, secret, desk.digest("proof", secret))
