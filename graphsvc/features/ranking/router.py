"""Key influencers over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.ranking.schemas import RankingQuery
from graphsvc.features.ranking.service import influencers
from graphsvc.web.answers import AS_CSV, answer_response, failures
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.influence import Ranking

router = APIRouter(prefix="/accounts/{account_id}/influencers", tags=["answers"])


class RankingPage(Paged, RankingQuery):
    """The query of a page of the ranking."""


@router.get(
    "", operation_id="list_influencers", response_model=Ranking, responses=AS_CSV | failures(404, 422, 503)
)
async def list_influencers(
    request: Request,
    account_id: Id,
    query: Annotated[RankingPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """Who decides and who is listened to, best first, with what each score is made of."""
    asked = query.model_copy(update={"limit": None})
    found = await influencers(store, scope, account_id, asked, rules)
    return await answer_response(request, page_of(found, query))
