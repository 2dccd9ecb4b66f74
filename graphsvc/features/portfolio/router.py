"""The portfolio over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.portfolio.schemas import PortfolioQuery
from graphsvc.features.portfolio.service import portfolio
from graphsvc.web.answers import AS_CSV, answer_response, failures
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.findings.portfolio import Portfolio

router = APIRouter(prefix="/portfolio", tags=["answers"])


class PortfolioPage(Paged, PortfolioQuery):
    """The query of a page of the portfolio."""


@router.get(
    "", operation_id="list_portfolio", response_model=Portfolio, responses=AS_CSV | failures(422, 503)
)
async def list_portfolio(
    request: Request,
    query: Annotated[PortfolioPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """Your accounts beside each other: tier, the tier sales suggest, open purchases, warnings."""
    found = await portfolio(store, scope, query, rules, lang)
    return await answer_response(request, page_of(found, query))
