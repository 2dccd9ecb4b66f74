"""Relationship strength over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from graphsvc.errors import NotFound
from graphsvc.features.questions import Question
from graphsvc.features.strength.schemas import StrengthQuery, TrailQuery
from graphsvc.features.strength.service import strengths, trail
from graphsvc.web.answers import AS_CSV, answer_response
from graphsvc.web.deps import RulesDep, ScopeDep, StoreDep
from graphsvc.web.expanding import Expandable
from graphsvc.web.paging import MOST, Paged, needed, page_of
from models.enums import EdgeKind
from models.fields import Id
from models.findings.strength import Strengths, StrengthTrail

router = APIRouter(prefix="/accounts/{account_id}/strength", tags=["answers"])


class StrengthPage(Paged, StrengthQuery):
    """The query of a page of ties."""


class TrailPage(Paged, TrailQuery):
    """The query of a page of a tie's past."""

    limit: int | None = Field(MOST, ge=1, le=MOST, description="Points on a page.")


class TieQuestion(Expandable, Question):
    """What can be asked of one tie."""

    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")


@router.get("", operation_id="list_strength", response_model=Strengths, responses=AS_CSV)
async def list_strength(
    request: Request,
    account_id: Id,
    query: Annotated[StrengthPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How strong each tie of ours to the account is, strongest first, line by line."""
    asked = query.model_copy(update={"limit": None})
    found = await strengths(store, scope, account_id, asked, rules, await needed(request, query))
    return await answer_response(request, await page_of(request, found, query))


@router.get(
    "/{member_id}/{contact_id}",
    operation_id="get_strength",
    response_model=Strengths,
    responses=AS_CSV,
)
async def get_strength(
    request: Request,
    account_id: Id,
    member_id: Id,
    contact_id: Id,
    query: Annotated[TieQuestion, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How strong one tie is and why."""
    asked = StrengthQuery(
        member_id=member_id, contact_id=contact_id, **query.model_dump(exclude={"lang", "expand"})
    )
    found = await strengths(store, scope, account_id, asked, rules)
    if not found.items:
        raise NotFound(EdgeKind.KNOWS, f"{member_id} – {contact_id}")
    return await answer_response(request, found)


@router.get(
    "/{member_id}/{contact_id}/over-time",
    operation_id="get_strength_over_time",
    response_model=StrengthTrail,
    responses=AS_CSV,
)
async def get_strength_over_time(
    request: Request,
    account_id: Id,
    member_id: Id,
    contact_id: Id,
    query: Annotated[TrailPage, Query()],
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
) -> Response:
    """How strong one tie was at the end of each month, for a chart."""
    found = await trail(store, scope, account_id, member_id, contact_id, query, rules)
    return await answer_response(request, await page_of(request, found, query))
