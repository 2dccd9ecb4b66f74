"""The locks of logs: who writes to one has it to himself until the transaction ends."""

from __future__ import annotations

import asyncio

from neo4j import AsyncManagedTransaction

from graphsvc.errors import StoreBusy
from graphsvc.stores import turns
from graphsvc.stores.neo4j.server import tell
from queries.catalog import cypher


async def lock(transaction: AsyncManagedTransaction, logs: set[str]) -> None:
    """Take the locks of logs in the order of their names, so that nobody waits in a circle.

    Raises StoreBusy when somebody else keeps one too long.
    """
    try:
        async with asyncio.timeout(turns.WRITE_TURN_S):
            for log in sorted(logs):
                await tell(transaction, cypher("lock_log"), log=log)
    except TimeoutError as error:
        raise StoreBusy from error
