"""Advice over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from graphsvc.web.problems import request_id_of
from models.fields import Id
from models.findings.warnings import Advice

router = APIRouter(prefix="/accounts/{account_id}/advice", tags=["answers"])


class AdvicePage(Paged, AdviceQuery):
    """The query of a page of advice."""


@router.get("", operation_id="list_advice", response_model=Advice, responses=AS_CSV)
async def list_advice(
    request: Request,
    account_id: Id,
    query: Annotated[AdvicePage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """What to look at in an account, the most urgent first; each warning names its rule and its evidence."""
    found = await advice_about(store, scope, account_id, query, rules, lang, request_id_of(request))
    return await answer_response(request, await page_of(request, found, query))
