"""Threats over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.features.threats.service import threats_to
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.threats import Threats

router = APIRouter(prefix="/accounts/{account_id}/threats", tags=["answers"])


class ThreatsPage(Paged, ThreatsQuery):
    """The query of a page of threats."""


@router.get("", operation_id="list_threats", response_model=Threats, responses=AS_CSV)
async def list_threats(
    request: Request,
    account_id: Id,
    query: Annotated[ThreatsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Competitors' ties against ours, deciders where they lead first; SWOT and the four questions."""
    found = await threats_to(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
