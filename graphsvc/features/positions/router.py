"""Positions over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.positions.service import positions_in, trail_in
from graphsvc.features.questions import Question
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.positions import Positions, PositionTrail

router = APIRouter(prefix="/accounts/{account_id}/positions", tags=["answers"])


class PositionsPage(Paged, Question):
    """The query of a page of positions, or of a trail."""


@router.get("", operation_id="list_positions", response_model=Positions, responses=AS_CSV)
async def list_positions(
    request: Request,
    account_id: Id,
    query: Annotated[PositionsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How far both interests of each contact are met, and on which road; the six categories by their best."""
    found = await positions_in(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))


@router.get(
    "/{contact_id}",
    operation_id="get_position",
    response_model=PositionTrail,
    responses=AS_CSV,
)
async def get_position(
    request: Request,
    account_id: Id,
    contact_id: Id,
    query: Annotated[PositionsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The dated trail of one contact, and every line of where he stands now."""
    found = await trail_in(store, scope, account_id, contact_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
