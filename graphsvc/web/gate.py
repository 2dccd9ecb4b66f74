"""The gate every route stands behind: who calls is found out, and whether his role has the route's right."""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import Any

from fastapi import Request

from graphsvc.access.callers import Caller, through_the_door
from graphsvc.access.keys import caller_by_key
from graphsvc.access.rights import right_for
from graphsvc.access.signing import caller_by_session
from graphsvc.errors import GraphsvcError, NotAllowed
from graphsvc.web.callers import caller_of, sign_in_wanted, told_of
from graphsvc.web.cookies import session_cookie
from graphsvc.web.deps import Services, services
from graphsvc.web.limits import count
from graphsvc.web.notes import notes_of, template_of
from graphsvc.web.problems import Refused
from graphsvc.web.watch import is_at_home
from models.access import Right
from models.privacy import FieldClass

_SAFE = ("GET", "HEAD", "OPTIONS")
PROOF_HEADER, PROOF_FIELD = "x-csrf-token", "csrf"
_FORM = "application/x-www-form-urlencoded"


async def gate(request: Request) -> None:
    """Lets a request in; `request.state.caller` is who calls.

    Raises Refused (401, 403), NotAllowed, TooManyRequests.
    """
    notes, right = notes_of(request), right_for(request.method, request.url.path)
    notes.route = template_of(request)
    if right is Right.OPEN or (right is Right.WATCH and is_at_home(request)):
        count(request, None)
        return
    caller = await who_calls(request)
    notes.caller = None if caller is None else caller.name
    count(request, caller)
    if caller is None:
        raise sign_in_wanted()
    if caller.proof is not None and request.method not in _SAFE:
        await _check_proof(request, caller.proof)
    if not caller.may(right):
        raise NotAllowed


async def who_calls(request: Request) -> Caller | None:
    """Who calls, also where no right is asked; noted as `request.state.caller`."""
    request.state.caller = caller = await _caller(request)
    return caller


async def told_to(request: Request) -> dict[str, Any] | None:
    """What a page is told of who calls, where nothing has asked yet. A failure of its own may need it."""
    if caller_of(request) is None:
        try:
            await who_calls(request)
        except GraphsvcError:
            return None
    return told_of(request)


async def _caller(request: Request) -> Caller | None:
    """Who calls; where the app tells of no dossiers, without any right to them."""
    found = services(request)
    caller = await _known(request, found)
    if caller is None or found.dossiers:
        return caller
    return replace(caller, classes=caller.classes - {FieldClass.DOSSIER})


async def _known(request: Request, found: Services) -> Caller | None:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return await caller_by_key(found.desk, key.strip())
    secret = session_cookie(request, found.settings)
    caller = None if secret is None else await caller_by_session(found.desk, secret)
    door = found.settings.open_door
    return through_the_door(door) if caller is None and door is not None else caller


async def _check_proof(request: Request, proof: str) -> None:
    """A cookie comes along whoever made the browser ask; only our own pages know the proof beside it."""
    given = request.headers.get(PROOF_HEADER, "")
    if not given and request.headers.get("content-type", "").startswith(_FORM):
        field = (await request.form()).get(PROOF_FIELD, "")
        given = field if isinstance(field, str) else ""
    if not hmac.compare_digest(given.encode(), proof.encode()):
        raise Refused(
            403,
            "proof-missing",
            "This change did not come from a page of yours; reload the page and try again.",
            "此修改并非来自您打开的页面；请刷新页面后重试。",
        )
