"""API keys over HTTP: everybody sees and makes his own; administrators see and revoke all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from graphsvc.access.keys import ApiKey, keys
from graphsvc.features.keys.service import made, revoked
from graphsvc.features.records.schemas import reference
from graphsvc.stores.codec import moment_text
from graphsvc.web.answers import AS_CSV, columns_of, json_response, list_response
from graphsvc.web.body import json_object
from graphsvc.web.callers import known_caller, visit_of
from graphsvc.web.deps import IdempotencyKey, services
from graphsvc.web.paging import ListPage, page_after
from models.access import Right

router = APIRouter(prefix="/api-keys", tags=["access"])


class Keys(BaseModel):
    """API keys, the oldest first."""

    items: list[ApiKey]
    next_cursor: str | None = None


class MadeKey(ApiKey):
    """A new key with its text, which is told once."""

    key: str


def _whose(request: Request) -> str | None:
    """Whose keys the caller may see: his own, or everybody's."""
    caller = known_caller(request)
    return None if caller.may(Right.ADMIN) else caller.name


@router.get("", operation_id="list_api_keys", response_model=Keys, responses=AS_CSV)
async def list_api_keys(request: Request, query: Annotated[ListPage, Query()]) -> Response:
    """The keys, by their first signs, with their last use."""
    found = await keys(services(request).desk, _whose(request))
    items, more = await page_after(request, found, query, lambda key: [moment_text(key.created_at), key.id])
    body = Keys(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(Keys))


@router.post(
    "",
    operation_id="create_api_key",
    status_code=201,
    response_model=MadeKey,
    openapi_extra={"requestBody": {"required": True, **reference("NewKey")}},
)
async def create_api_key(request: Request, key: IdempotencyKey = None) -> Response:
    """A new key of one's own, told once: only whoever has signed in makes one."""
    body, caller = await json_object(request), known_caller(request)
    fresh, text = await made(services(request).desk, caller, body, visit_of(request), key)
    told = MadeKey(**fresh.model_dump(), key=text)
    return Response(told.model_dump_json(), 201, {"Cache-Control": "no-store"}, "application/json")


@router.delete("/{id}", operation_id="revoke_api_key", response_model=ApiKey)
async def revoke_api_key(request: Request, id: Annotated[str, Path(min_length=1, max_length=64)]) -> Response:
    """The key opens nothing from now on."""
    desk, caller = services(request).desk, known_caller(request)
    gone = await revoked(desk, caller.name, id, _whose(request), visit_of(request))
    return json_response(request, gone.model_dump(mode="json"))
