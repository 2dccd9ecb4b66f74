"""Search over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.questions import today
from graphsvc.features.search.schemas import SearchPage, SearchQuery
from graphsvc.features.search.service import search
from graphsvc.web.answers import json_response, linked
from graphsvc.web.deps import ScopeDep, StoreDep

router = APIRouter(prefix="/search", tags=["search"])


@router.get("", operation_id="search", response_model=SearchPage)
async def search_records(
    request: Request, query: Annotated[SearchQuery, Query()], store: StoreDep, scope: ScopeDep
) -> Response:
    """Records by name in any script, pinyin and its initials, title, department, address: best first."""
    found = await search(store, scope, query, today())
    return linked(request, json_response(request, found.model_dump(mode="json")), found.next_cursor)
