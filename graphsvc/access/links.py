"""One-time links: by one the first administrator is made, by others a user chooses a password.

There is no default password, and no administrator ever knows another one's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pydantic import TypeAdapter, ValidationError

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.desk import Desk, fresh_secret
from graphsvc.access.once import Claim
from graphsvc.access.passwords import password_thing
from graphsvc.access.sessions import close_sessions
from graphsvc.access.users import User, UserFields, UserName, add_user, find_user, users
from graphsvc.conflicts import KeptSince, NameTaken
from graphsvc.errors import NoUser
from graphsvc.stores.keeping import Kept
from models.access import Audited, Role
from models.faults import InvalidInput, faults_of

LINKS = "set-up"
"""The area of what is kept; the owner is the user, "" for who will be the first administrator."""
FIRST = ""
FIRST_USER = UserFields.model_validate({"role": Role.ADMIN, "dossiers": True})
LIVES = timedelta(hours=24)


async def first_link(desk: Desk) -> str | None:
    """The secret of the link that makes the first administrator; None where there are users."""
    if await users(desk.store):
        return None
    return await make_link(desk, FIRST)


async def make_link(desk: Desk, name: str, claim: Claim | None = None) -> str:
    """The secret of a link by which a user chooses a password; his older ones end. Raises NoUser."""
    whose = FIRST if name == FIRST else (await _active(desk, name)).name
    old = [(LINKS, thing.key) for thing in await desk.store.kept_in(LINKS, owner=whose)]
    secret = fresh_secret()
    link = Kept(LINKS, desk.digest(LINKS, secret), whose, {}, desk.clock() + LIVES)
    await (claim or Claim(desk.store)).keep([(link, None)], {"name": whose}, old)
    return secret


async def whose_link(desk: Desk, secret: str) -> str:
    """The user's name, "" for the first administrator. Raises NoUser if the link is not there any more."""
    return (await _live(desk, secret)).owner


async def use_link(desk: Desk, secret: str, name: str, password: str, visit: Visit) -> User:
    """Choose a password; with the first link, the name as well. The link ends, and all sessions of the user.

    All or nothing, and of two at once one succeeds. Raises NoUser, InvalidInput.
    """
    now, link = desk.clock(), await _live(desk, secret)
    whose = link.owner
    if whose != FIRST:
        name = whose
    try:
        first = TypeAdapter(UserName).validate_python(name)
    except ValidationError as error:
        faults = (replace(fault, pointer="/name") for fault in faults_of(error))
        raise InvalidInput(*faults) from None
    used = replace(link, expires=now)
    chosen = ((await password_thing(first, password, now), None), (used, link.version))
    try:
        if whose == FIRST:
            user = await add_user(desk.store, first, FIRST_USER, now, beside=chosen)
        else:
            user = await _active(desk, whose)
            await desk.store.keep_all(chosen)
    except (KeptSince, NameTaken):  # somebody else used it at the same moment
        raise NoUser("?") from None
    await close_sessions(desk, user.name)
    if whose == FIRST:
        await tell_of(desk, visit, user.name, Audited.USER_ADDED, user.name)
    await tell_of(desk, visit, user.name, Audited.PASSWORD_SET, user.name)
    return user


async def _live(desk: Desk, secret: str) -> Kept:
    """What is kept of a link. Raises NoUser if it has run out or was used, or makes nobody's first user."""
    thing = await desk.store.kept(LINKS, desk.digest(LINKS, secret))
    if thing is None or not thing.live(desk.clock()):
        raise NoUser("?")
    if thing.owner == FIRST and await users(desk.store):
        raise NoUser("?")
    return thing


async def _active(desk: Desk, name: str) -> User:
    user = await find_user(desk.store, name)
    if user is None or not user.active:
        raise NoUser(name)
    return user
