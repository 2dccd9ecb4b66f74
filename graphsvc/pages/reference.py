"""The reference of the API as a page, made of the OpenAPI document: offline, and never another than that."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from graphsvc.pages.table import everywhere, open_to
from graphsvc.web.callers import told_of
from graphsvc.web.deps import LangDep
from graphsvc.web.gate import who_calls
from models.access import Role
from models.kinds import OPEN_SPECS
from viz.labels import label
from viz.pages import render

router = APIRouter(include_in_schema=False)
_REF = "#/components/schemas/"
_METHODS = ("get", "post", "put", "patch", "delete")
ANSWERS = "answers"
_DEEP = 4
"""How far down a sample body is made."""
_SAMPLES: Mapping[str, Any] = {"integer": 1, "number": 0.5, "boolean": True, "null": None}
_FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00Z", "binary": "people.csv"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an operation may be told in its address or head."""

    name: str
    place: str
    needed: bool
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `body` and `answer` name schemas, `curl` is how to ask it."""

    id: str
    method: str
    path: str
    says: str
    parameters: Sequence[Parameter]
    body: str | None
    answer: str | None
    statuses: Sequence[str]
    roles: Sequence[str]
    curl: str


@dataclass(slots=True)
class Group:
    """The operations of one subject."""

    name: str
    operations: list[Operation] = field(default_factory=list)


@router.get("/docs")
async def reference_page(request: Request, lang: LangDep) -> Response:
    """The reference of the API."""
    caller = await who_calls(request)
    groups = await asyncio.to_thread(lambda: groups_of(request.app.openapi()))
    text = await asyncio.to_thread(
        render,
        "reference.html",
        lang,
        here="docs",
        accounts={},
        caller=caller and told_of(request),
        everywhere=open_to(caller.role, everywhere(lang)) if caller else (),
        query={name: value for name, value in request.query_params.items() if value},
        groups=groups,
        roles={str(role): role.zh if lang == "zh" else role.en for role in Role},
        labels={spec.plural: label(spec.kind, lang) for spec in OPEN_SPECS},
    )
    return HTMLResponse(text, headers={"Vary": "Accept-Language, Cookie"})


def groups_of(document: Mapping[str, Any]) -> list[Group]:
    """The operations of a document by their first tag, answers first, else as the document has them."""
    groups: dict[str, Group] = {}
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                told = methods[method]
                name = told.get("tags", ["other"])[0]
                groups.setdefault(name, Group(name)).operations.append(
                    _operation(document, path, method, told)
                )
    return sorted(
        groups.values(), key=lambda group: (group.name != "answers", group.name.startswith("edges/"))
    )


def _operation(document: Mapping[str, Any], path: str, method: str, told: Mapping[str, Any]) -> Operation:
    parameters = [_parameter(one) for one in told.get("parameters", ())]
    media, body = _content(told.get("requestBody", {}))
    good = min(status for status in told["responses"] if status.startswith("2"))
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        says=told.get("description") or told["summary"],
        parameters=parameters,
        body=_name(body),
        answer=_name(_content(told["responses"][good])[1]),
        statuses=sorted(told["responses"]),
        roles=told.get("x-roles", ()),
        curl=" \\\n  ".join(_curl(document, path, method, parameters, media, body)),
    )


def _parameter(one: Mapping[str, Any]) -> Parameter:
    schema = one["schema"]
    return Parameter(
        one["name"], one["in"], one.get("required", False), _kind(schema), one.get("description") or ""
    )


def _content(part: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    for media, told in part.get("content", {}).items():
        return media, told.get("schema", {})
    return None, {}


def _name(schema: Mapping[str, Any]) -> str | None:
    ref: str | None = schema.get("$ref")
    return ref.removeprefix(_REF) if ref else None


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: its type, its values, its bounds."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if options:
        return " | ".join(map(_kind, options))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    kind = schema.get("format") or schema.get("type") or _name(schema) or "any"
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return f"{kind} {'…'.join(bounds)}" if bounds else str(kind)


def _curl(
    document: Mapping[str, Any],
    path: str,
    method: str,
    parameters: Sequence[Parameter],
    media: str | None,
    body: Mapping[str, Any],
) -> Iterator[str]:
    needed = [one for one in parameters if one.needed and one.place == "query"]
    query = "?" + "&".join(f"{one.name}={{{one.name}}}" for one in needed) if needed else ""
    verb = "" if method == "get" else f" -X {method.upper()}"
    yield f"curl{verb} 'http://127.0.0.1:8000{path}{query}'"
    if any(one.name.lower() == "if-match" for one in parameters):
        yield "-H 'If-Match: \"r1\"'"
    if media == "multipart/form-data":
        yield "-F 'files=@people.csv' -F 'account=ACME'"
    elif media is not None:
        yield f"-H 'Content-Type: {media}'"
        yield f"-d '{json.dumps(sample(document, body), ensure_ascii=False)}'"


def sample(document: Mapping[str, Any], schema: Mapping[str, Any], name: str = "text", depth: int = 0) -> Any:
    """A value that a schema allows: what is required and nothing else; texts say their `name`. O(fields)."""
    if "$ref" in schema:
        told = document["components"]["schemas"][schema["$ref"].removeprefix(_REF)]
        return sample(document, told, name, depth)
    for fixed in ("const", "default"):
        if schema.get(fixed) is not None:
            return schema[fixed]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if schema.get(choice):
            return sample(document, schema[choice][0], name, depth)
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {}) if depth < _DEEP else {}
        needed = schema.get("required", ())
        return {key: sample(document, told, key, depth + 1) for key, told in fields.items() if key in needed}
    if kind == "array":
        return [sample(document, schema["items"], name, depth + 1)] if schema.get("minItems") else []
    if kind == "string":
        return _FORMATS.get(schema.get("format", ""), name.removesuffix("_id"))
    least = schema.get("minimum")
    return _SAMPLES.get(kind or "", {}) if least is None else least
