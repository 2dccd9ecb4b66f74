"""Privacy over HTTP: all that is held of a person, erasure, restriction, reads; the dossier."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from graphsvc.features.privacy import dossier, service
from graphsvc.features.privacy.exporting import PersonDocument, lasting, person_document
from graphsvc.features.privacy.forgetting import Forgetting
from graphsvc.features.privacy.reads import PrivateRead, journal
from graphsvc.features.privacy.schemas import (
    AllowBody,
    Allowed,
    EraseBody,
    ErasureReport,
    RestrictBody,
    Restriction,
)
from graphsvc.features.questions import today
from graphsvc.features.records.router import RecordId
from graphsvc.features.records.schemas import reference
from graphsvc.web.answers import (
    AS_CSV,
    columns_of,
    exported,
    failures,
    heads,
    json_response,
    list_response,
)
from graphsvc.web.body import json_object
from graphsvc.web.deps import IdempotencyKey, ScopeDep, StoreDep, WorkersDep, services
from graphsvc.web.paging import ListPage, page_after
from graphsvc.web.problems import request_id_of
from graphsvc.web.questions import NoQueryDep
from graphsvc.web.revisions import IfMatch, expected_revision
from models.enums import NodeKind

router = APIRouter(tags=["privacy"])


class ReadsPage(BaseModel):
    """The journal of a contact's private data, oldest first."""

    items: list[PrivateRead]
    next_cursor: str | None = None


def _body(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    parts = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, dict):
            named = parts.get(str(part.get("$ref", "")).removeprefix("#/$defs/"), part)
            return {name: whole(value) for name, value in named.items()}
        return [whole(item) for item in part] if isinstance(part, list) else part

    return {"requestBody": {"content": {"application/json": {"schema": whole(schema)}}, "required": True}}


@router.get(
    "/privacy/{contact_id}/export",
    operation_id="export_person",
    summary="All that is held about a contact",
    response_model=PersonDocument,
)
async def export_person(
    request: Request, store: StoreDep, scope: ScopeDep, contact_id: RecordId, query: NoQueryDep
) -> Response:
    """Records, ties, history, dossier, other people's words that name him, reads: one document."""
    document = await person_document(store, scope, contact_id, request_id_of(request))
    response = await asyncio.to_thread(exported, request, document, lasting(document))
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post(
    "/privacy/{contact_id}/erase",
    operation_id="erase_person",
    summary="Erase a contact",
    response_model=ErasureReport,
    openapi_extra=_body(EraseBody),
)
async def erase_person(
    request: Request,
    store: StoreDep,
    scope: ScopeDep,
    contact_id: RecordId,
    key: IdempotencyKey = None,
) -> Response:
    """His words go from records, logs, search and files; a seat without a name stays. It cannot be undone."""
    body = await json_object(request)
    file = services(request).settings.erasures
    forgetting: Forgetting = request.app.state.forgetting
    try:
        done = await service.erase(store, scope, contact_id, body, request_id_of(request), key, file)
    finally:  # whatever came of what follows an erasure, or of the client: it may be done
        forgetting.now()
    return json_response(request, done.model_dump(mode="json"))


@router.post(
    "/privacy/{contact_id}/restrict",
    operation_id="restrict_person",
    summary="Leave a contact out of analysis",
    response_model=Restriction,
    openapi_extra=_body(RestrictBody),
)
async def restrict_person(
    request: Request,
    store: StoreDep,
    scope: ScopeDep,
    contact_id: RecordId,
    workers: WorkersDep,
    key: IdempotencyKey = None,
) -> Response:
    """Note an objection to profiling, or its end, with the reason."""
    body = await json_object(request)
    done = await service.restrict(store, scope, contact_id, body, request_id_of(request), key)
    if done.change_set is not None:
        workers.forget()
    return json_response(request, done.model_dump(mode="json"))


@router.get(
    "/privacy/{contact_id}/reads",
    operation_id="list_private_reads",
    summary="Who read or changed a contact's private data",
    response_model=ReadsPage,
    responses=AS_CSV,
)
async def list_private_reads(
    request: Request,
    store: StoreDep,
    scope: ScopeDep,
    contact_id: RecordId,
    query: Annotated[ListPage, Query()],
) -> Response:
    """Every reading of the dossier, export, restriction and erasure, with who and when."""
    await store.history(scope, NodeKind.CONTACT, contact_id, limit=1)  # to whom he is not there, nor is this
    found = sorted(await journal(store, contact_id), key=_line)
    items, more = await page_after(request, found, query, _line)
    body = ReadsPage(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(ReadsPage))


def _line(read: PrivateRead) -> list[str]:
    """The place of a line in the journal: two alike are one act of one request."""
    return [read.at, read.actor, read.act, read.request_id or ""]


@router.post(
    "/privacy/allow",
    operation_id="allow_person",
    summary="Let somebody be entered who is known by what was erased",
    response_model=Allowed,
    responses=failures(404),
    openapi_extra=_body(AllowBody),
)
async def allow_person(request: Request, scope: ScopeDep, key: IdempotencyKey = None) -> Response:
    """For a namesake, or for who agreed to be entered again; noted with whose marks they were."""
    body, desk = await json_object(request), services(request).desk
    done = await service.allow(desk, scope, body, request_id_of(request), key)
    return json_response(request, done.model_dump(mode="json"))


@router.get(
    "/contacts/{id}/dossier",
    operation_id="get_dossier",
    summary="Dossier: read",
    response_model=dossier.DossierView,
    responses=failures(403),
)
async def get_dossier(
    request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, query: NoQueryDep
) -> Response:
    """The private side of a contact; each reading is noted. Items past their day are only named."""
    return _dossier(request, await dossier.read_dossier(store, scope, id, today(), request_id_of(request)))


@router.patch(
    "/contacts/{id}/dossier",
    operation_id="update_dossier",
    summary="Dossier: change",
    response_model=dossier.DossierView,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference("DossierPatch")}},
)
async def update_dossier(
    request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
) -> Response:
    """The dossier changed by a merge patch; `"r0"` makes one. Items need basis, source and expires_on."""
    patch, expected = await json_object(request), expected_revision(if_match)
    done = await dossier.change_dossier(store, scope, id, patch, expected, today(), request_id_of(request))
    return _dossier(request, done)


def _dossier(request: Request, view: dossier.DossierView) -> Response:
    """Not to be kept by anything between; its tag is also of the items that are past their day."""
    response = json_response(request, view.model_dump(mode="json"), view.revision)
    response.headers["Cache-Control"] = "no-store"
    return response
