"""The right to send, which one process has at a time where several serve one store."""

from __future__ import annotations

import secrets
from datetime import timedelta

from graphsvc.access.desk import Desk
from graphsvc.conflicts import KeptSince
from graphsvc.stores.keeping import Kept

LEASES = "lease"
LEASE_S = 15.0
"""So long after its last sign the right of a dead process passes to another one."""


class Lease:
    """A right by name. Where clocks differ by seconds, two may have it for a moment and send things twice."""

    def __init__(self, desk: Desk, name: str, lease_s: float = LEASE_S) -> None:
        self._desk, self._name = desk, name
        self._term = timedelta(seconds=lease_s)
        self._holder = secrets.token_hex(8)
        self._until = desk.clock() - self._term

    async def take(self) -> bool:
        """Take the right, or keep it; False if another one has it. Writes once in a third of the term."""
        now = self._desk.clock()
        if self._until - now > self._term * 2 / 3:
            return True
        thing = await self._desk.store.kept(LEASES, self._name)
        if thing is not None and thing.live(now) and thing.owner != self._holder:
            return False
        until = now + self._term
        try:
            mine = Kept(LEASES, self._name, self._holder, {}, until)
            await self._desk.store.keep(mine, expected=thing.version if thing else 0)
        except KeptSince:
            return False
        self._until = until
        return True

    def held(self) -> bool:
        """Whether the right is ours, by our clock."""
        return self._desk.clock() < self._until

    async def release(self) -> None:
        """Leave it to whoever comes next. Raises StoreUnavailable."""
        if self.held():
            self._until = self._desk.clock() - self._term
            await self._desk.store.throw_away(LEASES, [self._name])
