"""The audit trail on a page, for administrators: who did what when, sifted; on demand whether it is whole."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time

from graphsvc.access.audit import trail, whole
from graphsvc.features.audit.router import AuditList
from graphsvc.features.audit.schemas import AuditPage
from graphsvc.features.audit.service import sifted
from graphsvc.pages.asking import Asked, Shown
from graphsvc.web.answers import columns_of, csv_table
from graphsvc.web.paging import page_after
from models.access import Audited
from models.privacy import PrivateAct
from viz.labels import label


async def audit(asked: Asked) -> Shown:
    """A page of the entries that are asked for, the newest first. O(entries). Raises StoreUnavailable."""
    query = _question(asked)
    checks = asked.query.checked
    entries, fault = await whole(asked.store) if checks else (await trail(asked.store), None)
    found = sifted(entries, query)
    items, more = await page_after(asked.request, found, query, lambda one: one.sequence, falling=True)
    return Shown(
        (),
        {
            "entries": [(entry, datetime.fromisoformat(entry.at)) for entry in items],
            "older": more,
            "found": len(found),
            "all_entries": len(entries),
            "fault": fault,
            "acts": tuple(Audited),
            "private_acts": {str(act): label(act, asked.lang) for act in PrivateAct},
            "actors": sorted({entry.actor for entry in entries}),
            "asked": asked.query,
        },
    )


async def audit_file(asked: Asked) -> bytes:
    """The entries that are asked for as a table. O(entries). Raises StoreUnavailable."""
    found = sifted(await trail(asked.store), _question(asked))
    rows = [entry.model_dump(mode="json") for entry in found]
    return await asyncio.to_thread(csv_table, columns_of(AuditPage), rows)


def _question(asked: Asked) -> AuditList:
    """The question of the page's address: whole days, of UTC as the times shown."""
    query = asked.query
    said = query.model_dump(include={"actor", "act", "cursor"}, exclude_none=True)
    if query.since is not None:
        said["from"] = datetime.combine(query.since, time.min, UTC)
    if query.until is not None:
        said["to"] = datetime.combine(query.until, time.max, UTC)
    return AuditList.model_validate(said)
