"""What was known at some time, out of the log."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from graphsvc.stores.codec import kind_of, moment_text
from graphsvc.stores.facts import Key
from graphsvc.stores.past import Then, bodies_of, records_then, then_of
from graphsvc.stores.port import Sequences
from graphsvc.stores.sqlite.facts import BETWEEN
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
    """The account's records at these sequences. Raises NotFound. O(entries), in the database."""
    return records_then(
        account_id, _then(connection, account_id, at.account), _then(connection, FIRM, at.firm)
    )


def _then(connection: sqlite3.Connection, log: str, until: int) -> Then:
    columns = connection.execute(sql("records_then"), {"account": log, "until": until}).fetchone()
    if columns[0] is None:
        return {}
    kinds, revisions, made, changed, texts = (column.split(BETWEEN) for column in columns)
    each = zip(kinds, map(int, revisions), made, changed, bodies_of(texts), strict=True)
    return then_of(log, each)


def unlike_log(connection: sqlite3.Connection, log: str) -> Key | None:
    """The first record of a log, by kind and id, that is not as the log left it. O(entries)."""
    params = {"log": log, "owner": None if log == FIRM else log}
    row = connection.execute(sql("record_unlike_log"), params).fetchone()
    return None if row is None else (kind_of(row[0]), row[1])
