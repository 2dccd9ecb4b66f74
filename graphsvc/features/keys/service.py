"""API keys made and revoked, each with its line in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from graphsvc.access.audit import Happened, tell
from graphsvc.access.callers import Caller
from graphsvc.access.desk import Desk
from graphsvc.access.keys import ApiKey, NewKey, make_key, revoke_key
from graphsvc.access.signing import Visit
from graphsvc.errors import NotAllowed
from models.access import Audited, Through
from models.faults import InvalidInput, faults_of


async def made(desk: Desk, caller: Caller, body: Mapping[str, Any], visit: Visit) -> tuple[ApiKey, str]:
    """A key of who has signed in, and its text. Raises InvalidInput, NotAllowed for keys and open doors."""
    if caller.user is None or caller.through is not Through.SESSION:
        raise NotAllowed
    try:
        asked = NewKey.model_validate(body)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None
    key, text = await make_key(desk, caller.user, asked)
    await _tell(desk, caller.name, Audited.KEY_MADE, key, visit)
    return key, text


async def revoked(desk: Desk, actor: str, id: str, whose: str | None, visit: Visit) -> ApiKey:
    """The key ends at once. Raises NoUser where there is none, or none of `whose`."""
    key = await revoke_key(desk, id, whose)
    await _tell(desk, actor, Audited.KEY_REVOKED, key, visit)
    return key


async def _tell(desk: Desk, actor: str, act: Audited, key: ApiKey, visit: Visit) -> None:
    happened = Happened(
        actor=actor,
        act=act,
        subject=f"{key.owner}/{key.id}",
        address=visit.address,
        request_id=visit.request_id,
    )
    await tell(desk.store, happened, desk.clock())
