"""How long the next attempt to sign in must wait, for each name and each address.

An attempt is counted before the password is looked at, so that many at once are no way around it. Names
nobody has are counted like others.
"""

from __future__ import annotations

from datetime import timedelta

from graphsvc.access.desk import Desk
from graphsvc.conflicts import KeptSince
from graphsvc.errors import SignInDelayed
from graphsvc.stores.codec import moment_of, moment_text
from graphsvc.stores.keeping import Kept

ATTEMPTS = "sign-in"
"""The area of what is kept."""
FREE = {"name": 5, "from": 30}
"""Attempts without a delay: an office may share an address."""
LONGEST_S = 300
FORGOTTEN = timedelta(hours=1)
_TRIES = 20


async def count_attempt(desk: Desk, what: str, whose: str) -> None:
    """Count an attempt with a name ("name") or from an address ("from"). Raises SignInDelayed."""
    key, now = desk.digest(what, whose), desk.clock()
    for _ in range(_TRIES):
        thing = await desk.store.kept(ATTEMPTS, key)
        count = 1
        if thing is not None and thing.live(now):
            left = (moment_of(thing.body["until"]) - now).total_seconds()
            if left > 0:
                raise SignInDelayed(max(1, round(left)))
            count = int(thing.body["count"]) + 1
        until = now + timedelta(seconds=delay_s(count, FREE[what]))
        counted = Kept(ATTEMPTS, key, what, {"count": count, "until": moment_text(until)}, now + FORGOTTEN)
        try:
            await desk.store.keep(counted, expected=thing.version if thing else 0)
        except KeptSince:
            continue
        return
    raise SignInDelayed(1)


async def forget_attempts(desk: Desk, name: str) -> None:
    """Whoever knew the password begins anew; his address does not: it may be others' as well."""
    await desk.store.throw_away(ATTEMPTS, [desk.digest("name", name)])


def delay_s(count: int, free: int) -> int:
    """Seconds to wait after so many attempts: none at first, then twice as long each time, up to a limit."""
    return 0 if count < free else min(2 ** min(count - free, 30), LONGEST_S)
