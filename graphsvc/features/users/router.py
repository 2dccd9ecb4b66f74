"""Users over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from graphsvc.access.keys import NewKey
from graphsvc.access.users import User, UserFields, users
from graphsvc.features.records.schemas import reference
from graphsvc.features.users import service
from graphsvc.features.users.service import Invited, NewUser
from graphsvc.web.answers import AS_CSV, columns_of, failures, heads, list_response
from graphsvc.web.body import json_object
from graphsvc.web.callers import known_caller, visit_of
from graphsvc.web.deps import IdempotencyKey, services
from graphsvc.web.paging import ListPage, page_after
from graphsvc.web.questions import NoQueryDep
from graphsvc.web.revisions import IfMatch, expected_revision, revised

router = APIRouter(prefix="/users", tags=["access"])
UserPath = Annotated[str, Path(min_length=1, max_length=64)]


class Users(BaseModel):
    """All users, by name."""

    items: list[User]
    next_cursor: str | None = None


class Added(User):
    """A new user with the one-time link by which he chooses a password."""

    link: str


def access_schemas() -> dict[str, Any]:
    """The schemas of bodies that these routes read by hand."""
    models = [(model, "validation") for model in (NewUser, UserFields, NewKey)]
    place = "#/components/schemas/{model}"
    schemas: dict[str, Any] = models_json_schema(models, ref_template=place)[1]["$defs"]  # type: ignore[arg-type]
    patch = schemas.pop(UserFields.__name__)
    return {**schemas, "UserPatch": {**patch, "required": [], "title": "UserPatch"}}


@router.get("", operation_id="list_users", response_model=Users, responses=AS_CSV)
async def list_users(request: Request, query: Annotated[ListPage, Query()]) -> Response:
    """All users, also those switched off."""
    found = sorted(await users(services(request).store), key=_name)
    items, more = await page_after(request, found, query, _name)
    body = Users(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(Users))


def _name(user: User) -> str:
    return user.name


@router.post(
    "",
    operation_id="create_user",
    status_code=201,
    response_model=Added,
    responses={201: heads("ETag"), **failures(404)},
    openapi_extra={"requestBody": {"required": True, **reference("NewUser")}},
)
async def create_user(request: Request, key: IdempotencyKey = None) -> Response:
    """A new user; the answer holds the one-time link by which he chooses a password."""
    desk, actor = services(request).desk, known_caller(request).name
    body = await json_object(request)
    user, invited = await service.added(desk, actor, body, visit_of(request), key)
    return _told(user, 201, link=invited.link)


@router.get("/{name}", operation_id="get_user", response_model=User)
async def get_user(request: Request, name: UserPath, query: NoQueryDep) -> Response:
    """A user."""
    return _told(await service.user_named(services(request).desk, name))


@router.patch(
    "/{name}",
    operation_id="update_user",
    response_model=User,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference("UserPatch")}},
)
async def update_user(request: Request, name: UserPath, if_match: IfMatch = None) -> Response:
    """A user changed by a merge patch; `active: false` signs him out and ends his keys' use at once."""
    expected, patch = expected_revision(if_match), await json_object(request)
    desk, actor = services(request).desk, known_caller(request).name
    return _told(await service.changed(desk, actor, name, patch, expected, visit_of(request)))


@router.post(
    "/{name}/link",
    operation_id="invite_user",
    status_code=201,
    response_model=Invited,
)
async def invite_user(request: Request, name: UserPath, key: IdempotencyKey = None) -> Response:
    """A one-time link by which the user chooses a new password; older ones end."""
    desk, actor = services(request).desk, known_caller(request).name
    user = await service.user_named(desk, name)
    found = await service.invited(desk, actor, user.name, visit_of(request), key)
    return Response(found.model_dump_json(), 201, {"Cache-Control": "no-store"}, "application/json")


def _told(user: User, status: int = 200, **more: str) -> Response:
    body = {**user.model_dump(mode="json"), **more}
    return revised(body, status, {"Cache-Control": "no-store"})
