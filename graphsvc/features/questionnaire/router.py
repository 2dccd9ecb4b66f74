"""The questionnaire over HTTP, for whoever draws the form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.questionnaire.schemas import Questionnaire, QuestionnaireQuery, questionnaire
from graphsvc.web.answers import answer_response

router = APIRouter(prefix="/questionnaire", tags=["answers"])


@router.get("", operation_id="get_questionnaire", response_model=Questionnaire)
async def get_questionnaire(request: Request, query: Annotated[QuestionnaireQuery, Query()]) -> Response:
    """What to rate about a contact, in both languages; answers go into an assessment of this version."""
    return await answer_response(request, questionnaire(query.version))
