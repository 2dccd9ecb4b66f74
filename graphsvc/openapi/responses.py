"""What every operation can answer, from one table: the failures that follow from what it is, and headers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from graphsvc.openapi.operations import Operation
from graphsvc.web.answers import CHANGE_SET
from graphsvc.web.problems import PROBLEM_JSON
from models.access import Right, Role

_REF = "#/components/"
_TEXT = {"type": "string"}
HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": {
        "description": "The id of the request, as logs and problems name it: the client's if it sent one.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
    },
    "ETag": {
        "description": 'What the answer is now, for If-None-Match; of a record "r3" or "r3.…", for If-Match.',
        "required": True,
        "schema": {"type": "string", "pattern": '^(W/)?"[A-Za-z0-9.-]+"$'},
    },
    "Link": {
        "description": 'The address of the next page, rel="next", where one follows.',
        "schema": {"type": "string", "pattern": '^<[^>]+>; rel="next"$'},
    },
    "Location": {
        "description": "The address of what was made.",
        "required": True,
        "schema": {"type": "string", "pattern": "^/"},
    },
    CHANGE_SET: {
        "description": "The change set; POST /changesets/{id}/undo reverses it.",
        "schema": _TEXT,
    },
    "Retry-After": {
        "description": "Seconds after which to try again.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "RateLimit-Policy": {
        "description": "Name, requests and seconds of the quota.",
        "schema": _TEXT,
    },
    "RateLimit": {
        "description": "Requests left, and seconds until another one is.",
        "schema": _TEXT,
    },
    "WWW-Authenticate": {
        "description": "How to come in.",
        "required": True,
        "schema": {"type": "string", "const": "Bearer"},
    },
}
"""Every header of a response that means something to a client."""

_QUOTA = ("RateLimit-Policy", "RateLimit")
_OF_FAILURE: dict[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After", *_QUOTA),
    503: ("Retry-After",),
}


NEVER_KEPT = frozenset({"get_rules", "get_user", "get_dossier", "get_webhook"})
"""What no client keeps: the ETag is a revision for If-Match, and more than that decides what is told."""


def failing(operation: Operation) -> set[int]:
    """The failures that follow from what an operation is; others its route declares.

    421 and 403 come from the doors before the gate, 401, 403 and 429 from the gate, 503 from the store.
    """
    found = {421}
    if operation.right is not Right.OPEN:
        found |= {401, 503}
        if not operation.reads or len(operation.roles) < len(Role):
            found.add(403)
    if operation.counted:
        found.add(429)
    if operation.named or operation.takes("query", "account_id"):
        found.add(404)
    if operation.parameters or operation.has_body:
        found.add(422)
    if operation.has_body:
        found |= {413, 415}
    if operation.takes("header", "If-Match"):
        found |= {412, 428}
    if operation.writes:
        found |= {409, 507}
    return found


def answer(operation: Operation) -> None:
    """Complete the responses: every failure as a problem, 304 for what can be validated, the headers."""
    responses = operation.told["responses"]
    own = {int(status) for status in responses if not str(status).startswith("2")}
    for status, response in operation.good():
        heads = response.setdefault("headers", {})
        for name in _of_success(operation):
            heads[name] = {"$ref": f"{_REF}headers/{name}"}
        response["description"] = _SUCCESS[status]
    unchanged = {304} if tagged(operation) else set()
    for status in sorted(failing(operation) | own | unchanged):
        responses[str(status)] = {"$ref": f"{_REF}responses/{name_of(status)}"}


def _of_success(operation: Operation) -> list[str]:
    found = ["X-Request-Id"]
    if tagged(operation) or operation.id in NEVER_KEPT:
        found.append("ETag")
    if operation.reads and operation.takes("query", "cursor"):
        found.append("Link")
    if operation.counted:
        found += _QUOTA
    return found


_SUCCESS = {200: "The answer.", 201: "It was made.", 202: "It was taken on and goes on by itself."}


def tagged(operation: Operation) -> bool:
    """Whether the answer has an ETag, and If-None-Match is compared with it: all that is read but health."""
    open_or_counts = operation.right in (Right.OPEN, Right.WATCH)
    return operation.reads and not open_or_counts and operation.id not in NEVER_KEPT


def name_of(status: int) -> str:
    """What a response is called among the components: NotFound."""
    return HTTPStatus(status).phrase.title().replace(" ", "").replace("-", "")


def shared() -> dict[str, Any]:
    """The components that responses share: headers, and a response for each failure."""
    statuses = (401, 403, 404, 406, 409, 412, 413, 415, 421, 422, 428, 429, 503, 507)
    problem = {PROBLEM_JSON: {"schema": {"$ref": f"{_REF}schemas/Problem"}}}
    failures = {
        name_of(status): {
            "description": HTTPStatus(status).phrase,
            "content": problem,
            "headers": _headers("X-Request-Id", *_OF_FAILURE.get(status, ())),
        }
        for status in statuses
    }
    unchanged = {
        "description": "What If-None-Match names is still so.",
        "headers": _headers("X-Request-Id", "ETag"),
    }
    return {"headers": HEADERS, "responses": {name_of(304): unchanged, **failures}}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"{_REF}headers/{name}"} for name in names}
