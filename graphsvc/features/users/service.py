"""Users added, changed and invited, each with its line in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.desk import Desk
from graphsvc.access.links import make_link
from graphsvc.access.once import once
from graphsvc.access.sessions import close_sessions
from graphsvc.access.users import User, UserFields, UserName, add_user, change_user, find_user
from graphsvc.errors import NoUser
from models.access import Audited
from models.faults import InvalidInput, faults_of, sent


class NewUser(UserFields):
    """A user to be added."""

    name: UserName


class Invited(BaseModel):
    """A one-time link; it is told once."""

    model_config = ConfigDict(frozen=True)

    name: str
    link: str


async def user_named(desk: Desk, name: str) -> User:
    """A user. Raises NoUser."""
    user = await find_user(desk.store, name)
    if user is None:
        raise NoUser(name)
    return user


async def added(
    desk: Desk, actor: str, body: Mapping[str, Any], visit: Visit, key: str | None = None
) -> tuple[User, Invited]:
    """A new user and the link by which he chooses a password; sent again with a `key`, DoneBefore.

    Raises InvalidInput, NameTaken, NotFound.
    """
    asked = sent(NewUser, body)
    fields = UserFields.model_validate(asked.model_dump(exclude={"name"}))
    async with once(desk, actor, key, "create_user", body) as claim:
        claim.refuse_again()
        user = await add_user(desk.store, asked.name, fields, desk.clock(), claim)
    await tell_of(desk, visit, actor, Audited.USER_ADDED, user.name, _words(user))
    return user, await invited(desk, actor, user.name, visit)


async def changed(
    desk: Desk, actor: str, name: str, patch: Mapping[str, Any], expected: int, visit: Visit
) -> User:
    """A user changed by a merge patch. Who is switched off is signed out.

    Raises InvalidInput, NoUser, UserChanged, LastAdmin, NotFound.
    """
    try:
        user = await change_user(desk.store, name, patch, expected)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None
    if not user.active:
        await close_sessions(desk, user.name)
    await tell_of(desk, visit, actor, Audited.USER_CHANGED, user.name, _words(user))
    return user


async def invited(desk: Desk, actor: str, name: str, visit: Visit, key: str | None = None) -> Invited:
    """A one-time link for a user, in place of older ones. Raises NoUser, DoneBefore where `key` was sent."""
    async with once(desk, actor, key, "invite_user", name) as claim:
        claim.refuse_again()
        secret = await make_link(desk, name, claim)
    await tell_of(desk, visit, actor, Audited.USER_INVITED, name)
    return Invited(name=name, link=f"/set-up/{secret}")


def _words(user: User) -> str:
    """What the rights of a user are now, for the trail."""
    said = user.model_dump(mode="json", exclude={"name", "revision", "created_at", "language"})
    return " ".join(f"{name}={value}" for name, value in said.items() if value not in (None, False, []))
