"""The audit trail as a whole, for tests of what stands in it."""

from __future__ import annotations

from graphsvc.access.audit import AuditEntry, newest
from graphsvc.stores.port import GraphStore

MOST = 10_000


async def trail(store: GraphStore) -> list[AuditEntry]:
    """All entries, oldest first."""
    return list(reversed(await newest(store, MOST)))
