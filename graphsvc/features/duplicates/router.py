"""Probable duplicates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.duplicates.schemas import DuplicatesQuery
from graphsvc.features.duplicates.service import duplicates
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.duplicates import Duplicates

router = APIRouter(prefix="/accounts/{account_id}/duplicates", tags=["answers"])


class DuplicatesPage(Paged, DuplicatesQuery):
    """The query of a page of pairs."""


@router.get("", operation_id="list_duplicates", response_model=Duplicates, responses=AS_CSV)
async def list_duplicates(
    request: Request,
    account_id: Id,
    query: Annotated[DuplicatesPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Pairs of contacts that are probably one person, best first, with what speaks for and against it."""
    asked = query.model_copy(update={"limit": None})
    found = await duplicates(store, scope, account_id, asked, rules)
    return await answer_response(request, await page_of(request, found, query))
