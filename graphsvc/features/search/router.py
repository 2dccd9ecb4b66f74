"""Search over HTTP."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.questions import today
from graphsvc.features.search.schemas import SearchPage, SearchQuery, place_of
from graphsvc.features.search.service import search
from graphsvc.web.answers import AS_CSV, columns_of, list_response
from graphsvc.web.deps import ScopeDep, StoreDep
from graphsvc.web.paging import pages_of

router = APIRouter(prefix="/search", tags=["search"])


@router.get("", operation_id="search", response_model=SearchPage, responses=AS_CSV)
async def search_records(
    request: Request, query: Annotated[SearchQuery, Query()], store: StoreDep, scope: ScopeDep
) -> Response:
    """Records by name in any script, pinyin and its initials, title, department, address: best first."""
    pages = await pages_of(request, query)
    found, last = await search(store, scope, query, today(), place_of(pages.start))
    more = None if last is None else pages.cursor(orjson.dumps(last))
    body = {**found.model_dump(mode="json"), "next_cursor": more}
    return await list_response(request, body, columns_of(SearchPage))
