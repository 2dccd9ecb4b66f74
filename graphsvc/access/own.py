"""What somebody changes of his own sign-in: the password, and the language pages come in."""

from __future__ import annotations

from typing import Literal

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.delays import count_attempt, forget_attempts
from graphsvc.access.desk import Desk
from graphsvc.access.passwords import check_password, is_password, set_password
from graphsvc.access.sessions import Session, close_sessions, open_session
from graphsvc.access.users import change_whoever_else
from graphsvc.errors import SignInRefused
from models.access import Audited


async def change_password(desk: Desk, name: str, current: str, password: str, visit: Visit) -> Session:
    """A new password for who knows the one he has. All his sessions end; the fresh one is for this browser.

    A wrong one counts like an attempt to sign in: a browser left open is no place to guess it.
    Raises SignInDelayed, SignInRefused, InvalidInput.
    """
    await count_attempt(desk, "name", name)
    if not await is_password(desk.store, name, current):
        await tell_of(desk, visit, name, Audited.SIGN_IN_REFUSED)
        raise SignInRefused
    check_password(name, password)
    await set_password(desk.store, name, password, desk.clock())
    await forget_attempts(desk, name)
    await close_sessions(desk, name)
    await tell_of(desk, visit, name, Audited.PASSWORD_SET, name)
    return await open_session(desk, name)


async def choose_language(desk: Desk, name: str, lang: Literal["en", "zh"]) -> None:
    """Pages come in this language wherever he signs in. Raises NoUser, StoreBusy."""
    await change_whoever_else(store=desk.store, name=name, patch={"language": lang})
