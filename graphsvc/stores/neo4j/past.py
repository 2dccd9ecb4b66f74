"""What was known at some time, out of the log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

import orjson
from neo4j import AsyncManagedTransaction

from graphsvc.stores.codec import moment_text
from graphsvc.stores.facts import Key
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j import reading
from graphsvc.stores.neo4j.server import ask
from graphsvc.stores.neo4j.writing import PACK
from graphsvc.stores.past import Standing, Then, records_then, then_of
from graphsvc.stores.port import Sequences
from models.changes import Stored
from models.kinds import FIRM
from queries.catalog import cypher

ENTRIES = 10_000
"""Entries of a log that are read at once."""


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
    own = await _then(transaction, account_id, at.account)
    firm = await _then(transaction, FIRM, at.firm)
    return await asyncio.to_thread(records_then, account_id, own, firm)


async def unlike_log(transaction: AsyncManagedTransaction, log: str) -> Key | None:
    """The first record of a log, by kind and id, that is not as the log left it. O(entries)."""
    then = await _then(transaction, log, await _end(transaction, log))
    now = await reading.of_log(transaction, log)
    left = {key: (row.revision, row.body) for key, row in then.items()}
    held = {(row.kind, row.id): (row.revision, row.body) for row in now}
    return min((key for key in left.keys() | held.keys() if left.get(key) != held.get(key)), default=None)


async def _end(transaction: AsyncManagedTransaction, log: str) -> int:
    heads = await answers.heads(transaction, [log])
    return heads[log][0].sequence if log in heads else 0


async def _then(transaction: AsyncManagedTransaction, log: str, until: int) -> Then:
    standing: dict[tuple[str, str], Standing] = {}
    for after in range(0, until, ENTRIES):
        end = min(after + ENTRIES, until)
        packs = await ask(transaction, cypher("log_values"), account=log, after=after, until=end, pack=PACK)
        await asyncio.to_thread(_follow, standing, packs, after, end)
    return await asyncio.to_thread(then_of, log, standing.values())


def _follow(
    standing: dict[tuple[str, str], Standing], packs: Iterable[tuple[int, str, str]], after: int, until: int
) -> None:
    """Let the entries of packs after a sequence and up to another happen."""
    for first, at, entries in packs:
        told = orjson.loads(entries)[max(0, after + 1 - first) : until + 1 - first]
        for kind, id_, revision, _, before, later in told:
            if later is not None:
                known = standing.get((kind, id_))
                standing[kind, id_] = (kind, revision, known[2] if known else at, at, later)
            elif before is not None:
                standing.pop((kind, id_), None)
