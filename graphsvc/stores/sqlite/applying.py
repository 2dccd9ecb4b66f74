"""A change set applied inside one transaction: facts, plan, rows."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from graphsvc.stores.adding import added
from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.erasures import line_of
from graphsvc.stores.facts import Facts
from graphsvc.stores.imports import check_writer
from graphsvc.stores.plan import Plan, facts_before, needs, plan
from graphsvc.stores.rehearsal import Rehearsal
from graphsvc.stores.sqlite import adding, erasures
from graphsvc.stores.sqlite.facts import fetch
from graphsvc.stores.sqlite.imports import holds
from graphsvc.stores.sqlite.threads import transaction
from graphsvc.stores.sqlite.writing import write
from models.changes import Applied
from queries.catalog import sql


def _applied(connection: sqlite3.Connection, draft: Draft) -> Applied | None:
    """What the same change set did, if it was applied before."""
    row = connection.execute(sql("applied"), {"id": draft.change_set.id}).fetchone()
    if row is None:
        return None
    draft.check_sent_again(row[0])
    return applied_of(draft.change_set.id, row[1])


def planned(
    connection: sqlite3.Connection, draft: Draft, now: datetime, after: Rehearsal | None = None
) -> Plan:
    """What is to be written for a change set, inside the transaction that is open."""
    facts = _known(connection, draft, after.facts(draft) if after else facts_before(draft))
    made = plan(draft, facts, now, logged=after is None)
    if after is not None:
        after.learn(draft, facts, made)
    return made


def _known(connection: sqlite3.Connection, draft: Draft, facts: Facts) -> Facts:
    """The facts, with all that the draft needs."""
    while asked := needs(draft, facts):
        fetch(connection, asked, facts)
    return facts


def apply(connection: sqlite3.Connection, draft: Draft, now: datetime, owner: str) -> Applied:
    """Write a change set whole or not at all; an import's only if its process is `owner`."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        if (done := _applied(connection, draft)) is not None:
            return done
        if draft.change_set.new_in is not None:
            assert isinstance(draft, adding.LaidOut)
            new = added(draft, _known(connection, draft, facts_before(draft)), now)
            _check_writer(connection, draft, new.applied, owner)
            adding.write(connection, draft, new)
            return new.applied
        found = planned(connection, draft, now)
        if found.entries:
            _check_writer(connection, draft, found.applied, owner)
            write(connection, draft, found)
        for line in line_of(draft.change_set, draft.scope.actor, now):
            erasures.keep(connection, line)
        return found.applied


def _check_writer(connection: sqlite3.Connection, draft: Draft, applied: Applied, owner: str) -> None:
    logs = applied.sequences
    check_writer(holds(connection, logs), logs, draft.change_set.of_import, owner)


def check(
    connection: sqlite3.Connection, draft: Draft, now: datetime, after: Rehearsal | None = None
) -> Applied:
    """What `apply` would do, with the same errors."""
    with transaction(connection, "BEGIN"):
        done = _applied(connection, draft)
        return done if done is not None else planned(connection, draft, now, after).applied
