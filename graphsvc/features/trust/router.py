"""Trust over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.trust.schemas import TrustQuery
from graphsvc.features.trust.service import trust
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.trust import Trust

router = APIRouter(prefix="/accounts/{account_id}/trust", tags=["answers"])


class TrustPage(Paged, TrustQuery):
    """The query of a page of trust."""


@router.get("", operation_id="get_trust", response_model=Trust, responses=AS_CSV)
async def get_trust(
    request: Request,
    account_id: Id,
    query: Annotated[TrustPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How far the account trusts us, as the sum over the six buyer categories; gaps are named."""
    found = await trust(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
