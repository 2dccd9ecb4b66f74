"""The audit trail over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from graphsvc.access.audit import AuditEntry, checked, trail
from graphsvc.web.answers import json_response
from graphsvc.web.deps import StoreDep
from graphsvc.web.paging import MOST, USUAL
from graphsvc.web.questions import NoQuery, NoQueryDep

router = APIRouter(prefix="/audit", tags=["access"])


class AuditQuery(NoQuery):
    """Which part of the trail."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="Entries on a page.")
    cursor: int | None = Field(None, ge=1, lt=2**53, description="Only entries before this one.")


class AuditPage(BaseModel):
    """Entries, the newest first."""

    items: list[AuditEntry]
    next_cursor: int | None


class AuditCheck(BaseModel):
    """Whether the trail is whole: `first_fault` is the first entry that is missing, changed or not linked."""

    entries: int
    first_fault: int | None


@router.get("", operation_id="list_audit", response_model=AuditPage)
async def list_audit(request: Request, query: Annotated[AuditQuery, Query()], store: StoreDep) -> Response:
    """Who came in, who was refused, who changed users and keys, who saw what is private."""
    found = [
        entry
        for entry in reversed(await trail(store))
        if query.cursor is None or entry.sequence < query.cursor
    ]
    items = found[: query.limit]
    more = items[-1].sequence if len(found) > query.limit else None
    return json_response(request, AuditPage(items=items, next_cursor=more).model_dump(mode="json"))


@router.get("/check", operation_id="check_audit", response_model=AuditCheck)
async def check_audit(request: Request, store: StoreDep, query: NoQueryDep) -> Response:
    """Goes through the hashes of the whole trail."""
    entries, fault = await checked(store)
    found = AuditCheck(entries=entries, first_fault=fault)
    return json_response(request, found.model_dump(mode="json"))
