"""How answers leave: JSON or CSV, with a strong ETag, and the failures an operation declares."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel

from graphsvc.web.problems import PROBLEM_JSON

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The failures of an operation, for the OpenAPI document."""
    schema = {"type": "object", "required": ["type", "title", "status", "detail", "request_id", "errors"]}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {PROBLEM_JSON: {"schema": schema}}}
        for status in statuses
    }


def json_response(request: Request, body: Any) -> Response:
    """A JSON body with its ETag; 304 if the client has it already."""
    return tagged(request, orjson.dumps(body, option=orjson.OPT_UTC_Z), "application/json")


def answer_response(request: Request, answer: BaseModel) -> Response:
    """An answer as JSON, or its items as CSV where the client asks for text/csv."""
    if "text/csv" in request.headers.get("accept", "") and hasattr(answer, "items"):
        rows = [item.model_dump(mode="json", by_alias=True) for item in answer.items]
        return tagged(request, csv_bytes(rows), "text/csv; charset=utf-8")
    return tagged(request, answer.model_dump_json(by_alias=True).encode(), "application/json")


def tagged(request: Request, body: bytes, media_type: str) -> Response:
    """Bytes with a strong ETag made of them; 304 if the client has them already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Vary": "Accept, Accept-Language, Cookie"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def csv_bytes(rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> bytes:
    """Rows as CSV: the scalar fields in the order of the first row; no cell starts a formula."""
    out = io.StringIO()
    columns = (
        [name for name in rows[0] if not any(isinstance(row[name], list | dict) for row in rows)]
        if rows
        else []
    )
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[name]) for name in columns])
    return out.getvalue().encode()


def cell(value: Any) -> Any:
    """A value as a CSV cell: text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
