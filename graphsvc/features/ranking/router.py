"""Key influencers over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.ranking.schemas import RankingQuery, SmallestSetQuery
from graphsvc.features.ranking.service import influencers, smallest
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, needed, page_of
from models.fields import Id
from models.findings.influence import Ranking
from models.findings.keyplayers import SmallestSet

router = APIRouter(prefix="/accounts/{account_id}/influencers", tags=["answers"])


class RankingPage(Paged, RankingQuery):
    """The query of a page of the ranking."""


class SmallestSetPage(Paged, SmallestSetQuery):
    """The query of a page of the smallest set."""


@router.get("", operation_id="list_influencers", response_model=Ranking, responses=AS_CSV)
async def list_influencers(
    request: Request,
    account_id: Id,
    query: Annotated[RankingPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """Who decides and who is listened to, best first, with what each score is made of."""
    asked = query.model_copy(update={"limit": None})
    found = await influencers(store, scope, account_id, asked, rules, lang, await needed(request, query))
    return await answer_response(request, await page_of(request, found, query))


@router.get(
    "/smallest-set",
    operation_id="get_smallest_set",
    response_model=SmallestSet,
    responses=AS_CSV,
)
async def get_smallest_set(
    request: Request,
    account_id: Id,
    query: Annotated[SmallestSetPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The fewest people who together are near most of the account, or the best so many."""
    found = await smallest(store, scope, account_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
