"""Rate limits on the wire: who is counted, and the headers that tell what is left."""

from __future__ import annotations

import ipaddress

from fastapi import Request

from graphsvc.access.callers import Caller
from graphsvc.access.quotas import WINDOW_S, Standing, use_of
from graphsvc.errors import TooManyRequests
from graphsvc.web.deps import services
from graphsvc.web.notes import notes_of

_SUBNET = 64
"""Bits of an IPv6 address that tell whose it is: one household has all the others."""


def count(request: Request, caller: Caller | None) -> None:
    """Count a request for its user, key or address. Raises TooManyRequests.

    Behind an open door one person sits at his own machine: nothing is counted.
    """
    found, use = services(request), use_of(request.method, request.url.path)
    if use is None or found.settings.open_door is not None:
        return
    standing = found.quotas.count(use, _whose(request, caller))
    notes_of(request).standing = standing
    if standing is not None and standing.over:
        raise TooManyRequests(standing.wait_s)


def _whose(request: Request, caller: Caller | None) -> str:
    if caller is None:
        return f"from {_network(request.client.host if request.client else '')}"
    return f"key {caller.key}" if caller.key else f"user {caller.name}"


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, _SUBNET), strict=False)) if found.version == 6 else address


def limit_headers(standing: Standing) -> dict[str, str]:
    """The headers of draft-ietf-httpapi-ratelimit-headers-10: quota and window, requests left and seconds."""
    return {
        "RateLimit-Policy": f'"{standing.use}";q={standing.most};w={WINDOW_S}',
        "RateLimit": f'"{standing.use}";r={standing.left};t={standing.wait_s}',
    }
