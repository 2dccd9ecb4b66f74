"""The audit trail sifted: by who did something, what, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from graphsvc.access.audit import AuditEntry, newest, trail
from graphsvc.features.audit.schemas import AuditQuery
from graphsvc.stores.port import GraphStore

_SIFTING = set(AuditQuery.model_fields)


async def newest_asked_for(
    store: GraphStore, query: AuditQuery, limit: int, before: int | None
) -> list[AuditEntry]:
    """The newest entries a question is after, or those before a number, the newest first.

    O(limit) where everything is asked for, else O(entries). Raises StoreUnavailable.
    """
    if not query.model_dump(include=_SIFTING, exclude_none=True):
        return await newest(store, limit, before)
    found = sifted(await trail(store), query)
    return [entry for entry in found if before is None or entry.sequence < before][:limit]


def sifted(entries: Iterable[AuditEntry], query: AuditQuery) -> list[AuditEntry]:
    """Of the entries of a trail those a question is after, the newest first. O(entries)."""
    return [entry for entry in reversed(list(entries)) if _is_asked_for(entry, query)]


def _is_asked_for(entry: AuditEntry, query: AuditQuery) -> bool:
    if query.actor is not None and entry.actor != query.actor:
        return False
    if query.act is not None and entry.act is not query.act:
        return False
    at = datetime.fromisoformat(entry.at)
    return (query.since is None or at >= query.since) and (query.until is None or at <= query.until)
