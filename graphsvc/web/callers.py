"""Who calls, as the gate has found out, for whatever answers the request."""

from __future__ import annotations

from fastapi import Request

from graphsvc.access.callers import Caller
from graphsvc.web.problems import Refused


def caller_of(request: Request) -> Caller | None:
    """Who calls; None where nobody is known."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


def known_caller(request: Request) -> Caller:
    """Who calls. Raises Refused (401) where nobody is known."""
    caller = caller_of(request)
    if caller is None:
        raise sign_in_wanted()
    return caller


def sign_in_wanted() -> Refused:
    """The refusal of who is not known."""
    return Refused(
        401,
        "sign-in-wanted",
        "Sign in, or send an API key.",
        "请登录，或提供 API 密钥。",
        WWW_Authenticate="Bearer",
    )
