"""API keys made and revoked, each with its line in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.callers import Caller
from graphsvc.access.desk import Desk
from graphsvc.access.keys import ApiKey, NewKey, make_key, revoke_key
from graphsvc.access.once import once
from graphsvc.access.users import User
from graphsvc.errors import NotAllowed
from models.access import Audited, Through
from models.faults import sent


async def made(
    desk: Desk, caller: Caller, body: Mapping[str, Any], visit: Visit, key: str | None = None
) -> tuple[ApiKey, str]:
    """A key of who has signed in, and its text; sent again with an Idempotency-Key `key`, DoneBefore.

    Raises InvalidInput, NotAllowed for keys and open doors.
    """
    if caller.user is None or caller.through is not Through.SESSION:
        raise NotAllowed
    return await made_for(desk, caller.name, caller.user, sent(NewKey, body), visit, key)


async def made_for(
    desk: Desk, actor: str, owner: User, asked: NewKey, visit: Visit, key: str | None = None
) -> tuple[ApiKey, str]:
    """A key of a user, and its text. Raises NotAllowed (role too high), DoneBefore."""
    async with once(desk, actor, key, "create_api_key", asked.model_dump(mode="json")) as claim:
        claim.refuse_again()
        fresh, text = await make_key(desk, owner, asked, claim)
    await tell_of(desk, visit, actor, Audited.KEY_MADE, _subject(fresh))
    return fresh, text


async def revoked(desk: Desk, actor: str, id: str, whose: str | None, visit: Visit) -> ApiKey:
    """The key ends at once. Raises NoUser where there is none, or none of `whose`."""
    key = await revoke_key(desk, id, whose)
    await tell_of(desk, visit, actor, Audited.KEY_REVOKED, _subject(key))
    return key


def _subject(key: ApiKey) -> str:
    return f"{key.owner}/{key.id}"
