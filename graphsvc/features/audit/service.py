"""The audit trail sifted: by who did something, what, and when."""

from __future__ import annotations

from datetime import datetime

from graphsvc.access.audit import AuditEntry, trail
from graphsvc.features.audit.schemas import AuditQuery
from graphsvc.stores.port import GraphStore


async def sifted(store: GraphStore, query: AuditQuery) -> list[AuditEntry]:
    """The entries a question is after, the newest first. O(entries). Raises StoreUnavailable."""
    return [entry for entry in reversed(await trail(store)) if _is_asked_for(entry, query)]


def _is_asked_for(entry: AuditEntry, query: AuditQuery) -> bool:
    if query.actor is not None and entry.actor != query.actor:
        return False
    if query.act is not None and entry.act is not query.act:
        return False
    at = datetime.fromisoformat(entry.at)
    return (query.since is None or at >= query.since) and (query.until is None or at <= query.until)
