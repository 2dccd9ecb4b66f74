"""Coverage over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.features.coverage.service import coverage
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, needed, page_of
from models.fields import Id
from models.findings.coverage import Coverage

router = APIRouter(prefix="/accounts/{account_id}/coverage", tags=["answers"])


class CoveragePage(Paged, CoverageQuery):
    """The query of a page of coverage."""


@router.get("", operation_id="get_coverage", response_model=Coverage, responses=AS_CSV)
async def get_coverage(
    request: Request,
    account_id: Id,
    query: Annotated[CoveragePage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The contact matrix: every tie of ours, by rung and by level; shape, single threads, gaps, pairings."""
    asked = query.model_copy(update={"limit": await needed(request, query)})
    found = await coverage(store, scope, account_id, asked, rules)
    return await answer_response(request, await page_of(request, found, query))
