"""The forecast over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.forecast.schemas import ForecastQuery
from graphsvc.features.forecast.service import forecast
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.fields import Id
from models.findings.forecast import Forecast

router = APIRouter(prefix="/accounts/{account_id}/forecast", tags=["answers"])


class ForecastPage(Paged, ForecastQuery):
    """The query of a page of the forecast."""


@router.get("", operation_id="get_forecast", response_model=Forecast, responses=AS_CSV)
async def get_forecast(
    request: Request,
    account_id: Id,
    query: Annotated[ForecastPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
) -> Response:
    """How the room's opinion settles, decider by decider, with vetoes and whom to win over first."""
    found = await forecast(store, scope, account_id, query, rules, lang)
    return await answer_response(request, await page_of(request, found, query))
