"""Signing in and out, and who a session makes the caller."""

from __future__ import annotations

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.callers import Caller, signed_in
from graphsvc.access.delays import count_attempt, forget_attempts
from graphsvc.access.desk import Desk
from graphsvc.access.passwords import is_password
from graphsvc.access.sessions import Session, close_session, close_sessions, live_session, open_session
from graphsvc.access.users import User, find_user
from graphsvc.errors import SignInRefused
from models.access import Audited

_NAME_SIGNS = 64


async def sign_in(
    desk: Desk, name: str, password: str, visit: Visit, before: str | None = None
) -> tuple[User, Session]:
    """A fresh session for who knows the password; that of the browser before (`before`) ends.

    Raises SignInDelayed, and SignInRefused without saying whether the name or the password was wrong; both
    take the same work.
    """
    name = name.strip().lower()[:_NAME_SIGNS]
    if visit.address:
        await count_attempt(desk, "from", visit.address)
    await count_attempt(desk, "name", name)
    user = await find_user(desk.store, name)
    known = await is_password(desk.store, name, password)
    if user is None or not known or not user.active:
        subject = name if user is not None else None  # what is no name may be a password in the wrong field
        await tell_of(desk, visit, subject or "?", Audited.SIGN_IN_REFUSED)
        raise SignInRefused
    await forget_attempts(desk, name)
    if before is not None:
        await close_session(desk, before)
    session = await open_session(desk, user.name)
    await tell_of(desk, visit, user.name, Audited.SIGNED_IN)
    return user, session


async def sign_out(desk: Desk, caller: Caller, visit: Visit, everywhere: bool = False) -> None:
    """The caller's session ends, or all he has."""
    if everywhere:
        await close_sessions(desk, caller.name)
    elif caller.session is not None:
        await close_session(desk, caller.session)
    act = Audited.SIGNED_OUT_EVERYWHERE if everywhere else Audited.SIGNED_OUT
    await tell_of(desk, visit, caller.name, act)


async def caller_by_session(desk: Desk, secret: str) -> Caller | None:
    """Who calls with a cookie; None if it stands for nothing, or its user is switched off."""
    session = await live_session(desk, secret)
    user = None if session is None else await find_user(desk.store, session.name)
    if session is None or user is None or not user.active:
        return None
    return await signed_in(desk.store, user, desk.clock().date(), secret, session.proof)
