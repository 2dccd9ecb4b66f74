"""The channel map over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.features.channels.service import channel_map
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.paging import Paged, page_of
from models.findings.channels import ChannelMap

router = APIRouter(prefix="/channels", tags=["answers"])


class ChannelsPage(Paged, ChannelsQuery):
    """The query of a page of the channel map."""


@router.get("", operation_id="list_channels", response_model=ChannelMap, responses=AS_CSV)
async def list_channels(
    request: Request,
    query: Annotated[ChannelsPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How goods pass from account to account: supplier, manufacturer, distributor, retailer, user."""
    found = await channel_map(store, scope, query, rules)
    return await answer_response(request, await page_of(request, found, query))
