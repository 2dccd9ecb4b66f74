"""Decision chains over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.chains.schemas import ChainsQuery
from graphsvc.features.chains.service import chains
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep, WorkersDep
from graphsvc.web.paging import Paged, needed, page_of
from models.fields import Id
from models.findings.chains import Chains

router = APIRouter(prefix="/accounts/{account_id}/chains", tags=["answers"])


class ChainsPage(Paged, ChainsQuery):
    """The query of a page of chains."""


@router.get("", operation_id="list_chains", response_model=Chains, responses=AS_CSV)
async def list_chains(
    request: Request,
    account_id: Id,
    query: Annotated[ChainsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    workers: WorkersDep,
) -> Response:
    """The best ways to the decision makers (or to `target_id`), with weakest link, entry point and reach."""
    asked = query.model_copy(update={"limit": await needed(request, query)})
    found = await chains(store, scope, account_id, asked, rules, workers)
    return await answer_response(request, await page_of(request, found, query))
