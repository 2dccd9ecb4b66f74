"""What can be asked of changes that are only thought of, and how a wrong question is told."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, get_args

import orjson
from pydantic import AwareDatetime, ConfigDict, Field, ValidationError
from pydantic.json_schema import models_json_schema

from graphsvc.features.questions import Question
from models.enums import Step
from models.faults import Code, Fault, InvalidInput, fault_of
from models.fields import Id
from models.whatif import AddEdge, Answered, Change, Courted, Leave, NewAttitude, NewStep, Tie

MOST_CHANGES = 50
_KINDS = tuple(
    get_args(change.model_fields["kind"].annotation)[0]
    for change in (Leave, Tie, NewAttitude, NewStep, Courted, AddEdge)
)
_TAGGED = re.compile(rf"^(/changes/\d+)/(?:{'|'.join(_KINDS)})(?=/|$)")
_PLACE = "#/components/schemas/"


class WhatIfQuestion(Question):
    """The question of `POST /accounts/{id}/what-if` and of `graphsvc what-if`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # As they are in JSON, where strictness tells a date from a number.
    as_of: AwareDatetime | None = Field(None, description="What was known then (time of the change log).")
    on: date | None = Field(None, description="The day whose ties hold; default: that of as_of, else today.")
    changes: list[Change] = Field(
        min_length=1, max_length=MOST_CHANGES, description="Made one after the other; nothing is stored."
    )
    answers: list[Answered] = Field(
        [Answered.FORECAST, Answered.CHAINS], min_length=1, description="What to ask before and after."
    )
    opportunity_id: Id | None = Field(None, description="In this purchase.")
    step: Step | None = Field(None, description="Both sides at this step; default: the opportunity's.")
    limit: int | None = Field(None, ge=1, description="At most so many items of each answer.")


def question_of(body: dict[str, Any]) -> WhatIfQuestion:
    """The question of a JSON body. Raises InvalidInput, the places as pointers: `/changes/2/contact_id`."""
    try:
        return WhatIfQuestion.model_validate_json(orjson.dumps(body))
    except ValidationError as error:
        raise InvalidInput(*map(_fault, error.errors(include_url=False))) from error


def _fault(detail: Any) -> Fault:
    """A fault without the name of the kind in its place: nobody has written that."""
    fault = fault_of(detail)
    place = _TAGGED.sub(r"\1", fault.pointer or "")
    match detail["type"]:
        case "union_tag_not_found":
            return Fault(Code.MISSING, {"name": "kind"}, pointer=f"{place}/kind")
        case "union_tag_invalid":
            params = {"name": detail["ctx"]["tag"], "known": ", ".join(_KINDS)}
            return Fault(Code.UNKNOWN_KIND, params, pointer=f"{place}/kind")
        case _:
            return Fault(fault.code, fault.params, pointer=place)


@cache
def what_if_schemas() -> dict[str, Any]:
    """The JSON schemas of the question and its changes, for the OpenAPI document."""
    _, whole = models_json_schema([(WhatIfQuestion, "validation")], ref_template=_PLACE + "{model}")
    found: dict[str, Any] = whole["$defs"]
    return found
