"""Overdue contacts and the weekly list over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.cadence.service import confirm_in, overdue_in
from graphsvc.features.questions import Question
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.cadence import ConfirmList, OverdueContacts

router = APIRouter(prefix="/accounts/{account_id}", tags=["answers"])


class CadencePage(Paged, Question):
    """The query of a page of overdue contacts or of the weekly list."""


@router.get(
    "/overdue",
    operation_id="list_overdue",
    response_model=OverdueContacts,
    responses=AS_CSV,
)
async def list_overdue(
    request: Request,
    account_id: Id,
    query: Annotated[CadencePage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Contacts whose last two-way contact lies further back than their rhythm, the most influential first."""
    found = await overdue_in(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))


@router.get(
    "/confirm",
    operation_id="list_confirm",
    response_model=ConfirmList,
    responses=AS_CSV,
)
async def list_confirm(
    request: Request,
    account_id: Id,
    query: Annotated[CadencePage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The stale cards and ties that matter most this week, and people drawn by lot to be assessed."""
    found = await confirm_in(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
