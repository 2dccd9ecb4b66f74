"""Who calls, as the gate has found out, for whatever answers the request."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from graphsvc.access.audit import Visit
from graphsvc.access.callers import Caller
from graphsvc.web.problems import Refused, request_id_of
from models.access import Right, Through


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


def told_of(request: Request) -> dict[str, Any] | None:
    """What pages are told of who calls: name, role, whether he signed in, and the proof their forms send."""
    caller = caller_of(request)
    if caller is None:
        return None
    return {
        "name": caller.name,
        "role": caller.role,
        "personal": caller.may(Right.PERSONAL),
        "door": caller.through is Through.DOOR,
        "proof": caller.proof or "",
    }


def visit_of(request: Request) -> Visit:
    """From where a request came, for the audit trail."""
    return Visit(request.client.host if request.client else None, request_id_of(request))
