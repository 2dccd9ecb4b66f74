"""Request bodies: one JSON object, read strictly."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from graphsvc.strict_json import strict_json
from graphsvc.web.problems import Refused
from models.faults import Code, Fault, InvalidInput

_TYPES = ("application/json", "application/merge-patch+json")


async def json_object(request: Request) -> dict[str, Any]:
    """The request's body as one JSON object. Raises Refused (415) and InvalidInput."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in _TYPES:
        raise Refused(415, "unsupported-media-type", "Send application/json.", "请发送 application/json。")
    try:
        value = strict_json((await request.body()).decode("utf-8"))
        if not isinstance(value, dict):
            raise ValueError("an object is wanted at the top")
    except ValueError as error:
        detail = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise InvalidInput(Fault(Code.BAD_JSON, {"detail": detail}, pointer="")) from error
    return value
