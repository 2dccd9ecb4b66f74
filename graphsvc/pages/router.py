"""The pages under their addresses, and their answers as CSV."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, StreamingResponse

from graphsvc.pages import account, editing
from graphsvc.pages.asking import Asked, AskedDep, Part, Shown
from graphsvc.pages.files import files_of
from graphsvc.pages.table import EVERYWHERE, OF_CONTACTS, PAGES, Page, everywhere, navigation, open_to
from graphsvc.samples import DEMO, TABLES, sample
from graphsvc.web.answers import csv_bytes
from graphsvc.web.callers import known_caller, told_of
from graphsvc.web.cookies import keep_language
from graphsvc.web.paging import MOST
from models.enums import NodeKind
from models.fields import Id
from viz.navigation import Links, address
from viz.pages import render
from viz.statics import address_of

router = APIRouter(include_in_schema=False)
router.include_router(editing.router)
router.include_router(account.router)

API = "/api/v1"
AccountPath = Annotated[Id, Path()]


def _over_accounts(page: Page) -> Callable[[AskedDep], Awaitable[Response]]:
    async def opened(asked: AskedDep) -> Response:
        return await _opened(page, asked)

    return opened


for _page in EVERYWHERE.values():
    router.get(_page.path or "/")(_over_accounts(_page))


@router.get("/samples/{name}")
async def sample_file(name: str) -> Response:
    """A file to try the service with."""
    if name not in (DEMO, *TABLES):
        raise HTTPException(404)
    return FileResponse(sample(name), filename=name)


@router.get("/{name}.csv")
async def table_over_accounts(name: str, asked: AskedDep) -> Response:
    """The answer of a page over all accounts as a file for a spreadsheet."""
    return await _table(EVERYWHERE.get(name), asked, None, name)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Where browsers look without being told."""
    return RedirectResponse(address_of("favicon.svg"))


@router.get("/accounts/{account_id}")
async def account_page(account_id: AccountPath, asked: AskedDep) -> Response:
    """An account at a glance."""
    return await _opened(PAGES["overview"], replace(asked, account_id=account_id))


@router.get("/accounts/{account_id}/{name}.csv")
async def table_of_account(
    account_id: AccountPath, name: str, asked: AskedDep, part: str | None = None
) -> Response:
    """An answer of a page as a file for a spreadsheet: its own one, or the one called `part`."""
    asked = replace(asked, account_id=account_id)
    return await _table(PAGES.get(name), asked, part, f"{account_id}-{name}")


@router.get("/accounts/{account_id}/opportunities/{opportunity_id}")
async def page_of_opportunity(
    account_id: AccountPath, opportunity_id: AccountPath, asked: AskedDep
) -> Response:
    """A purchase; where its form names another, that one."""
    chosen = asked.query.opportunity_id
    if chosen and chosen != opportunity_id:
        other = f"/accounts/{quote(account_id)}/opportunities/{quote(chosen)}"
        return RedirectResponse(address(asked.said(), other, opportunity_id=None), 303)
    await asked.store.get(asked.scope, NodeKind.OPPORTUNITY, opportunity_id)
    query = asked.query.model_copy(update={"opportunity_id": opportunity_id})
    return await _opened(PAGES["opportunities"], replace(asked, account_id=account_id, query=query))


@router.get("/accounts/{account_id}/{name}")
async def page_of_account(account_id: AccountPath, name: str, asked: AskedDep) -> Response:
    """A page of an account."""
    if name not in PAGES:
        raise HTTPException(404)
    return await _opened(PAGES[name], replace(asked, account_id=account_id))


@router.get("/accounts/{account_id}/contacts/{contact_id}")
async def contact_page(account_id: AccountPath, contact_id: AccountPath, asked: AskedDep) -> Response:
    """A person of an account."""
    return await _opened(OF_CONTACTS["contact"], replace(asked, account_id=account_id, contact_id=contact_id))


@router.get("/accounts/{account_id}/contacts/{contact_id}/{name}.csv")
async def table_of_contact(
    account_id: AccountPath, contact_id: AccountPath, name: str, asked: AskedDep, part: str | None = None
) -> Response:
    """An answer of a person's page as a file for a spreadsheet."""
    asked = replace(asked, account_id=account_id, contact_id=contact_id)
    return await _table(OF_CONTACTS.get(name), asked, part, f"{contact_id}-{name}")


@router.get("/accounts/{account_id}/contacts/{contact_id}/{name}")
async def page_of_contact(
    account_id: AccountPath, contact_id: AccountPath, name: str, asked: AskedDep
) -> Response:
    """Another page of a person."""
    if name not in OF_CONTACTS:
        raise HTTPException(404)
    return await _opened(OF_CONTACTS[name], replace(asked, account_id=account_id, contact_id=contact_id))


async def _opened(page: Page, asked: Asked) -> Response:
    role = known_caller(asked.request).role
    links = open_to(role, everywhere(asked.lang))
    given: dict[str, Any] = {"here": page.name, "everywhere": links, "query": asked.said()}
    user = known_caller(asked.request).user
    given |= {"may_write": asked.may_write, "member": user.member_id if user else None}
    if asked.account_id:
        account, deals = await _account(asked)
        given |= {"account": account, "opportunities": deals}
        given["same_page"] = "" if asked.contact_id else page.path
        given["navigation"] = [
            Links(group.title, links)
            for group in navigation(asked.lang)
            if (links := open_to(role, group.links, f"/accounts/{asked.account_id}"))
        ]
    if page.show is not None:
        given |= {"page_title": page.title, "page_says": page.says, "asks": page.asks}
        given |= _told(await page.show(asked), asked, page)
    given["caller"] = told_of(asked.request)
    given["accounts"] = {account.id: account for account in await asked.store.accounts(asked.scope)}
    text = await asyncio.to_thread(render, page.template, asked.lang, **given)
    return _response(asked.request, text, asked.lang)


def _told(shown: Shown, asked: Asked, page: Page) -> dict[str, Any]:
    """What the template is told: its context, and of each answer where it comes from."""
    sources = [
        {
            "title": part.title or page.title,
            "provenance": part.answer.provenance,
            "json": _api_address(part, asked),
        }
        for part in shown.parts
    ]
    told: dict[str, Any] = {"sources": sources, "files": files_of(page, shown.parts, asked), **shown.context}
    if shown.parts:
        own = shown.parts[0].answer
        told |= {"answer": own, "day": own.provenance.on}
    return told


def _api_address(part: Part, asked: Asked) -> str:
    said = part.question.model_dump(mode="json", exclude_defaults=True)
    words = {name: ",".join(value) if isinstance(value, list) else value for name, value in said.items()}
    own = f"accounts/{asked.account_id}/{part.name}" if asked.account_id else part.name
    return address(words, f"{API}/{part.api or own}", lang=asked.lang)


async def _table(page: Page | None, asked: Asked, part: str | None, name: str) -> Response:
    """CSV with the mark by which spreadsheets know UTF-8."""
    if page is None or page.show is None:
        raise HTTPException(404)
    body: bytes | AsyncIterator[bytes]
    if page.table is not None and part is None:
        body = await page.table(asked)
    else:
        all_of_it = asked.query.model_copy(update={"limit": MOST})
        shown = await page.show(replace(asked, query=all_of_it))
        found = next((one for one in shown.parts if part in (None, one.name)), None)
        if found is None:
            raise HTTPException(404)
        body = await asyncio.to_thread(csv_bytes, found.answer)
    file = name if part is None else f"{name}-{part}"
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    if not isinstance(body, bytes):
        return StreamingResponse(_marked(body), headers=headers, media_type=_SPREADSHEET)
    return Response(_MARK + body, headers=headers, media_type=_SPREADSHEET)


_MARK, _SPREADSHEET = b"\xef\xbb\xbf", "text/csv; charset=utf-8"


async def _marked(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield _MARK
    async for piece in pieces:
        yield piece


async def _account(asked: Asked) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The account and its opportunities, those of greatest value first."""
    store, scope, id_ = asked.store, asked.scope, asked.account_id
    found = await store.get(scope, NodeKind.ACCOUNT, id_)
    deals = await store.find(scope, NodeKind.OPPORTUNITY, account_id=id_, limit=200)
    bodies = sorted((deal.body for deal in deals), key=lambda deal: (-deal.get("value", 0), deal["id"]))
    return {"id": found.id, "name": found.body["name"]}, bodies


def _response(request: Request, text: str, lang: str) -> Response:
    page = HTMLResponse(text)
    page.headers["Vary"] = "Accept-Language, Cookie"
    if request.query_params.get("lang") in ("en", "zh"):
        keep_language(page, lang)
    return page
