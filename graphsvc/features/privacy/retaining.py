"""Retention: what is past its time goes, by ordinary change sets, account by account."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.features.records.service import new_id
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Change, ChangeSet, Delete, Put, Stored
from models.privacy import RetentionRule
from models.records import read_record
from queries.privacy.retention import Due, Periods, due

MOST = 500
"""Changes in one change set."""


class RetainedLine(BaseModel):
    """A record that lost something, or would: by which rule, which fields; without fields it went whole."""

    model_config = ConfigDict(frozen=True)

    account: str
    kind: str
    id: str
    rule: RetentionRule
    fields: list[str]


class RetentionReport(BaseModel):
    """What a run did, or would do; records that were `busy` were written meanwhile: the next run."""

    dry_run: bool
    on: date
    items: list[RetainedLine]
    busy: list[RetainedLine]


async def retain(
    store: GraphStore, scope: Scope, periods: Periods, on: date, dry_run: bool = False
) -> RetentionReport:
    """Take out of all accounts of the scope what is past its time on a day. O(records).

    What stood before stays in the change log, as after any change; erasure takes it from there too.
    Raises StoreUnavailable, StorageFull; what was done by then is done.
    """
    items: list[RetainedLine] = []
    busy: list[RetainedLine] = []
    for account in await store.accounts(scope):
        records = await store.records(scope, account.id)
        found = await asyncio.to_thread(_due, records, periods, on)
        for start in range(0, len(found), MOST):
            part = found[start : start + MOST]
            lines = [
                RetainedLine(account=account.id, kind=d.kind, id=d.id, rule=d.rule, fields=list(d.fields))
                for d, _ in part
            ]
            done = dry_run or await _written(store, scope, part)
            (items if done else busy).extend(lines)
    return RetentionReport(dry_run=dry_run, on=on, items=items, busy=busy)


def _due(records: Sequence[Stored], periods: Periods, on: date) -> list[tuple[Due, int]]:
    revisions = {(row.kind, row.id): row.revision for row in records}
    found = due(((row.kind, row.body) for row in records), periods, on)
    return [(row, revisions[row.kind, row.id]) for row in found]


async def _written(store: GraphStore, scope: Scope, part: Sequence[tuple[Due, int]]) -> bool:
    """Whether the changes were written; not if one of the records was changed meanwhile."""
    changes = tuple(_change(row, revision) for row, revision in part)
    try:
        await store.apply(scope, ChangeSet(new_id(), changes, "retention"))
    except (StaleRevision, NotFound):
        return False
    return True


def _change(row: Due, revision: int) -> Change:
    if row.left is None:
        return Delete(row.kind, row.id, revision)
    return Put(row.kind, read_record(row.kind, row.left), revision)
