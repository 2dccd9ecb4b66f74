"""The locks of logs: who writes to one has it to himself until the transaction ends."""

from __future__ import annotations

import asyncio

from neo4j import AsyncManagedTransaction

from graphsvc.errors import StoreBusy
from graphsvc.stores import turns
from graphsvc.stores.neo4j.server import ask, tell
from queries.catalog import cypher

SETTLE_S = 1.0
"""Longest a commit is taken to be shown in part; who waited so long waits for one that is not committing."""


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


async def settled(transaction: AsyncManagedTransaction, logs: set[str]) -> list[int]:
    """How far logs have come (those that are there), when who was committing to them is done.

    Raises StoreBusy when somebody holds one for longer than a commit takes.
    """
    try:
        async with asyncio.timeout(SETTLE_S):
            for log in sorted(logs):
                await tell(transaction, cypher("settle_log"), log=log)
    except TimeoutError as error:
        raise StoreBusy from error
    return await values(transaction, logs)


async def values(transaction: AsyncManagedTransaction, logs: set[str]) -> list[int]:
    """How far logs have come, as far as commits are shown."""
    found: list[int] = await ask(transaction, cypher("log_ends"), logs=sorted(logs))
    return found
