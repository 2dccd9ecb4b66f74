"""Somebody's week over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.week.schemas import WeekQuery
from graphsvc.features.week.service import week_of_member
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from graphsvc.web.problems import request_id_of
from models.findings.week import Week

router = APIRouter(prefix="/me/week", tags=["answers"])


class WeekPage(Paged, WeekQuery):
    """The query of a page of somebody's week."""


@router.get("", operation_id="list_week", response_model=Week, responses=AS_CSV)
async def list_week(
    request: Request,
    query: Annotated[WeekPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """What a member of ours should do this week: promises, windows, contacts, advice, what to confirm."""
    found = await week_of_member(store, scope, query, rules, lang, request_id_of(request))
    return await answer_response(request, await page_of(request, found, query))
