"""The rule tables over HTTP."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from graphsvc.features.records.router import IfMatch, expected_revision
from graphsvc.features.records.schemas import reference
from graphsvc.features.rules.schemas import RULES_PATCH
from graphsvc.features.rules.service import changes_of_rules, rules_changed, rules_shown
from graphsvc.stores.codec import utc_now
from graphsvc.web.answers import failures, heads, json_response
from graphsvc.web.body import json_object
from graphsvc.web.deps import RulebookDep, ScopeDep
from graphsvc.web.questions import NoQuery, NoQueryDep
from models.findings.rules import RuleChanges, RulesInForce

router = APIRouter(prefix="/rules", tags=["rules"])


class RulesQuery(NoQuery):
    """Which rules are shown."""

    version: str | None = Field(
        None,
        max_length=64,
        description="`provenance.rules_version` of an answer; without it, those in force.",
    )


class ChangeQuery(NoQuery):
    """Why the rules are changed."""

    reason: str | None = Field(None, max_length=1_000, description="Kept with the change.")


@router.get("", operation_id="get_rules", response_model=RulesInForce, responses=failures(404))
async def get_rules(book: RulebookDep, query: Annotated[RulesQuery, Query()]) -> Response:
    """Every parameter of the formulas: value, default, bounds, unit, and where it is explained."""
    return _tagged(await rules_shown(book, query.version))


@router.get("/changes", operation_id="list_rule_changes", response_model=RuleChanges)
async def list_rule_changes(request: Request, book: RulebookDep, query: NoQueryDep) -> Response:
    """Who changed which parameters, when and why, the newest first."""
    return json_response(request, (await changes_of_rules(book)).model_dump(mode="json"))


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
    return _tagged(await rules_changed(book, scope, patch, read, query.reason, utc_now()))


def _tagged(found: RulesInForce) -> Response:
    """With the number of the change as ETag, for If-Match; never kept: defaults change with the program."""
    number = found.change.number if found.change else 0
    headers = {"ETag": f'"r{number}"', "Cache-Control": "no-store"}
    return Response(orjson.dumps(found.model_dump(mode="json")), 200, headers, "application/json")
