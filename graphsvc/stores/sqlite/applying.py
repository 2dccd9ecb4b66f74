"""A change set applied inside one transaction: facts, plan, rows."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.imports import check_writer
from graphsvc.stores.plan import Plan, facts_before, needs, plan
from graphsvc.stores.rehearsal import Rehearsal
from graphsvc.stores.sqlite.facts import fetch
from graphsvc.stores.sqlite.imports import holds
from graphsvc.stores.sqlite.threads import transaction
from graphsvc.stores.sqlite.writing import write
from models.changes import Applied
from queries.catalog import sql


def _planned(
    connection: sqlite3.Connection, draft: Draft, now: datetime, after: Rehearsal | None = None
) -> Plan | Applied:
    """What is to be written, or what the same change set did when it was applied before."""
    row = connection.execute(sql("applied"), {"id": draft.change_set.id}).fetchone()
    if row is not None:
        draft.check_sent_again(row[0])
        return applied_of(draft.change_set.id, row[1])
    return planned(connection, draft, now, after)


def planned(
    connection: sqlite3.Connection, draft: Draft, now: datetime, after: Rehearsal | None = None
) -> Plan:
    """What is to be written for a change set, inside the transaction that is open."""
    facts = after.facts(draft) if after else facts_before(draft)
    while asked := needs(draft, facts):
        fetch(connection, asked, facts)
    made = plan(draft, facts, now, logged=after is None)
    if after is not None:
        after.learn(draft, facts, made)
    return made


def apply(connection: sqlite3.Connection, draft: Draft, now: datetime, owner: str) -> Applied:
    """Write a change set whole or not at all; an import's only if its process is `owner`."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        found = _planned(connection, draft, now)
        if isinstance(found, Applied):
            return found
        if found.entries:
            logs = found.applied.sequences
            check_writer(holds(connection, logs), logs, draft.change_set.of_import, owner)
            write(connection, draft, found)
        return found.applied


def check(
    connection: sqlite3.Connection, draft: Draft, now: datetime, after: Rehearsal | None = None
) -> Applied:
    """What `apply` would do, with the same errors."""
    with transaction(connection, "BEGIN"):
        found = _planned(connection, draft, now, after)
        return found if isinstance(found, Applied) else found.applied
