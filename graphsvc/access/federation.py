"""Signing in with the firm's identity provider: there and back, and whose sign-in it is here.

The way there has a state that is good once, and a secret of the browser in a cookie: nonce and PKCE verifier
are made of it, and it is in no address. So nobody comes in by another one's way, or by one he was sent.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.desk import Desk, fresh_secret
from graphsvc.access.provider import Provider
from graphsvc.access.sessions import Session, close_session, close_sessions, open_session
from graphsvc.access.users import User, UserFields, UserName, add_user, change_whoever_else, find_user
from graphsvc.conflicts import NameTaken
from graphsvc.errors import IdentityRefused
from graphsvc.stores.keeping import Kept
from models.access import Audited, Role

WAYS, IDENTITIES = "sign-in-way", "identity"
"""Areas of what is kept: ways there that nobody has come back from, and users by issuer and subject."""
LIVES = timedelta(minutes=10)
_ROLES = tuple(Role)
_BY_HAND = "by hand"
"""Whose role no group brought: an administrator made him, and decides."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where the browser is sent, and the secret it keeps until it is back."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """What the browser comes back with: of its address the state and the code, of its cookie the secret."""

    state: str
    code: str
    browser: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in, his fresh session, and the page he wanted."""

    user: User
    session: Session
    wanted: str


Roles = tuple[str, Mapping[str, Role]]
"""The claim that tells somebody's groups, and the role that each of them brings who is new here."""


async def begin(desk: Desk, provider: Provider, back: str, wanted: str) -> WayIn:
    """The way to the provider, for who wants to see the page `wanted`. Raises ProviderUnavailable."""
    state, browser, now = fresh_secret(), fresh_secret(), desk.clock()
    url = await provider.way_in(back, state, *_made_of(desk, browser), now)
    told = {"browser": desk.digest("way", browser), "wanted": wanted}
    await desk.store.keep(Kept(WAYS, desk.digest(WAYS, state), "", told, now + LIVES))
    return WayIn(url, browser)


async def finish(
    desk: Desk, provider: Provider, roles: Roles, back: str, came: CameBack, visit: Visit
) -> Entered:
    """A fresh session for who came back, and the page he wanted; that of the browser before ends.

    Raises ProviderUnavailable, IdentityRefused.
    """
    try:
        wanted = await _way(desk, came)
        claims = await provider.identity(came.code, back, *_made_of(desk, came.browser), desk.clock())
        user = await _whose(desk, claims, roles, visit)
    except IdentityRefused as refused:
        await tell_of(desk, visit, "?", Audited.SIGN_IN_REFUSED, detail=refused.reason[:200])
        raise
    if came.before is not None:
        await close_session(desk, came.before)
    session = await open_session(desk, user.name)
    await tell_of(desk, visit, user.name, Audited.SIGNED_IN, detail=provider.issuer)
    return Entered(user, session, wanted)


def _made_of(desk: Desk, browser: str) -> tuple[str, str]:
    """Nonce and PKCE verifier of a browser's way."""
    return desk.digest("nonce", browser), desk.digest("verifier", browser)


async def _way(desk: Desk, came: CameBack) -> str:
    """The page that was wanted. A way is gone once, by the browser that began it."""
    key = desk.digest(WAYS, came.state)
    thing = await desk.store.kept(WAYS, key)
    if thing is None or await desk.store.throw_away(WAYS, [key]) != 1 or not thing.live(desk.clock()):
        raise IdentityRefused("the way back was used before, or took too long")
    if not hmac.compare_digest(thing.body["browser"], desk.digest("way", came.browser)):
        raise IdentityRefused("another browser began this")
    return str(thing.body["wanted"])


async def _whose(desk: Desk, claims: Mapping[str, Any], roles: Roles, visit: Visit) -> User:
    """The user meant: known by his subject, else by his verified e-mail address, else new with a role."""
    store, told = desk.store, f"{claims['iss']}\0{claims['sub']}"
    key = hashlib.sha256(told.encode()).hexdigest()
    linked = await store.kept(IDENTITIES, key)
    if linked is not None:
        return await _followed(desk, linked, claims, roles, visit)
    name, brought = _name(claims), _role(claims, roles)
    user, follows = await find_user(store, name), {}
    if user is None:
        role = brought or _nobody()
        follows = {"role": str(role)}
        try:
            user = await add_user(store, name, UserFields.model_validate({"role": role}), desk.clock())
        except NameTaken:  # by the same person, from another browser
            user = await find_user(store, name)
        else:
            await tell_of(desk, visit, name, Audited.USER_ADDED, name, f"role={role} by {claims['iss']}")
    found = _active(user)
    await store.keep(Kept(IDENTITIES, key, found.name, follows))
    return found


async def _followed(desk: Desk, linked: Kept, claims: Mapping[str, Any], roles: Roles, visit: Visit) -> User:
    """Who is known by his subject. Whom groups brought here has the role of his groups of now.

    It is changed when they have changed, so what an administrator decides in between holds until then. Who
    has none of them left is switched off until he has one again.
    """
    user, before = await find_user(desk.store, linked.owner), linked.body.get("role", _BY_HAND)
    if before == _BY_HAND or not roles[1]:
        return _active(user)
    if before is not None:
        user = _active(user)
    brought = _role(claims, roles)
    if brought == before:
        return _active(user) if brought else _nobody()
    fields: dict[str, Any] = {"active": True, "role": str(brought)} if brought else {"active": False}
    user = await change_whoever_else(desk.store, linked.owner, fields)
    await desk.store.keep(Kept(IDENTITIES, linked.key, linked.owner, {"role": brought and str(brought)}))
    told = f"role={brought or 'none'} by {claims['iss']}"
    await tell_of(desk, visit, user.name, Audited.USER_CHANGED, user.name, told)
    if brought is None:
        await close_sessions(desk, user.name)
        _nobody()
    return user


def _active(user: User | None) -> User:
    if user is None or not user.active:
        raise IdentityRefused("he is switched off here")
    return user


def _name(claims: Mapping[str, Any]) -> str:
    """The name here of who is not known yet: his address, if the provider has made sure that it is his."""
    if claims.get("email_verified") is not True:
        raise IdentityRefused("the e-mail address is not verified")
    try:
        name: str = TypeAdapter(UserName).validate_python(claims.get("email"))
    except ValidationError as error:
        raise IdentityRefused("the e-mail address cannot be a name here") from error
    return name


def _role(claims: Mapping[str, Any], roles: Roles) -> Role | None:
    """The highest role that somebody's groups bring, if one brings any."""
    groups = claims.get(roles[0])
    told = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    brought = [roles[1][group] for group in told if isinstance(group, str) and group in roles[1]]
    return max(brought, key=_ROLES.index) if brought else None


def _nobody() -> NoReturn:
    raise IdentityRefused("no group of his brings a role here", nobody=True)
