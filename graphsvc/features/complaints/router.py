"""Complaints and satisfaction over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.complaints.service import complaints_in
from graphsvc.features.questions import Question
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.complaints import Complaints

router = APIRouter(prefix="/accounts/{account_id}/complaints", tags=["answers"])


class ComplaintsPage(Paged, Question):
    """The query of a page of complaints."""


@router.get("", operation_id="list_complaints", response_model=Complaints, responses=AS_CSV)
async def list_complaints(
    request: Request,
    account_id: Id,
    query: Annotated[ComplaintsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Open complaints with what each costs in reach, the costliest first; satisfaction by department."""
    found = await complaints_in(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
