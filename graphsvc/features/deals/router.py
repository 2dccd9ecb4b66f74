"""A purchase in one answer, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.deals.schemas import DealQuery
from graphsvc.features.deals.service import deal
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from graphsvc.web.problems import request_id_of
from models.fields import Id
from models.findings.deals import Deal

router = APIRouter(prefix="/accounts/{account_id}/opportunities", tags=["answers"])


class DealPage(Paged, DealQuery):
    """The query of a page of the buying centre."""


@router.get(
    "/{opportunity_id}/deal",
    operation_id="get_deal",
    response_model=Deal,
    responses=AS_CSV,
)
async def get_deal(
    request: Request,
    account_id: Id,
    opportunity_id: Id,
    query: Annotated[DealPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """A purchase in one answer: step, stage, criteria, windows, buying centre, forecast, vetoes, advice."""
    found = await deal(store, scope, account_id, opportunity_id, query, rules, lang, request_id_of(request))
    return await answer_response(request, await page_of(request, found, query))
