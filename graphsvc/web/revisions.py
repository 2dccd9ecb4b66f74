"""What has revisions, over HTTP: its ETag, the If-Match that a change wants, and its response."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import Header, Response
from pydantic import WithJsonSchema

from graphsvc.web.answers import JSON, VARY
from graphsvc.web.changes import etag_of
from graphsvc.web.problems import Refused
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the record as it was read."),
    WithJsonSchema({"type": "string", "pattern": r'^"r[0-9]{1,15}(\.[0-9a-f]{32})?"$'}),
]
_ETAG = re.compile(r'"r([0-9]{1,15})(\.[0-9a-f]{32})?"')


def expected_revision(if_match: str | None) -> int:
    """The revision that If-Match names. Raises Refused (428) without one, InvalidInput."""
    if if_match is None:
        raise Refused(
            428,
            "if-match-missing",
            "Send If-Match with the record's ETag.",
            "请在 If-Match 中给出记录的 ETag。",
        )
    found = _ETAG.fullmatch(if_match.strip())
    if not found:
        detail = Label('it is the ETag of the record, like "r3"', '应为记录的 ETag，如 "r3"')
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/header/If-Match"))
    return int(found[1])


def revised(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A record as it was written, as JSON with the ETag of its `revision`."""
    sent = {"ETag": etag_of(body["revision"]), "Vary": VARY, **(headers or {})}
    return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), status, sent, JSON)
