"""What was known at some time, out of the log."""

from __future__ import annotations

import asyncio
from datetime import datetime

from neo4j import AsyncManagedTransaction

from graphsvc.stores.codec import moment_text
from graphsvc.stores.neo4j import reading
from graphsvc.stores.neo4j.server import ask
from graphsvc.stores.past import ENTRIES, Then, follow, records_then
from graphsvc.stores.port import Sequences
from models.changes import Stored
from models.kinds import FIRM
from queries.catalog import cypher


async def sequences(transaction: AsyncManagedTransaction, account_id: str, moment: datetime) -> Sequences:
    """How far the logs of the account and of the firm had come. Two indexed reads."""
    found = [
        await ask(transaction, cypher("sequence_at"), account=log, moment=moment_text(moment)) or 0
        for log in (account_id, FIRM)
    ]
    return Sequences(*found)


async def records(transaction: AsyncManagedTransaction, account_id: str, at: Sequences) -> list[Stored]:
    """The account's records at these sequences. Raises NotFound. O(entries).

    What stands in a log up to a sequence never changes, so that no write can tear this.
    """
    own = await _replayed(transaction, account_id, at.account)
    firm = await _replayed(transaction, FIRM, at.firm)
    return await asyncio.to_thread(records_then, account_id, own, firm)


async def _replayed(transaction: AsyncManagedTransaction, log: str, until: int) -> Then:
    found: Then = {}
    for after in range(0, until, ENTRIES):
        entries = await reading.log(transaction, log, after, min(ENTRIES, until - after))
        await asyncio.to_thread(follow, found, entries)
    return found
