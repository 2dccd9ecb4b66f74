"""The gate every route stands behind: who calls is found out, and whether his role has the route's right."""

from __future__ import annotations

from fastapi import Request

from graphsvc.access.callers import Caller, through_the_door
from graphsvc.access.rights import right_for
from graphsvc.errors import NotAllowed
from graphsvc.web.callers import sign_in_wanted
from graphsvc.web.deps import services
from models.access import Right


async def gate(request: Request) -> None:
    """Lets a request in or raises Refused (401), NotAllowed; `request.state.caller` is who calls."""
    request.state.caller = caller = await _caller(request)
    right = right_for(request.method, request.url.path)
    if right is Right.OPEN:
        return
    if caller is None:
        raise sign_in_wanted()
    if not caller.may(right):
        raise NotAllowed


async def _caller(request: Request) -> Caller | None:
    door = services(request).settings.open_door
    return None if door is None else through_the_door(door)
