"""The relation matrix over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.relations.schemas import RelationsQuery
from graphsvc.features.relations.service import relations
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, needed, page_of
from models.fields import Id
from models.findings.relations import Relations

router = APIRouter(prefix="/accounts/{account_id}/relations", tags=["answers"])


class RelationsPage(Paged, RelationsQuery):
    """The query of a page of relations."""


@router.get("", operation_id="list_relations", response_model=Relations, responses=AS_CSV)
async def list_relations(
    request: Request,
    account_id: Id,
    query: Annotated[RelationsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Person by person the strongest tie between two contacts; product by department what is in use."""
    asked = query.model_copy(update={"limit": await needed(request, query)})
    found = await relations(store, scope, account_id, asked, rules)
    return await answer_response(request, await page_of(request, found, query))
