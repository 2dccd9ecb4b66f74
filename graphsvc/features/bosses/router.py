"""Probable bosses over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.bosses.schemas import BossesQuery
from graphsvc.features.bosses.service import bosses_in
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, needed, page_of
from models.fields import Id
from models.findings.bosses import ProbableBosses

router = APIRouter(prefix="/accounts/{account_id}/probable-bosses", tags=["answers"])


class BossesPage(Paged, BossesQuery):
    """The query of a page of probable bosses."""


@router.get(
    "",
    operation_id="list_probable_bosses",
    response_model=ProbableBosses,
    responses=AS_CSV,
)
async def list_probable_bosses(
    request: Request,
    account_id: Id,
    query: Annotated[BossesPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """Who has no boss on record, who it probably is and why, and the sure ones as a change set to confirm."""
    found = await bosses_in(store, scope, account_id, query, rules, lang, await needed(request, query))
    return await answer_response(request, await page_of(request, found, query))
