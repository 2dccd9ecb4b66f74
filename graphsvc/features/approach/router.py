"""Approaches over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.approach.schemas import ApproachQuery
from graphsvc.features.approach.service import approach_to
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from graphsvc.web.problems import request_id_of
from models.fields import Id
from models.findings.approach import Approach

router = APIRouter(prefix="/accounts/{account_id}/approach", tags=["answers"])


class ApproachPage(Paged, ApproachQuery):
    """The query of a page of talking points."""


@router.get(
    "/{contact_id}",
    operation_id="get_approach",
    response_model=Approach,
    responses=AS_CSV,
)
async def get_approach(
    request: Request,
    account_id: Id,
    contact_id: Id,
    query: Annotated[ApproachPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """What to ask a contact and what to say: the questions of SPIN for his concerns, then talking points."""
    found = await approach_to(
        store, scope, account_id, contact_id, query, rules, lang, request_id_of(request)
    )
    return await answer_response(request, await page_of(request, found, query))
