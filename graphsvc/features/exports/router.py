"""The whole graph of an account over HTTP, in every format."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from graphsvc.features.exports.formats import WRITERS, Document, ExportFormat, Writer
from graphsvc.features.exports.service import graph_document
from graphsvc.web.answers import JSON, VARY, has_already, large_json_response
from graphsvc.web.deps import ScopeDep, StoreDep
from models.fields import AskedTime, Id

router = APIRouter(prefix="/accounts/{account_id}/graph", tags=["answers"])


_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            writer.media_type: {
                "schema": {"type": "object"} if writer.media_type == JSON else {"type": "string"}
            }
            for writer in WRITERS.values()
        }
    }
}
"""A file in every format, for the OpenAPI document."""


class GraphQuery(BaseModel):
    """What may be asked of the whole graph."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: ExportFormat = Field(ExportFormat.JSON, alias="format", description="The format of the file.")
    as_of: AskedTime | None = Field(None, description="As it was known then.")


@router.get("", operation_id="get_graph", response_class=Response, responses=_FILES)
async def get_graph(
    request: Request, account_id: Id, query: Annotated[GraphQuery, Query()], store: StoreDep, scope: ScopeDep
) -> Response:
    """Every record of the account, now or at a time; json, ndjson and csv can be imported again.

    `ndjson` ends with a line that counts its records, so that a cut file is noticed. `csv` is a zip of
    people.csv and ties.csv and holds what a table can hold.
    """
    document = await graph_document(store, scope, account_id, query.as_of)
    if query.form is ExportFormat.JSON:
        return await large_json_response(request, document)
    writer = WRITERS[query.form]
    etag = await asyncio.to_thread(_etag, writer, document)
    headers = {
        "ETag": etag,
        "Vary": VARY,
        "Content-Disposition": f'attachment; filename="{account_id}.{writer.ending}"',
    }
    if has_already(request, etag):
        return Response(status_code=304, headers=headers)
    return StreamingResponse(writer.chunks(document), headers=headers, media_type=writer.media_type)


def _etag(writer: Writer, document: Document) -> str:
    """The tag of the bytes to come: they are made twice rather than kept."""
    digest = hashlib.sha256()
    for chunk in writer.chunks(document):
        digest.update(chunk)
    return f'"{digest.hexdigest()[:32]}"'
