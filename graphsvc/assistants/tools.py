"""The tools of assistants, made of the OpenAPI document: every answer, and what finds people and accounts.

So a tool takes what its operation takes, and a new answer is a new tool. Nothing that changes what is stored
is one, nor a file, nor what is kept apart of a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import orjson

from graphsvc.openapi.operations import Operation, operations
from graphsvc.web.answers import JSON
from models.access import Role

ANSWERS = "answers"
"""The tag of operations that are tools; those in NO_TOOLS are large or forms."""
NO_TOOLS = frozenset({"get_graph", "get_questionnaire"})
FINDING = frozenset(
    {
        "get_account",
        "get_contact",
        "get_diff",
        "list_accounts",
        "list_competitors",
        "list_contacts",
        "list_departments",
        "list_members",
        "list_opportunities",
        "search",
    }
)
"""Operations beside the answers that are tools: they tell the ids that answers ask for."""
USUAL_ITEMS = 10
"""Items of an answer where no limit is named: an assistant reads every word."""
_SET_ELSEWHERE = frozenset({"lang"})
_SCHEMAS = "#/components/schemas/"
_REF = re.compile(rf'"{_SCHEMAS}([^"]+)"')


@dataclass(frozen=True, slots=True)
class ReadingTool:
    """A tool: what an assistant is told of it, and the operation behind it."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    method: str
    path: str
    in_path: frozenset[str]
    has_body: bool


def tools_of(document: Mapping[str, Any], role: Role) -> dict[str, ReadingTool]:
    """The tools of who has a role, by name. O(document)."""
    schemas = document["components"]["schemas"]
    found = (each for each in operations(dict(document)) if is_tool(each) and role in each.roles)
    return {each.id: _tool(each, schemas) for each in sorted(found, key=lambda each: each.id)}


def is_tool(operation: Operation) -> bool:
    """Whether an operation is a tool: it reads, or asks a question that is too long for an address."""
    if operation.writes:
        return False
    answers = ANSWERS in operation.told.get("tags", ()) and operation.id not in NO_TOOLS
    return answers or operation.id in FINDING


def _tool(operation: Operation, schemas: Mapping[str, Any]) -> ReadingTool:
    asked = [
        each
        for each in operation.parameters
        if each["in"] in ("path", "query") and each["name"] not in _SET_ELSEWHERE
    ]
    properties = {each["name"]: _property(each) for each in asked}
    needed = [each["name"] for each in asked if each.get("required")]
    if operation.has_body:
        body = _body(operation, schemas)
        properties |= body["properties"]
        needed += body.get("required", [])
    if "limit" in properties:
        properties["limit"] = {**properties["limit"], "default": USUAL_ITEMS}
    schema = {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
    return ReadingTool(
        name=operation.id,
        title=str(operation.told["summary"]),
        description=str(operation.told["description"]),
        schema=_whole(schema, schemas),
        method=operation.method.upper(),
        path=operation.path,
        in_path=frozenset(each["name"] for each in asked if each["in"] == "path"),
        has_body=operation.has_body,
    )


def _property(parameter: Mapping[str, Any]) -> dict[str, Any]:
    told = {"description": parameter["description"]} if "description" in parameter else {}
    return {**deepcopy(parameter["schema"]), **told}


def _body(operation: Operation, schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    reference: str = operation.told["requestBody"]["content"][JSON]["schema"]["$ref"]
    found: Mapping[str, Any] = schemas[reference.removeprefix(_SCHEMAS)]
    return found


def _whole(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with all that it refers to."""
    text = orjson.dumps(schema).decode()
    defined: dict[str, Any] = {}
    while missing := sorted(set(_REF.findall(text)) - defined.keys()):
        defined |= {name: schemas[name] for name in missing}
        text = orjson.dumps({**schema, "$defs": defined}).decode()
    whole: dict[str, Any] = orjson.loads(text.replace(_SCHEMAS, "#/$defs/"))
    return whole
