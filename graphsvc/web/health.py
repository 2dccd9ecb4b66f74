"""Whether the service lives (/livez) and whether it can answer (/readyz)."""

from __future__ import annotations

from fastapi import APIRouter

from graphsvc.web.answers import failures
from graphsvc.web.deps import StoreDep

router = APIRouter(tags=["health"])


@router.get("/livez", operation_id="livez")
async def livez() -> dict[str, str]:
    """200 as long as the process runs, whatever the store does."""
    return {"status": "alive"}


@router.get("/readyz", operation_id="readyz", responses=failures(503))
async def readyz(store: StoreDep) -> dict[str, str]:
    """200 if the store answers; 503 with the reason if not."""
    await store.ping()
    return {"status": "ready"}
