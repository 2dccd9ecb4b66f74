"""The locks of logs: who writes to one has it to himself until the transaction ends."""

from __future__ import annotations

import asyncio

from neo4j import AsyncManagedTransaction

from graphsvc.errors import StoreBusy
from graphsvc.stores import turns
from graphsvc.stores.neo4j.server import tell
from queries.catalog import CypherText, cypher

SETTLE_S = 1.0
"""Longest a commit is taken to be shown in part; who waited so long waits for one that is not committing."""


async def lock(transaction: AsyncManagedTransaction, logs: set[str]) -> None:
    """Take the locks of logs, also of those that have yet to begin.

    Raises StoreBusy when somebody else keeps one too long.
    """
    await _take(transaction, cypher("lock_log"), logs, turns.WRITE_TURN_S)


async def settle(transaction: AsyncManagedTransaction, logs: set[str]) -> None:
    """The same of logs that are there: then who was committing to them is done.

    Raises StoreBusy when somebody holds one for longer than a commit takes.
    """
    await _take(transaction, cypher("settle_log"), logs, SETTLE_S)


async def _take(
    transaction: AsyncManagedTransaction, text: CypherText, logs: set[str], within_s: float
) -> None:
    """In the order of their names, so that nobody waits in a circle."""
    try:
        async with asyncio.timeout(within_s):
            for log in sorted(logs):
                await tell(transaction, text, log=log)
    except TimeoutError as error:
        raise StoreBusy from error
