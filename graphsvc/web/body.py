"""Request bodies: one JSON object, read strictly."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request

from graphsvc.strict_json import strict_json
from graphsvc.web.problems import Refused
from models.faults import Code, Fault, InvalidInput
from models.fields import Label, Unfit

MERGE_PATCH = "application/merge-patch+json"
_TYPES = ("application/json", MERGE_PATCH)
LARGE = 50_000
"""Bytes from which reading or writing JSON is worth a thread: about a millisecond."""
_NO_OBJECT = Label("an object is wanted at the top", "最外层应为对象")


async def json_object(request: Request) -> dict[str, Any]:
    """The request's body as one JSON object. Raises Refused (415) and InvalidInput."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in _TYPES:
        raise Refused(415, "unsupported-media-type", "Send application/json.", "请发送 application/json。")
    try:
        body = await request.body()
        value = _read(body) if len(body) < LARGE else await asyncio.to_thread(_read, body)
    except Unfit as error:
        raise InvalidInput(Fault(Code.BAD_JSON, {"detail": error.label}, pointer="")) from error
    if not isinstance(value, dict):
        raise InvalidInput(Fault(Code.BAD_JSON, {"detail": _NO_OBJECT}, pointer=""))
    return value


def _read(body: bytes) -> Any:
    try:
        return strict_json(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unfit("it is not UTF-8", "不是 UTF-8 编码") from error
