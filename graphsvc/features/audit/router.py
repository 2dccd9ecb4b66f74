"""The audit trail over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.access.audit import checked
from graphsvc.features.audit.schemas import AuditCheck, AuditPage, AuditQuery
from graphsvc.features.audit.service import newest_asked_for
from graphsvc.web.answers import AS_CSV, columns_of, json_response, list_response
from graphsvc.web.deps import StoreDep
from graphsvc.web.paging import USUAL, ListPage, pages_of
from graphsvc.web.questions import NoQueryDep

router = APIRouter(prefix="/audit", tags=["access"])


class AuditList(ListPage, AuditQuery):
    """The query of a page of the trail."""


@router.get("", operation_id="list_audit", response_model=AuditPage, responses=AS_CSV)
async def list_audit(request: Request, query: Annotated[AuditList, Query()], store: StoreDep) -> Response:
    """Who came in, who was refused, who changed users and keys, who saw what is private."""
    pages, limit = await pages_of(request, query), query.limit or USUAL
    before = None if pages.start is None else int(pages.start)
    found = await newest_asked_for(store, query, limit + 1, before)
    more = pages.cursor(b"%d" % found[limit - 1].sequence) if len(found) > limit else None
    body = AuditPage(items=found[:limit], next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(AuditPage))


@router.get("/check", operation_id="check_audit", response_model=AuditCheck)
async def check_audit(request: Request, store: StoreDep, query: NoQueryDep) -> Response:
    """Goes through the hashes of the whole trail."""
    entries, fault = await checked(store)
    found = AuditCheck(entries=entries, first_fault=fault)
    return json_response(request, found.model_dump(mode="json"))
