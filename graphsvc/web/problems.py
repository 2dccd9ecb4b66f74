"""Errors on the wire: RFC 9457 problem details, from one table of the error tree to statuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route

from graphsvc import conflicts, errors
from graphsvc.access.far_ends import entries_as_seen, row_as_seen
from graphsvc.web.changes import entry_wire, etag_of
from graphsvc.web.language import language_of
from models.faults import Code, Fault, InvalidInput, fault_of
from viz.pages import render

PROBLEM_JSON = "application/problem+json"
TYPE_BASE = "urn:graphsvc:problem:"

_PARTS = frozenset({"path", "query", "header", "cookie"})
"""What the place of a fault begins with where it does not lie in a body."""

STATUS: Mapping[type[Exception], tuple[int, str]] = {
    errors.NotFound: (404, "not-found"),
    errors.NotAllowed: (403, "not-allowed"),
    errors.SignInRefused: (401, "sign-in-refused"),
    errors.ProviderUnavailable: (503, "provider-unavailable"),
    errors.SignInDelayed: (429, "sign-in-delayed"),
    errors.TooManyRequests: (429, "too-many-requests"),
    conflicts.Changed: (412, "stale-revision"),
    conflicts.NameTaken: (409, "name-taken"),
    conflicts.LastAdmin: (409, "last-admin"),
    conflicts.DoneBefore: (409, "done-before"),
    conflicts.UnderWay: (409, "under-way"),
    errors.StaleRevision: (412, "stale-revision"),
    errors.RulesChanged: (412, "rules-changed"),
    errors.ChangedSince: (409, "changed-since"),
    errors.PartlyUnseen: (409, "partly-unseen"),
    errors.ErasedValues: (409, "erased-values"),
    errors.Conflict: (409, "conflict"),
    errors.OutcomeUnknown: (503, "outcome-unknown"),
    errors.StoreBusy: (503, "store-busy"),
    errors.SnapshotLoading: (503, "snapshot-loading"),
    errors.StoreUnavailable: (503, "store-unavailable"),
    errors.QuestionTooLarge: (503, "question-too-large"),
    errors.NoFont: (503, "no-font"),
    errors.TooLarge: (413, "change-set-too-large"),
    errors.StorageFull: (507, "storage-full"),
    InvalidInput: (422, "invalid-input"),
}


_TO_WAIT_FOR = (errors.StoreUnavailable, errors.SignInDelayed, errors.TooManyRequests, conflicts.UnderWay)
"""What passes: it says after how many seconds to try again."""

ERROR_TITLES: Mapping[int, tuple[str, str]] = {
    401: ("Please sign in", "请登录"),
    403: ("No right to this", "没有权限"),
    404: ("Not found", "未找到"),
    422: ("This cannot be shown", "无法显示"),
    429: ("Too many requests", "请求过于频繁"),
    500: ("Something went wrong", "出错了"),
    503: ("Not available now", "暂时不可用"),
}

FRAMEWORK_DETAILS: Mapping[int, tuple[str, str]] = {
    404: ("There is nothing under this address.", "该地址下没有内容。"),
    405: ("This address does not know the method.", "该地址不支持此方法。"),
}
"""What the framework itself refuses, in both languages."""


class Refused(Exception):
    """A request that HTTP itself refuses: a status, a stable code and a sentence in each language."""

    def __init__(self, status: int, code: str, en: str, zh: str, **headers: str) -> None:
        super().__init__(en)
        self.status, self.code, self.en, self.zh = status, code, en, zh
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    faults: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """A problem+json response, or a page where a person asked for one; docs/errors.md explains each code."""
    request_id = request_id_of(request)
    if status == 401 and _wants_page(request):
        wanted = quote(f"{request.url.path}?{request.url.query}".removesuffix("?"), safe="/")
        return RedirectResponse(f"/sign-in?next={wanted}", 303)
    if _wants_page(request):
        lang = language_of(request)
        title = ERROR_TITLES.get(status, ERROR_TITLES[500])[lang == "zh"]
        page = render(
            "error.html",
            lang,
            query={},
            status=status,
            title=title,
            detail=detail,
            request_id=request_id,
            caller=getattr(request.state, "told", None),
            again=(headers or {}).get("Retry-After") if status == 503 and request.method == "GET" else None,
        )
        return Response(page, status, dict(headers or {}), "text/html; charset=utf-8")
    body = {
        "type": TYPE_BASE + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": request_id,
        "errors": faults or [],
        **(more or {}),
    }
    return Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), status, dict(headers or {}), PROBLEM_JSON)


def problem_of(error: Exception, request: Request) -> Response:
    """The response to an error of the tree, to invalid input or to a refusal."""
    lang = language_of(request)
    if isinstance(error, Refused):
        text = error.zh if lang == "zh" else error.en
        return problem(request, error.status, error.code, text, headers=error.headers)
    if isinstance(error, InvalidInput):
        return _invalid(error.faults, request)
    status, code = _status_of(error)
    known = error if isinstance(error, errors.GraphsvcError) else errors.GraphsvcError()
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    if isinstance(error, _TO_WAIT_FOR):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.StaleRevision) and error.current:
        more["current"] = {**error.current.body, "revision": error.current.revision}
        headers["ETag"] = etag_of(error.current.revision)
    if isinstance(error, conflicts.Changed):
        more["current"] = dict(error.current)
        headers["ETag"] = etag_of(error.current["revision"])
    if isinstance(error, conflicts.DoneBefore):
        more["made"] = dict(error.made)
    faults: list[dict[str, Any]] = []
    if isinstance(error, errors.ChangedSince):
        more["later"] = [entry_wire(entry) for entry in error.later]
        faults = _rows(error.faults, lang)
    text = known.zh if lang == "zh" else known.en
    return problem(request, status, code, text, faults=faults, headers=headers, more=more)


def _status_of(error: Exception) -> tuple[int, str]:
    found = (STATUS.get(kind) for kind in type(error).__mro__)
    return next(filter(None, found), (500, "internal-error"))


def code_of(error: Exception) -> str:
    """The stable code of an error, as `docs/errors.md` explains it."""
    return _status_of(error)[1]


def _invalid(faults: tuple[Fault, ...], request: Request) -> Response:
    lang = language_of(request)
    faults = tuple(_placed(fault, request) for fault in faults)
    rows = _rows(faults, lang)
    detail = rows[0]["message"] if len(rows) == 1 else _count(len(rows), lang)
    status, code = 422, "invalid-input"
    if any(_is_address(fault) for fault in faults):
        status, code = STATUS[errors.NotFound]
    return problem(request, status, code, str(detail), faults=rows)


def _placed(fault: Fault, request: Request) -> Fault:
    """A fault of a question that was read: it knows its name, and here is known where that stood."""
    name = (fault.pointer or "").removeprefix("/")
    if request.method not in ("GET", "HEAD") or not name or name.partition("/")[0] in _PARTS:
        return fault
    part = "path" if name in request.path_params else "query"
    return replace(fault, pointer=f"/{part}/{name}")


def _is_address(fault: Fault) -> bool:
    """Whether a record that the address names is not there: then there is nothing under the address."""
    return fault.code is Code.UNKNOWN_RECORD and (fault.pointer or "").startswith("/path/")


def _rows(faults: tuple[Fault, ...], lang: str) -> list[dict[str, Any]]:
    return [
        {
            key: value
            for key, value in (
                ("pointer", fault.pointer),
                ("file", fault.file),
                ("row", fault.row),
                ("column", fault.column),
                ("code", str(fault.code)),
                ("message", fault.message(lang)),
            )
            if value is not None
        }
        for fault in faults
    ]


def _count(number: int, lang: str) -> str:
    return f"共有 {number} 处错误。" if lang == "zh" else f"{number} things are wrong."


async def _as_seen(error: Exception, request: Request) -> Exception:
    """The error without ids of far ends that who asks may not see."""
    if not isinstance(error, errors.StaleRevision | errors.ChangedSince):
        return error
    store, scope = request.app.state.services.store, request.state.caller.scope
    if isinstance(error, errors.ChangedSince):
        later = await entries_as_seen(store, scope, error.later)
        return errors.ChangedSince(error.keys, tuple(later), error.faults)
    current = error.current and await row_as_seen(store, scope, error.current)
    return errors.StaleRevision(error.kind, error.id, error.expected, current)


def install(app: FastAPI, told_to: Callable[[Request], Awaitable[dict[str, Any] | None]]) -> None:
    """Every failure of the app as problem+json, or as a page; `told_to` says to whom."""

    async def told(request: Request) -> None:
        if _wants_page(request):
            request.state.told = await told_to(request)

    async def known(request: Request, error: Exception) -> Response:
        await told(request)
        return problem_of(await _as_seen(error, request), request)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        await told(request)
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        en, zh = FRAMEWORK_DETAILS.get(error.status_code, (str(error.detail), ERROR_TITLES[500][1]))
        detail = zh if language_of(request) == "zh" else en
        headers = error.headers
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers = {"Allow": ", ".join(_methods(request))}
        return problem(request, error.status_code, code, detail, headers=headers)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        await told(request)
        faults = tuple(fault_of(detail) for detail in error.errors())
        return _invalid(faults, request)

    for kind in (errors.GraphsvcError, InvalidInput, Refused):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def _methods(request: Request) -> list[str]:
    """Every method that some route knows at the address of a request. O(routes)."""
    fitting = (
        route
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
    )
    return sorted({method for route in fitting for method in route.methods or ()})


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def request_id_of(request: Request) -> str:
    """The id the middleware gave this request."""
    return str(request.scope.get("request_id", ""))
