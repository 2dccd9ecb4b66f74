"""Webhooks over HTTP, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from graphsvc.features.records.schemas import reference
from graphsvc.features.webhooks.kept import state_of
from graphsvc.features.webhooks.schemas import (
    Delivery,
    MadeWebhook,
    NewWebhook,
    Rotation,
    Webhook,
    WebhookChange,
)
from graphsvc.features.webhooks.sender import Sender
from graphsvc.features.webhooks.service import Office
from graphsvc.stores.codec import moment_text
from graphsvc.web.answers import AS_CSV, columns_of, failures, heads, json_response, list_response
from graphsvc.web.body import json_object
from graphsvc.web.callers import visit_of
from graphsvc.web.deps import IdempotencyKey, ScopeDep, services
from graphsvc.web.paging import ListPage, page_after
from graphsvc.web.questions import NoQueryDep
from graphsvc.web.revisions import IfMatch, expected_revision, revised

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
WebhookPath = Annotated[str, Path(min_length=1, max_length=64)]


class Webhooks(BaseModel):
    """Webhooks, the oldest first."""

    items: list[Webhook]
    next_cursor: str | None = None


class Deliveries(BaseModel):
    """The last attempts of a webhook, the newest first."""

    items: list[Delivery]
    next_cursor: str | None = None


class WebhookGone(BaseModel):
    """How many webhooks are kept no longer."""

    deleted: int


def webhook_schemas() -> dict[str, Any]:
    """The schemas of bodies that these routes read by hand."""
    models = [(model, "validation") for model in (NewWebhook, WebhookChange, Rotation)]
    place = "#/components/schemas/{model}"
    schemas: dict[str, Any] = models_json_schema(models, ref_template=place)[1]["$defs"]  # type: ignore[arg-type]
    return schemas


def _office(request: Request, scope: ScopeDep) -> Office:
    found = services(request)
    return Office(found.desk, scope, visit_of(request), found.settings.webhook_private)


def _sender(request: Request) -> Sender:
    found: Sender = request.app.state.sender
    return found


OfficeDep = Annotated[Office, Depends(_office)]
SenderDep = Annotated[Sender, Depends(_sender)]


@router.get("", operation_id="list_webhooks", response_model=Webhooks, responses=AS_CSV)
async def list_webhooks(request: Request, office: OfficeDep, query: Annotated[ListPage, Query()]) -> Response:
    """All webhooks, also those that are stopped, with how their sending goes."""
    found = sorted(await office.all(), key=_made)
    items, more = await page_after(request, found, query, _made)
    body = Webhooks(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(Webhooks))


def _made(hook: Webhook) -> list[str]:
    return [moment_text(hook.created_at), hook.id]


@router.post(
    "",
    operation_id="create_webhook",
    status_code=201,
    response_model=MadeWebhook,
    responses={201: heads("ETag", "Location"), **failures(404)},
    openapi_extra={"requestBody": {"required": True, **reference("NewWebhook")}},
)
async def create_webhook(request: Request, office: OfficeDep, key: IdempotencyKey = None) -> Response:
    """A new webhook, which tells what changes from now on; its secret is told once."""
    hook, secret = await office.make(await json_object(request), key)
    return _told(hook, 201, {"Location": f"{request.url.path}/{hook.id}"}, secret=secret)


@router.get("/{id}", operation_id="get_webhook", response_model=Webhook)
async def get_webhook(id: WebhookPath, office: OfficeDep, query: NoQueryDep) -> Response:
    """A webhook, with how its sending goes."""
    return _told(await office.told(await office.find(id)))


@router.patch(
    "/{id}",
    operation_id="update_webhook",
    response_model=Webhook,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference("WebhookChange")}},
)
async def update_webhook(
    request: Request, id: WebhookPath, office: OfficeDep, if_match: IfMatch = None
) -> Response:
    """A webhook changed by a merge patch; `active: true` sends again at once, from where it stopped."""
    expected, patch = expected_revision(if_match), await json_object(request)
    return _told(await office.change(id, patch, expected))


@router.delete("/{id}", operation_id="delete_webhook", response_model=WebhookGone)
async def delete_webhook(
    request: Request, id: WebhookPath, office: OfficeDep, if_match: IfMatch = None
) -> Response:
    """The webhook tells nothing from now on; what was kept of it is gone."""
    await office.remove(id, expected_revision(if_match))
    return json_response(request, WebhookGone(deleted=1).model_dump())


@router.post(
    "/{id}/rotate-secret",
    operation_id="rotate_webhook_secret",
    response_model=MadeWebhook,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference("Rotation")}},
)
async def rotate_webhook_secret(
    request: Request, id: WebhookPath, office: OfficeDep, key: IdempotencyKey = None
) -> Response:
    """A new secret, told once; for `keep_old_hours` messages carry a signature of the old one too."""
    hook, secret = await office.rotate(id, await json_object(request), key)
    return _told(hook, secret=secret)


@router.post(
    "/{id}/ping",
    operation_id="ping_webhook",
    response_model=Delivery,
)
async def ping_webhook(
    id: WebhookPath, office: OfficeDep, sender: SenderDep, key: IdempotencyKey = None
) -> Response:
    """Send a message that tells nothing, now, and say how it went."""
    found = await office.ping(id, sender.ping, key)
    return Response(found.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


@router.get(
    "/{id}/deliveries",
    operation_id="list_webhook_deliveries",
    response_model=Deliveries,
    responses=AS_CSV,
)
async def list_webhook_deliveries(
    request: Request, id: WebhookPath, office: OfficeDep, query: Annotated[ListPage, Query()]
) -> Response:
    """The last attempts, the newest first: what was sent, when, and how it went."""
    hook = await office.find(id)
    state = await state_of(services(request).store, hook.id)
    newest_first = sorted(state.recent, key=_tried, reverse=True)
    items, more = await page_after(request, newest_first, query, _tried, falling=True)
    body = Deliveries(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(Deliveries))


def _tried(delivery: Delivery) -> list[str]:
    return [moment_text(delivery.at), delivery.message_id]


def _told(
    hook: Webhook, status: int = 200, headers: Mapping[str, str] | None = None, **more: str
) -> Response:
    body = {**hook.model_dump(mode="json"), **more}
    return revised(body, status, {"Cache-Control": "no-store", **(headers or {})})
