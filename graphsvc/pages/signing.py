"""Signing in and out, and the page behind a one-time link."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from graphsvc.access import signing
from graphsvc.access.federation import CameBack, begin, finish
from graphsvc.access.links import FIRST, use_link, whose_link
from graphsvc.access.passwords import SHORTEST
from graphsvc.access.sessions import Session
from graphsvc.access.signing import sign_out
from graphsvc.access.users import User
from graphsvc.errors import IdentityRefused, ProviderUnavailable, SignInDelayed, SignInRefused
from graphsvc.settings import Settings
from graphsvc.web.callers import known_caller, visit_of
from graphsvc.web.cookies import (
    give_cookie,
    give_way_cookie,
    keep_language,
    session_cookie,
    take_cookie,
    take_way_cookie,
    way_cookie,
)
from graphsvc.web.deps import LangDep, services
from models.faults import InvalidInput
from viz.navigation import address
from viz.pages import render

router = APIRouter(include_in_schema=False)
_MOST_FIELDS, _LONGEST_NAME = 10, 64


@router.get("/sign-in")
async def sign_in_page(request: Request, lang: LangDep) -> Response:
    """Name and password; `as` is who has just set his."""
    said = request.query_params
    name, wanted = said.get("as", "")[:_LONGEST_NAME], _own_page(said.get("next"))
    return await _page(request, "sign_in.html", lang, user_name=name, is_set=bool(name), next=wanted)


@router.post("/sign-in")
async def sign_in(request: Request, lang: LangDep) -> Response:
    """To where the visitor wanted to go, with a session; or the page again with what was wrong."""
    form, found = await text_fields(request), services(request)
    name, wanted = form.get("name", ""), _own_page(form.get("next"))
    before = session_cookie(request, found.settings)
    try:
        user, session = await signing.sign_in(
            found.desk, name, form.get("password", ""), visit_of(request), before
        )
    except (SignInRefused, SignInDelayed) as error:
        said = error.zh if lang == "zh" else error.en
        status, wait = (429, error.retry_after_s) if isinstance(error, SignInDelayed) else (401, None)
        answer = await _page(request, "sign_in.html", lang, status, user_name=name, next=wanted, said=said)
        if wait is not None:
            answer.headers["Retry-After"] = str(wait)
        return answer
    return _let_in(found.settings, user, session, wanted)


@router.get("/sign-in/provider")
async def to_the_provider(request: Request, lang: LangDep) -> Response:
    """To the firm's identity provider, if there is one."""
    found, wanted = services(request), _own_page(request.query_params.get("next"))
    if found.provider is None:
        raise HTTPException(404)
    try:
        way = await begin(found.desk, found.provider, _back(request), wanted)
    except ProviderUnavailable as error:
        return await _not_in(request, lang, error, 503)
    answer = RedirectResponse(way.url, 303)
    give_way_cookie(answer, found.settings, way.browser)
    return answer


@router.get("/sign-in/return")
async def from_the_provider(request: Request, lang: LangDep) -> Response:
    """Back from there: to where the visitor wanted to go, with a session, or the page with what was wrong."""
    found, said = services(request), request.query_params
    if found.provider is None:
        raise HTTPException(404)
    cookies = way_cookie(request, found.settings), session_cookie(request, found.settings)
    came = CameBack(said.get("state", ""), said.get("code", ""), *cookies)
    roles = (found.settings.oidc_role_claim, found.settings.oidc_roles)
    try:
        entered = await finish(found.desk, found.provider, roles, _back(request), came, visit_of(request))
    except (IdentityRefused, ProviderUnavailable) as error:
        status = 503 if isinstance(error, ProviderUnavailable) else 401
        answer = await _not_in(request, lang, error, status)
        take_way_cookie(answer, found.settings)
        return answer
    answer = _let_in(found.settings, entered.user, entered.session, entered.wanted)
    take_way_cookie(answer, found.settings)
    return answer


@router.post("/sign-out")
async def sign_out_here(request: Request) -> Response:
    """This browser's session ends."""
    return await _signed_out(request, everywhere=False)


@router.post("/sign-out-everywhere")
async def sign_out_everywhere(request: Request) -> Response:
    """All sessions of who asks end."""
    return await _signed_out(request, everywhere=True)


@router.get("/set-up/{secret}")
async def set_up_page(request: Request, secret: str, lang: LangDep) -> Response:
    """Choosing a password, and as the first administrator a name. Looking does not use the link up."""
    whose = await whose_link(services(request).desk, secret)
    return await _page(request, "set_up.html", lang, user_name=whose, first=whose == FIRST)


@router.post("/set-up/{secret}")
async def set_up(request: Request, secret: str, lang: LangDep) -> Response:
    """The password is set; now the visitor signs in with it."""
    form, desk = await text_fields(request), services(request).desk
    whose = await whose_link(desk, secret)
    name = form.get("name", "") if whose == FIRST else whose
    try:
        await use_link(desk, secret, name, form.get("password", ""), visit_of(request))
    except InvalidInput as error:
        said = " ".join(fault.message(lang) for fault in error.faults)
        return await _page(request, "set_up.html", lang, 422, user_name=name, first=whose == FIRST, said=said)
    return RedirectResponse(address({"as": name}, "/sign-in"), 303)


async def _signed_out(request: Request, everywhere: bool) -> Response:
    found = services(request)
    await sign_out(found.desk, known_caller(request), visit_of(request), everywhere)
    answer = RedirectResponse("/sign-in", 303)
    take_cookie(answer, found.settings)
    return answer


async def text_fields(request: Request) -> dict[str, str]:
    """The text fields of a form."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _let_in(settings: Settings, user: User, session: Session, wanted: str) -> Response:
    answer = RedirectResponse(wanted, 303)
    give_cookie(answer, settings, session.secret)
    if user.language:
        keep_language(answer, user.language)
    return answer


def _back(request: Request) -> str:
    """Where the provider sends browsers back to: it must know this address."""
    return f"{request.base_url}sign-in/return"


async def _not_in(
    request: Request, lang: str, error: IdentityRefused | ProviderUnavailable, status: int
) -> Response:
    said = error.zh if lang == "zh" else error.en
    return await _page(request, "sign_in.html", lang, status, user_name="", next="/", said=said)


def _own_page(wanted: str | None) -> str:
    """An address within this service; anything else becomes the first page."""
    own = wanted or "/"
    if not own.startswith("/") or own.startswith(("//", "/\\")) or not own.isprintable():
        return "/"
    return own


async def _page(request: Request, template: str, lang: str, status: int = 200, **given: Any) -> Response:
    found = services(request)
    provider = found.settings.oidc_name if found.provider else None
    told = {
        "said": None,
        "first": False,
        "is_set": False,
        "shortest": SHORTEST,
        "query": {},
        "provider": provider,
        **given,
    }
    text = await asyncio.to_thread(render, template, lang, **told)
    return HTMLResponse(
        text, status, headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"}
    )
