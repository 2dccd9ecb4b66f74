"""What forms in the browser ask for: of which fields a record is made, and which records a field may name."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from graphsvc.errors import NotFound
from graphsvc.pages.asking import Asked, AskedDep
from graphsvc.web.answers import json_response
from graphsvc.web.deps import LangDep
from models.changes import Stored
from models.enums import Kind, NodeKind
from models.fields import Id
from models.kinds import NODE_SPECS, kind_named
from queries.search.texts import NAMED
from viz.forms import form_of
from viz.labels import in_language, names
from viz.naming import Names

router = APIRouter(include_in_schema=False)

MOST = 40
"""So many choices are told at once; typing narrows them."""
_EVERYWHERE = tuple(kind for kind in NAMED if NODE_SPECS[kind].firm or kind is NodeKind.ACCOUNT)
_CHOSEN = (*NAMED, NodeKind.INTERACTION)
_LATEST = 400
"""Records without names are searched among so many, the latest."""


@router.get("/forms/{kind}")
async def form(kind: str, request: Request, lang: LangDep) -> Response:
    """The form of a kind in the reader's language."""
    return json_response(request, form_of(_kind(kind), lang))


@router.get("/accounts/{account_id}/choices/{plural}")
async def choices(
    account_id: Annotated[Id, Path()],
    plural: str,
    request: Request,
    asked: AskedDep,
    q: Annotated[str, Query(max_length=200)] = "",
    id: Annotated[list[Id] | None, Query(max_length=200)] = None,
) -> Response:
    """Records a field may name: those of these ids, else those a text finds, else the first ones."""
    kind = next((kind for kind in _CHOSEN if NODE_SPECS[kind].plural == plural), None)
    if kind is None:
        raise HTTPException(404)
    told = await _choices(replace(asked, account_id=account_id), kind, q.strip(), id)
    return json_response(request, {"items": told})


@router.get("/choices/{plural}")
async def choices_everywhere(
    plural: str,
    request: Request,
    asked: AskedDep,
    q: Annotated[str, Query(max_length=200)] = "",
    id: Annotated[list[Id] | None, Query(max_length=200)] = None,
) -> Response:
    """The same where no account is looked at: accounts, and what is the firm's."""
    kind = next((kind for kind in _EVERYWHERE if NODE_SPECS[kind].plural == plural), None)
    if kind is None:
        raise HTTPException(404)
    found = await _named(asked, kind, q.strip(), id)
    told = [_named_only(row, asked.lang) for row in found]
    return json_response(request, {"items": sorted(told, key=lambda choice: str(choice["label"]))})


def _kind(name: str) -> Kind:
    kind = kind_named(name)
    if kind is None:
        raise HTTPException(404)
    return kind


async def _choices(asked: Asked, kind: NodeKind, text: str, ids: list[str] | None) -> list[dict[str, Any]]:
    words = Names(await asked.graph(), asked.query.day(), asked.lang, asked.rules)
    if kind not in NAMED:
        return _unnamed(words, kind, text, ids)
    found = await _named(asked, kind, text, ids)
    told = [_told(row, words) for row in found]
    return told if text or ids else sorted(told, key=lambda choice: choice["label"])


async def _named(asked: Asked, kind: NodeKind, text: str, ids: list[str] | None) -> list[Stored]:
    store, scope = asked.store, asked.scope
    if ids:
        return [row for id_ in ids if (row := await _held(asked, kind, id_))]
    account = None if NODE_SPECS[kind].firm or kind is NodeKind.ACCOUNT else asked.account_id
    if not text:
        return list(await store.find(scope, kind, account_id=account, limit=MOST))
    return await asked.found(kind, text, account, MOST)


async def _held(asked: Asked, kind: NodeKind, id_: str) -> Stored | None:
    try:
        return await asked.store.get(asked.scope, kind, id_)
    except NotFound:
        return None


def _unnamed(words: Names, kind: NodeKind, text: str, ids: list[str] | None) -> list[dict[str, Any]]:
    """Records without names by what they say, the latest first."""
    table = words.graph.nodes[kind]
    latest = sorted(range(len(table.ids)), key=lambda row: -int(table.array("at")[row]))[:_LATEST]
    rows = ids or [table.ids[row] for row in latest]
    told = [(id_, words.record(kind, id_)) for id_ in rows]
    fitting = [{"id": id_, "label": said} for id_, said in told if text.casefold() in said.casefold()]
    return fitting[: len(rows) if ids else MOST]


def _named_only(row: Stored, lang: str) -> dict[str, Any]:
    body = row.body
    given = str(body.get("name") or body.get("text") or row.id)
    said = names(given, body.get("latin_name"), lang)[0] if "latin_name" in body else in_language(given, lang)
    return {"id": row.id, "label": said, "hint": in_language(str(body.get("title") or ""), lang) or None}


def _told(row: Stored, words: Names) -> dict[str, Any]:
    told = _named_only(row, words.lang)
    if row.kind is NodeKind.CONTACT and row.id in words.people.position:
        seat = words.person(row.id)
        told["hint"] = " · ".join(filter(None, (seat["job"], seat["department_name"]))) or None
    return told
