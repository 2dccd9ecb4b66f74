"""The whole graph of an account over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.exports.service import graph_document
from graphsvc.web.answers import failures, json_response
from graphsvc.web.deps import ScopeDep, StoreDep
from models.fields import Id

router = APIRouter(prefix="/accounts/{account_id}/graph", tags=["answers"])


@router.get("", operation_id="get_graph", responses=failures(404, 422, 503))
async def get_graph(
    request: Request,
    account_id: Id,
    store: StoreDep,
    scope: ScopeDep,
    form: Annotated[Literal["json"], Query(alias="format")] = "json",
) -> Response:
    """Every record of the account as a graph document; importing it again gives the same graph."""
    return json_response(request, await graph_document(store, scope, account_id))
