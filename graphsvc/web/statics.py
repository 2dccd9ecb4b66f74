"""Scripts and styles over HTTP: read once, packed once, and kept by browsers for good."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type

from fastapi import HTTPException, Response
from starlette.requests import Request
from starlette.routing import Route

from graphsvc.web.answers import has_already
from viz.statics import PLACE, contents, revision

__all__ = ["STATICS"]

_NAMED = re.compile(r"(?:([0-9a-f]{16})/)?(.+)")
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _File:
    plain: bytes
    packed: bytes
    kind: str
    tag: str


async def _answer(request: Request) -> Response:
    """A file of the pages, by name or below a revision (`viz.statics`); 304 for who has it.

    A page that was opened before the service was renewed names an old revision: it is given the file of
    today, to be asked for again next time, as is who names none. Raises HTTPException (404).
    """
    named = _NAMED.fullmatch(request.path_params["path"])
    if not named or named[2] not in contents():
        raise HTTPException(404)
    file = _file(named[2])
    packed = "gzip" in request.headers.get("accept-encoding", "") and len(file.packed) < len(file.plain)
    tag = f'"{file.tag}{"-gzip" if packed else ""}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding"}
    if named[1] == revision():
        headers["Cache-Control"] = _FOR_GOOD
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(file.packed if packed else file.plain, headers=headers, media_type=file.kind)


STATICS = Route(f"{PLACE}/{{path:path}}", _answer, methods=["GET"])


@cache
def _file(name: str) -> _File:
    plain = contents()[name]
    kind = guess_type(name)[0] or "application/octet-stream"
    return _File(plain, gzip.compress(plain, mtime=0), kind, hashlib.sha256(plain).hexdigest()[:16])
