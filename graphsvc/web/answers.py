"""How answers leave: JSON or CSV, with a strong ETag, and the failures an operation declares."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel

from graphsvc.formulas import guarded
from graphsvc.web.deps import scope, services
from graphsvc.web.expanding import EXPAND, EXTERNAL_IDS, with_external_ids
from graphsvc.web.problems import PROBLEM_JSON
from models.findings.base import Answer

JSON, CSV = "application/json", "text/csv"
AS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
"""The other form of an answer, for the OpenAPI document."""
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457); docs/errors.md explains each type.",
    "required": ["type", "title", "status", "detail", "request_id", "errors"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "request_id")},
        "status": {"type": "integer"},
        "current": {
            "type": "object",
            "description": "The record as it stands, if it was changed.",
        },
        "made": {
            "type": "object",
            "description": "What the same request made before, by its id or name; no secret of it.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {
                    **{name: {"type": "string"} for name in ("code", "message", "pointer", "file", "column")},
                    "row": {"type": "integer"},
                },
            },
        },
    },
}


VARY = "Accept, Accept-Language, Authorization, Cookie"
"""What an answer depends on beside its address."""
CHANGE_SET = "Change-Set"
"""The header that names the change set of a write."""


def heads(*names: str) -> dict[str, Any]:
    """The headers of a response beside those of every one, for the OpenAPI document: ETag, Location."""
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The failures of an operation beside those that follow from what it is (`openapi.responses`)."""
    problem = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": problem} for status in statuses}


def json_response(request: Request, body: Any, revision: int | None = None) -> Response:
    """A JSON body with its ETag; 304 if the client has it already."""
    return tagged(request, orjson.dumps(body, option=orjson.OPT_UTC_Z), JSON, revision)


async def list_response(
    request: Request,
    body: Mapping[str, Any],
    columns: Sequence[str],
    follows: bool = True,
    revision: int | None = None,
) -> Response:
    """A page of a list: JSON, or its items as CSV where the client prefers text/csv. Made in a thread.

    `body` has `items` and, where more follow, `next_cursor`, whose address becomes a Link unless nothing
    `follows` yet.
    """

    def made() -> Response:
        if not prefers_csv(request.headers.get("accept", "")):
            return json_response(request, body, revision)
        items = orjson.loads(orjson.dumps(body["items"], option=orjson.OPT_UTC_Z))
        return tagged(request, csv_table(columns, items), "text/csv; charset=utf-8", revision)

    return linked(request, await asyncio.to_thread(made), body.get("next_cursor") if follows else None)


async def large_json_response(request: Request, body: Any) -> Response:
    """The same for a body of any size: written and hashed in a thread."""
    return await asyncio.to_thread(json_response, request, body)


async def answer_response(request: Request, answer: BaseModel) -> Response:
    """An answer as JSON, or its items as CSV where the client prefers text/csv. Written in a thread."""
    if isinstance(answer, Answer):
        if EXPAND in request.query_params:
            return await _expanded(request, answer)
        body: Callable[[], bytes] = partial(_json, answer)
        kind = JSON
        if prefers_csv(request.headers.get("accept", "")):
            body, kind = partial(csv_bytes, answer), "text/csv; charset=utf-8"
        response = tagged(request, await asyncio.to_thread(body), kind)
        return linked(request, response, answer.next_cursor)
    return tagged(request, await asyncio.to_thread(_json, answer), JSON)


async def _expanded(request: Request, answer: Answer[Any]) -> Response:
    """An answer whose items tell external ids; as CSV they are its last column, as JSON text."""
    body, seen = await json_body(answer), await scope(request)
    body["items"] = await with_external_ids(services(request).store, seen, body["items"])
    return await list_response(request, body, [*columns_of(type(answer)), EXTERNAL_IDS])


async def json_body(answer: BaseModel) -> dict[str, Any]:
    """An answer as JSON values. Made in a thread."""
    body: dict[str, Any] = await asyncio.to_thread(lambda: orjson.loads(_json(answer)))
    return body


def _json(answer: BaseModel) -> bytes:
    return answer.model_dump_json(by_alias=True).encode()


def prefers_csv(accept: str) -> bool:
    """Whether an Accept header would rather have text/csv than application/json."""
    return preferred(accept, (JSON, CSV)) == CSV


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of those offered that an Accept header likes best; None if it takes none of them.

    By RFC 9110 §12.5.1: the range that says most of a type tells its weight. Of two alike the one that is
    named before one that is only meant by a `*`, then the first offered; without a header the first.
    """
    if not accept.strip():
        return offered[0]
    weights = dict(map(_weighed, accept.split(",")))

    def liking(kind: str) -> tuple[float, int]:
        ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
        told = next((place for place, name in enumerate(ranges) if name in weights), None)
        return (0.0, 0) if told is None else (weights[ranges[told]], -told)

    best = max(offered, key=liking)
    return best if liking(best)[0] > 0 else None


def _weighed(part: str) -> tuple[str, float]:
    """A range of an Accept header and its weight; 0 where that cannot be read."""
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    try:
        return kind, float(next((text[2:] for text in parameters if text.startswith("q=")), "1"))
    except ValueError:
        return kind, 0.0


def linked(request: Request, response: Response, cursor: str | None) -> Response:
    """The response with the address of the next page, if there is one."""
    if cursor is not None:
        following = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return response


def tagged(request: Request, body: bytes, media_type: str, revision: int | None = None) -> Response:
    """Bytes with a strong ETag made of them; 304 if the client has them already.

    The tag of what can be changed begins with its `revision`, for If-Match.
    """
    digest = hashlib.sha256(body).hexdigest()[:32]
    etag = f'"{digest}"' if revision is None else f'"r{revision}.{digest}"'
    headers = {"ETag": etag, "Vary": VARY}
    if has_already(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def exported(request: Request, document: Mapping[str, Any], lasting: Mapping[str, Any]) -> Response:
    """A document with a weak ETag of what is `lasting` in it; 304 if the client has that already."""
    etag = f'W/"{hashlib.sha256(orjson.dumps(lasting, option=orjson.OPT_UTC_Z)).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Vary": VARY}
    if has_already(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(document, option=orjson.OPT_UTC_Z), 200, headers, JSON)


def has_already(request: Request, etag: str) -> bool:
    """Whether If-None-Match names the ETag: alone, in a list, as a weak one, or by "*" (RFC 9110 §13.1.2).

    Only of what is read: a change is told as made, whatever it is compared with.
    """
    if request.method != "GET":
        return False
    given = request.headers.get("if-none-match", "")
    known = (part.strip().removeprefix("W/") for part in given.split(","))
    return given.strip() == "*" or etag.removeprefix("W/") in known


def csv_bytes(answer: Answer[Any]) -> bytes:
    """The items of an answer as CSV."""
    columns = columns_of(type(answer))
    return csv_table(columns, (item.model_dump(mode="json", include=set(columns)) for item in answer.items))


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, headed: bool = True) -> bytes:
    """Rows as CSV, under the names of the columns unless they go on a table; no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if headed:
        writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode()


@cache
def columns_of(page: type[BaseModel]) -> Sequence[str]:
    """The columns of a list or an answer as CSV: the fields of its items that hold one value each."""
    (item,) = typing.get_args(page.model_fields["items"].annotation)
    return scalar_fields(item)


@cache
def scalar_fields(item: type[BaseModel]) -> Sequence[str]:
    """The fields of a model that hold one value each, in its order."""
    return [info.alias or name for name, info in item.model_fields.items() if _is_scalar(info.annotation)]


def _is_scalar(annotation: Any) -> bool:
    if isinstance(annotation, type) and typing.get_origin(annotation) is None:
        return not issubclass(annotation, BaseModel | list | dict | tuple)
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _is_scalar(parts[0])
    return origin is typing.Literal or (
        origin in (types.UnionType, typing.Union) and all(map(_is_scalar, parts))
    )


def cell(value: Any) -> Any:
    """A value as a CSV cell: text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return guarded(value) if isinstance(value, str) else value
