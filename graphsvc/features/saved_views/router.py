"""Named views over HTTP: records like others, but kept beside the graph."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from graphsvc.access.callers import Caller
from graphsvc.features.records.router import RecordId
from graphsvc.features.records.schemas import reference
from graphsvc.features.saved_views import service
from graphsvc.features.saved_views.schemas import SavedView
from graphsvc.web.answers import (
    AS_CSV,
    columns_of,
    failures,
    heads,
    json_response,
    list_response,
)
from graphsvc.web.body import json_object
from graphsvc.web.callers import known_caller
from graphsvc.web.deps import IdempotencyKey, ScopeDep, StoreDep
from graphsvc.web.paging import ListPage, page_after
from graphsvc.web.questions import NoQueryDep
from graphsvc.web.revisions import IfMatch, expected_revision, revised
from models.fields import Id


class ToldView(SavedView):
    """A view as it is told to one who sees it."""

    may_change: bool = Field(description="Whether who asks may change and remove it.")


class SavedViews(BaseModel):
    """Views by id."""

    items: list[ToldView]
    next_cursor: str | None = None


class ViewsGone(BaseModel):
    """How many views are kept no longer."""

    deleted: int


class ViewsQuery(ListPage):
    """What can be asked of the list."""

    account_id: Id | None = Field(None, description="Only views of this account.")


router = APIRouter(prefix="/saved-views", tags=["saved-views"])


@router.get(
    "",
    operation_id="list_saved_views",
    summary="Saved view: list",
    response_model=SavedViews,
    responses=AS_CSV,
)
async def list_saved_views(
    request: Request, store: StoreDep, scope: ScopeDep, query: Annotated[ViewsQuery, Query()]
) -> Response:
    """The caller's own views and those that are shared, by id."""
    found = await service.saved_views(store, scope, query.account_id)
    views, more = await page_after(request, found, query, lambda view: view.id)
    caller = known_caller(request)
    page = SavedViews(items=[_seen(caller, view) for view in views], next_cursor=more)
    return await list_response(request, page.model_dump(mode="json"), columns_of(SavedViews))


@router.get(
    "/{id}",
    operation_id="get_saved_view",
    summary="Saved view: read",
    response_model=ToldView,
)
async def get_saved_view(
    request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, query: NoQueryDep
) -> Response:
    """One view with its ETag."""
    found = await service.saved_view(store, scope, id)
    seen = _seen(known_caller(request), found)
    return json_response(request, seen.model_dump(mode="json"), found.revision)


@router.post(
    "",
    operation_id="create_saved_view",
    summary="Saved view: create",
    status_code=201,
    response_model=ToldView,
    responses={201: heads("ETag", "Location"), **failures(404, 412)},
    openapi_extra={"requestBody": {"required": True, **reference("NewView")}},
)
async def create_saved_view(
    request: Request, store: StoreDep, scope: ScopeDep, key: IdempotencyKey = None
) -> Response:
    """A new view of the caller's own; its id is made unless given."""
    made = await service.kept(store, scope, known_caller(request), await json_object(request), key)
    return _told(request, made, 201, Location=f"{request.url.path}/{made.id}")


@router.patch(
    "/{id}",
    operation_id="update_saved_view",
    summary="Saved view: change",
    response_model=ToldView,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference("ViewPatch")}},
)
async def update_saved_view(
    request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
) -> Response:
    """A view changed by a JSON merge patch, by its owner, or if it is shared by who may steer."""
    patch, expected = await json_object(request), expected_revision(if_match)
    caller = known_caller(request)
    return _told(request, await service.changed(store, scope, caller, id, patch, expected))


@router.delete(
    "/{id}",
    operation_id="delete_saved_view",
    summary="Saved view: remove",
    response_model=ViewsGone,
)
async def delete_saved_view(
    request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
) -> Response:
    """A view kept no longer; sent again with its id it is there once more."""
    await service.thrown_away(store, scope, known_caller(request), id, expected_revision(if_match))
    return json_response(request, {"deleted": 1})


def _seen(caller: Caller, view: SavedView) -> ToldView:
    return ToldView(**view.model_dump(), may_change=service.may_change(caller, view))


def _told(request: Request, view: SavedView, status: int = 200, **headers: str) -> Response:
    return revised(_seen(known_caller(request), view).model_dump(mode="json"), status, headers)
