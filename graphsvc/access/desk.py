"""What all of access works with: the store, the key secrets are hashed with, and the clock."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from graphsvc.errors import GraphsvcError
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore

log = logging.getLogger("graphsvc.access")
_NOTED_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Desk:
    """Store, key and clock. Of a secret only `digest` is kept: 256 random bits need no slow hash."""

    store: GraphStore
    key: bytes = field(default=b"", repr=False)
    clock: Callable[[], datetime] = utc_now

    def digest(self, purpose: str, secret: str) -> str:
        """What is kept of a secret, as hexadecimal digits; another purpose has another one."""
        return hmac.new(self.key, f"{purpose}\0{secret}".encode(), hashlib.sha256).hexdigest()


async def note_use(desk: Desk, last: datetime | None, used: Kept, version: int) -> None:
    """Keep a thing with its use of now, if the last one noted is some minutes old.

    So reading pages need not write each time; where it cannot be noted, reading goes on all the same.
    """
    if last is not None and desk.clock() - last < _NOTED_AFTER:
        return
    try:
        await desk.store.keep(used, expected=version)
    except GraphsvcError as error:  # thrown away or noted a moment ago, or no room
        log.info("a use of %s was not noted: %s", used.area, error)


def fresh_secret() -> str:
    """256 random bits as text that fits into addresses, headers and cookies."""
    return secrets.token_urlsafe(32)
