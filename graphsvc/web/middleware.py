"""Pure ASGI middleware: request id, safe headers, local requests only, body limit, deadline, last error."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from graphsvc.errors import OutcomeUnknown, StoreUnavailable
from graphsvc.web.limits import limit_headers
from graphsvc.web.notes import begin_notes
from graphsvc.web.problems import Refused, problem_of

log = logging.getLogger("graphsvc.web")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
SAFE_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TLS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
"""Of this name alone: what else lies under the domain is not ours to say."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Manners:
    """Gives each request an id, each response the safe headers; whatever still fails becomes a problem.

    Where the caller was counted, the response tells what is left of his quota. With `tls_only` browsers are
    told never to come without TLS again.
    """

    def __init__(self, app: ASGIApp, tls_only: bool = False) -> None:
        self.app = app
        self.safe = {**SAFE_HEADERS, **(TLS_ONLY if tls_only else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        scope["request_id"] = given if _REQUEST_ID.fullmatch(given) else str(uuid7())
        notes, started = begin_notes(scope), False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = scope["request_id"]
                for name, value in self.safe.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
                if notes.standing is not None:
                    headers.update(limit_headers(notes.standing))
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if started:
                raise
            if not isinstance(error, Refused | StoreUnavailable):
                log.exception("request %s failed", scope["request_id"])
            response = problem_of(error, Request(scope))
            await response(scope, receive, send_with_headers)


class HeadAsGet:
    """Answers HEAD as GET is answered, without the body, wherever there is a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)


class LocalOnly:
    """Lets in only requests to this machine's own names, and writes only from its own pages or tools.

    This keeps other web sites from reaching the service through the user's browser. With `any_name`, where
    others reach the service and nobody comes in without signing in, it may be called by any name.
    """

    def __init__(self, app: ASGIApp, any_name: bool = False) -> None:
        self.app, self.any_name = app, any_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if not self.any_name and _hostname(f"//{headers.get('host', '')}") not in _LOCAL_NAMES:
                raise Refused(
                    421,
                    "foreign-host",
                    "This service answers only under localhost, 127.0.0.1 or [::1].",
                    "本服务仅在 localhost、127.0.0.1 或 [::1] 下应答。",
                )
            if scope["method"] not in _SAFE_METHODS and not _same_origin(headers):
                raise Refused(
                    403,
                    "foreign-origin",
                    "A page of another site may not write here.",
                    "不允许其他网站的页面写入。",
                )
        await self.app(scope, receive, send)


def _same_origin(headers: Headers) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or _netloc(origin) == headers.get("host")


def _netloc(url: str) -> str | None:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


class BodyLimit:
    """Refuses bodies over `most_bytes`, or over what `uploads` says of a path."""

    def __init__(self, app: ASGIApp, most_bytes: int, uploads: Mapping[str, int]) -> None:
        self.app, self.most_bytes, self.uploads = app, most_bytes, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.uploads.get(scope["path"], self.most_bytes)
        too_large = Refused(
            413, "too-large", f"The body is over {limit} bytes.", f"请求内容超过 {limit} 字节。"
        )
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or len(declared) > 15 or int(declared) > limit:
            raise too_large
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise too_large
            return message

        await self.app(scope, receive_counted, send)


class Deadline:
    """No request waits longer than `seconds` for its answer to begin, but for uploads to these paths.

    Under a path that ends in a slash nothing has a deadline here, nor what is read at one of `storeless`;
    the store's own hold.

    A write that is cut off here may still be carried out: its outcome is unknown.
    """

    def __init__(
        self, app: ASGIApp, seconds: float, uploads: Collection[str], storeless: Collection[str] = ()
    ) -> None:
        self.app, self.seconds, self.uploads, self.storeless = app, seconds, uploads, storeless

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_long(scope):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.seconds) as timer:

                async def send_in_time(message: Message) -> None:
                    timer.reschedule(None)
                    await send(message)

                await self.app(scope, receive, send_in_time)
        except TimeoutError as error:
            late = StoreUnavailable if scope["method"] in _SAFE_METHODS else OutcomeUnknown
            raise late from error

    def _is_long(self, scope: Scope) -> bool:
        path = scope["path"]
        under = any(path.startswith(place) for place in self.uploads if place.endswith("/"))
        exact = self.uploads if scope["method"] == "POST" else self.storeless
        return under or path in exact
