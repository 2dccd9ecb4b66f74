"""What if over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.whatif.schemas import question_of
from graphsvc.features.whatif.service import items_in, what_if
from graphsvc.web.answers import answer_response, json_body, large_json_response
from graphsvc.web.body import json_object
from graphsvc.web.deps import IdempotencyKey, LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.expanding import Expandable, add_external_ids
from graphsvc.web.paging import USUAL
from graphsvc.web.questions import NoQuery
from models.fields import Id
from models.findings.whatif import WhatIf


class WhatIfQuery(NoQuery, Expandable):
    """What can be asked beside the body."""


router = APIRouter(prefix="/accounts/{account_id}/what-if", tags=["answers"])
_BODY = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/WhatIfQuestion"}}}}


@router.post(
    "",
    operation_id="what_if",
    response_model=WhatIf,
    openapi_extra={"requestBody": {"required": True, **_BODY}},
)
async def post_what_if(
    request: Request,
    account_id: Id,
    store: StoreDep,
    scope: ScopeDep,
    rules: RulesDep,
    lang: LangDep,
    query: Annotated[WhatIfQuery, Query()],
    key: IdempotencyKey = None,
) -> Response:
    """Answers before and after changes that are not stored, and what moves most.

    Nothing is written, so whatever the Idempotency-Key the same question of the same account has one answer.
    """
    question = question_of(await json_object(request))
    if question.limit is None:
        question = question.model_copy(update={"limit": USUAL})
    found = await what_if(store, scope, account_id, question, rules, lang)
    if query.expand is None:
        return await answer_response(request, found)
    body = await json_body(found)
    await add_external_ids(store, scope, items_in(body))
    return await large_json_response(request, body)
