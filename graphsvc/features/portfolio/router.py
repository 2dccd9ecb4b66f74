"""The portfolio over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.portfolio.schemas import InfluencersQuery, PortfolioQuery
from graphsvc.features.portfolio.service import influencers, portfolio, with_standing
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.findings.portfolio import Influencers, Portfolio

router = APIRouter(tags=["answers"])


class PortfolioPage(Paged, PortfolioQuery):
    """The query of a page of the portfolio."""


class InfluencersPage(Paged, InfluencersQuery):
    """The query of a page of the influencers of all accounts."""


@router.get(
    "/portfolio",
    operation_id="list_portfolio",
    response_model=Portfolio,
    responses=AS_CSV,
)
async def list_portfolio(
    request: Request,
    query: Annotated[PortfolioPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """Your accounts beside each other: tiers, purchases, warnings, trust, coverage, risk, overdue, trend."""
    found = await page_of(request, await portfolio(store, scope, query, rules, lang), query)
    return await answer_response(request, await with_standing(store, scope, found, rules))


@router.get(
    "/influencers",
    operation_id="list_influencers_of_all",
    response_model=Influencers,
    responses=AS_CSV,
)
async def list_influencers_of_all(
    request: Request,
    query: Annotated[InfluencersPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """The most influential people of every account you may see, and who of ours knows each best."""
    found = await influencers(store, scope, query, rules)
    return await answer_response(request, await page_of(request, found, query))
