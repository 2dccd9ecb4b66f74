"""Merging two contacts over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from graphsvc.features.merging.schemas import MergeBody, MergeResult
from graphsvc.features.merging.service import merge
from graphsvc.features.records.router import RecordId
from graphsvc.web.answers import json_response
from graphsvc.web.body import json_object
from graphsvc.web.deps import IdempotencyKey, ScopeDep, StoreDep
from graphsvc.web.problems import request_id_of
from graphsvc.web.revisions import IfMatch, expected_revision

router = APIRouter(prefix="/contacts", tags=["contacts"])
_BODY = {"content": {"application/json": {"schema": MergeBody.model_json_schema()}}, "required": True}


@router.post(
    "/{id}/merge",
    operation_id="merge_contacts",
    summary="Contact: merge with another",
    response_model=MergeResult,
    openapi_extra={"requestBody": _BODY},
)
async def merge_contacts(
    request: Request,
    store: StoreDep,
    scope: ScopeDep,
    id: RecordId,
    if_match: IfMatch = None,
    key: IdempotencyKey = None,
) -> Response:
    """Two entries of one person become one: every tie moves here, the other goes, undo brings both back."""
    expected, body = expected_revision(if_match), await json_object(request)
    done = await merge(store, scope, id, body, expected, request_id_of(request), key)
    return json_response(request, done.model_dump(mode="json"))
