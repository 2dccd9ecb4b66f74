"""The pictures over HTTP: as data, and as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.views.service import ViewQuery, drawing, view
from graphsvc.web.answers import answer_response, failures, tagged
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from models.enums import ViewName
from models.fields import Id
from models.findings.views import View

router = APIRouter(prefix="/accounts/{account_id}/views", tags=["views"])


@router.get("/{name}.svg", operation_id="get_view_svg", responses=failures(404, 422, 503))
async def get_view_svg(
    request: Request,
    account_id: Id,
    name: ViewName,
    query: Annotated[ViewQuery, Query()],
    store: StoreDep,
    scope: ScopeDep,
    lang: LangDep,
    rules: RulesDep,
) -> Response:
    """The whole picture as one SVG file, with title, legend, date and filters."""
    drawn = await drawing(store, scope, account_id, name, query, lang, rules)
    answer = tagged(request, drawn.encode(), "image/svg+xml")
    answer.headers["Content-Disposition"] = f'inline; filename="{account_id}-{name}.svg"'
    return answer


@router.get("/{name}", operation_id="get_view", response_model=View, responses=failures(404, 422, 503))
async def get_view(
    request: Request,
    account_id: Id,
    name: ViewName,
    query: Annotated[ViewQuery, Query()],
    store: StoreDep,
    scope: ScopeDep,
    lang: LangDep,
    rules: RulesDep,
) -> Response:
    """The picture as data: nodes with places, edges, legend, and tables that say the same."""
    return await answer_response(request, await view(store, scope, account_id, name, query, lang, rules))
