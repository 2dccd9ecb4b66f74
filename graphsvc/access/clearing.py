"""What has run out is cleared away while the service runs: sessions, links, keys, counted attempts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from graphsvc.access.desk import Desk
from graphsvc.errors import GraphsvcError

log = logging.getLogger("graphsvc.access")
EVERY_S = 3600.0


async def clear_expired(desk: Desk, pause: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
    """Throw away what has run out, now and every hour, until it is cancelled.

    What has run out opens nothing in any case; this keeps the store from filling up with it.
    """
    while True:
        try:
            gone = await desk.store.throw_away_expired(desk.clock())
            if gone:
                log.info("%d sessions, links, keys and counted attempts had run out", gone)
        except GraphsvcError as error:
            log.warning("what has run out cannot be cleared away yet: %s", error)
        await pause(EVERY_S)
