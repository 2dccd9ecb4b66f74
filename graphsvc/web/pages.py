"""The pages people open: each is a shell that asks the API for its data."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.deps import LangDep, ScopeDep, StoreDep
from models.enums import NodeKind, ViewName
from models.fields import Id
from viz.pages import render

router = APIRouter(include_in_schema=False)

AccountPath = Annotated[Id, Path()]
_TEMPLATES = {ViewName.ORG_CHART: "org_chart.html", ViewName.INFLUENCE: "influence.html"}
_A_YEAR = 365 * 24 * 3600


@router.get("/")
async def accounts_page(request: Request, store: StoreDep, scope: ScopeDep, lang: LangDep) -> Response:
    """The list of accounts."""
    return _page(request, "accounts.html", lang, accounts=await store.accounts(scope))


@router.get("/accounts/{account_id}")
async def account_page(account_id: AccountPath) -> Response:
    """An account opens with its org chart."""
    return RedirectResponse(f"/accounts/{account_id}/{ViewName.ORG_CHART}", 307)


@router.get("/accounts/{account_id}/{view}")
async def map_page(
    request: Request, account_id: AccountPath, view: ViewName, store: StoreDep, scope: ScopeDep, lang: LangDep
) -> Response:
    """One map of an account."""
    account, deals = await _account(store, scope, account_id)
    accounts = await store.accounts(scope)
    template = _TEMPLATES[view]
    return _page(request, template, lang, account=account, opportunities=deals, accounts=accounts)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Where browsers look without being told."""
    return RedirectResponse("/static/favicon.svg", 308)


async def _account(
    store: GraphStore, scope: Scope, account_id: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The account and its opportunities, those of greatest value first."""
    found = await store.get(scope, NodeKind.ACCOUNT, account_id)
    deals = await store.find(scope, NodeKind.OPPORTUNITY, account_id=account_id, limit=200)
    bodies = sorted((deal.body for deal in deals), key=lambda deal: (-deal.get("value", 0), deal["id"]))
    return {"id": found.id, "name": found.body["name"]}, bodies


def _page(request: Request, template: str, lang: str, **context: Any) -> Response:
    page = HTMLResponse(render(template, lang, query=dict(request.query_params), **context))
    page.headers["Vary"] = "Accept-Language, Cookie"
    if request.query_params.get("lang") in ("en", "zh"):
        page.set_cookie("lang", lang, max_age=_A_YEAR, samesite="lax", httponly=True)
    return page
