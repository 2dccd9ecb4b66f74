"""Introductions over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.introductions.schemas import IntroductionsQuery
from graphsvc.features.introductions.service import introductions_to
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.introductions import Introductions

router = APIRouter(prefix="/accounts/{account_id}/introductions", tags=["answers"])


class IntroductionsPage(Paged, IntroductionsQuery):
    """The query of a page of introductions."""


@router.get(
    "",
    operation_id="list_introductions",
    response_model=Introductions,
    responses=AS_CSV,
)
async def list_introductions(
    request: Request,
    account_id: Id,
    query: Annotated[IntroductionsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The warm ways to a person, across accounts: who to ask, what asking costs, and who is not asked."""
    found = await introductions_to(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
