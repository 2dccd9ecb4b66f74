"""The rule tables over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from graphsvc.features.records.schemas import reference
from graphsvc.features.rules.schemas import RULES_PATCH
from graphsvc.features.rules.service import changes_of_rules, rules_changed, rules_shown
from graphsvc.stores.codec import utc_now
from graphsvc.web.answers import AS_CSV, columns_of, failures, heads, json_response, list_response
from graphsvc.web.body import json_object
from graphsvc.web.deps import RulebookDep, ScopeDep
from graphsvc.web.paging import MOST, ListPage, page_after, page_in
from graphsvc.web.questions import NoQuery
from graphsvc.web.revisions import IfMatch, expected_revision
from models.findings.rules import RuleChanges, RulesInForce

router = APIRouter(prefix="/rules", tags=["rules"])


class RulesQuery(ListPage):
    """Which rules are shown."""

    limit: int | None = Field(MOST, ge=1, le=MOST, description="Parameters on a page.")
    version: str | None = Field(
        None,
        max_length=64,
        description="`provenance.rules_version` of an answer; without it, those in force.",
    )


class ChangeQuery(NoQuery):
    """Why the rules are changed."""

    reason: str | None = Field(None, max_length=1_000, description="Kept with the change.")


@router.get("", operation_id="get_rules", response_model=RulesInForce, responses=failures(404) | AS_CSV)
async def get_rules(request: Request, book: RulebookDep, query: Annotated[RulesQuery, Query()]) -> Response:
    """Every parameter of the formulas: value, default, bounds, unit, and where it is explained."""
    found = await rules_shown(book, query.version)
    items, more = await page_in(request, found.items, query, found.version)
    body = found.model_copy(update={"items": items, "next_cursor": more}).model_dump(mode="json")
    return await list_response(request, body, columns_of(RulesInForce), revision=_number(found))


@router.get("/changes", operation_id="list_rule_changes", response_model=RuleChanges, responses=AS_CSV)
async def list_rule_changes(
    request: Request, book: RulebookDep, query: Annotated[ListPage, Query()]
) -> Response:
    """Who changed which parameters, when and why, the newest first."""
    found = (await changes_of_rules(book)).items
    items, more = await page_after(request, found, query, lambda change: change.number, falling=True)
    body = RuleChanges(items=items, next_cursor=more).model_dump(mode="json")
    return await list_response(request, body, columns_of(RuleChanges))


@router.patch(
    "",
    operation_id="change_rules",
    response_model=RulesInForce,
    responses={200: heads("ETag")},
    openapi_extra={"requestBody": {"required": True, **reference(RULES_PATCH)}},
)
async def change_rules(
    request: Request,
    book: RulebookDep,
    scope: ScopeDep,
    query: Annotated[ChangeQuery, Query()],
    if_match: IfMatch = None,
) -> Response:
    """Change parameters for all answers: a merge patch, table by table; null brings a default back."""
    read, patch = expected_revision(if_match), await json_object(request)
    found = await rules_changed(book, scope, patch, read, query.reason, utc_now())
    return json_response(request, found.model_dump(mode="json"), _number(found))


def _number(found: RulesInForce) -> int:
    """The number of the change that made these rules, for If-Match."""
    return found.change.number if found.change else 0
