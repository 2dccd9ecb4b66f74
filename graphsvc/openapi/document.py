"""The document as it is served: the framework's, with what the tables and the components add."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from graphsvc.openapi.examples import exemplify
from graphsvc.openapi.links import link
from graphsvc.openapi.operations import Operation, operations
from graphsvc.openapi.responses import answer, shared, tagged
from graphsvc.openapi.schemas import closed, without_null
from graphsvc.openapi.security import SCHEMES, secure
from graphsvc.web.answers import JSON, PROBLEM_SCHEMA
from graphsvc.web.body import MERGE_PATCH

_OF_FRAMEWORK = ("HTTPValidationError", "ValidationError")
"""Schemas of failures that are never told so: ours are problems."""
IF_NONE_MATCH: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "description": "ETags of answers at hand: 304 if one is still so.",
    "schema": {"type": "string"},
}


def complete(document: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Completes the framework's document in place; `schemas` are of bodies that routes read by hand."""
    components = document.setdefault("components", {})
    own = components.get("schemas", {})
    components["schemas"] = deepcopy({**schemas, **own, "Problem": PROBLEM_SCHEMA})
    for name in _OF_FRAMEWORK:
        components["schemas"].pop(name, None)
    components |= deepcopy(shared())
    components["securitySchemes"] = deepcopy(SCHEMES)
    for operation in operations(document):
        _ask(operation)
        exemplify(operation)
        answer(operation)
        secure(operation)
        if tagged(operation):
            operation.told.setdefault("parameters", []).append(deepcopy(IF_NONE_MATCH))
    link(operations(document))
    closed(document)


def _ask(operation: Operation) -> None:
    """What is asked, as it can be sent: no parameter is null, If-Match is wanted where it stands alone."""
    for parameter in operation.parameters:
        parameter["schema"] = without_null(parameter["schema"])
        if parameter["name"] == "If-Match":
            parameter["required"] = not operation.takes("header", "If-None-Match")
    if operation.method == "patch":
        content = operation.told["requestBody"]["content"]
        content[MERGE_PATCH] = {"schema": content[JSON]["schema"]}
