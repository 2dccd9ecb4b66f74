"""Watching: each request leaves one line in the log and its counts in the metrics; and who is at home."""

from __future__ import annotations

import ipaddress
import logging
import time

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphsvc.logs import told
from graphsvc.metrics import METHODS, Metrics
from graphsvc.web.deps import services
from graphsvc.web.notes import noted
from viz.statics import PLACE

log = logging.getLogger("graphsvc.requests")


class Watch:
    """Logs and counts what was answered to whom: the template of the route, never the address itself.

    Ids can be made of names, and queries are what people look for, so neither is told.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = sent = 0

        async def send_counted(message: Message) -> None:
            nonlocal status, sent
            status = message.get("status", status)
            sent += len(message.get("body", b""))
            await send(message)

        begun = time.perf_counter()
        try:
            with self.metrics.in_flight.track_inprogress():
                await self.app(scope, receive, send_counted)
        finally:
            self._told(scope, status, sent, time.perf_counter() - begun)

    def _told(self, scope: Scope, status: int, sent: int, seconds: float) -> None:
        notes = noted(scope)
        route = notes.route or (f"{PLACE}/{{path}}" if scope["path"].startswith(f"{PLACE}/") else "unknown")
        self.metrics.answered(scope["method"], route, status, seconds)
        if notes.standing is not None and notes.standing.over:
            self.metrics.over_quota(notes.standing.use)
        fields = told(
            request_id=scope.get("request_id"),
            method=scope["method"] if scope["method"] in METHODS else "other",
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            bytes=sent,
            user=notes.caller,
        )
        log.log(logging.INFO if 0 < status < 500 else logging.WARNING, "request", extra=fields)


def is_at_home(request: Request) -> bool:
    """Whether a request comes from this machine itself, with no proxy that others could come through."""
    if services(request).settings.behind_proxy is not None or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
