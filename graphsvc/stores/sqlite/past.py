"""What was known at some time, out of the log."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from graphsvc.stores.codec import moment_text
from graphsvc.stores.past import ENTRIES, Then, follow, records_then
from graphsvc.stores.port import Sequences
from graphsvc.stores.sqlite import reading
from models.changes import Stored
from models.kinds import FIRM
from queries.catalog import sql


def sequences(connection: sqlite3.Connection, account_id: str, moment: datetime) -> Sequences:
    """How far the logs of the account and of the firm had come. O(log entries)."""
    return Sequences(*(_sequence(connection, log, moment) for log in (account_id, FIRM)))


def _sequence(connection: sqlite3.Connection, log: str, moment: datetime) -> int:
    params = {"account": log, "moment": moment_text(moment)}
    return int(connection.execute(sql("sequence_at"), params).fetchone()[0])


def records(connection: sqlite3.Connection, account_id: str, at: Sequences) -> list[Stored]:
    """The account's records at these sequences. Raises NotFound. O(entries)."""
    own, firm = _replayed(connection, account_id, at.account), _replayed(connection, FIRM, at.firm)
    return records_then(account_id, own, firm)


def _replayed(connection: sqlite3.Connection, log: str, until: int) -> Then:
    found: Then = {}
    for after in range(0, until, ENTRIES):
        follow(found, reading.log(connection, log, after, min(ENTRIES, until - after)))
    return found
