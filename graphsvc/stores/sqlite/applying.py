"""A change set applied inside one transaction: facts, plan, rows."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.facts import Facts
from graphsvc.stores.plan import Plan, needs, plan
from graphsvc.stores.sqlite.facts import fetch
from graphsvc.stores.sqlite.threads import transaction
from graphsvc.stores.sqlite.writing import write
from models.changes import Applied
from models.faults import Code, Fault, InvalidInput
from queries.catalog import sql


def _planned(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Plan | Applied:
    """What is to be written, or what the same change set did when it was applied before."""
    row = connection.execute(sql("applied"), {"id": draft.change_set.id}).fetchone()
    if row is not None:
        if row[0] != draft.digest:
            raise InvalidInput(Fault(Code.REUSED, {"id": draft.change_set.id}, "/id"))
        return applied_of(draft.change_set.id, row[1])
    facts = Facts()
    while asked := needs(draft, facts):
        fetch(connection, asked, facts)
    return plan(draft, facts, now)


def apply(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Applied:
    """Write a change set whole or not at all."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        planned = _planned(connection, draft, now)
        if isinstance(planned, Applied):
            return planned
        if planned.entries:
            write(connection, draft, planned)
        return planned.applied


def check(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Applied:
    """What `apply` would do, with the same errors."""
    with transaction(connection, "BEGIN"):
        planned = _planned(connection, draft, now)
        return planned if isinstance(planned, Applied) else planned.applied
