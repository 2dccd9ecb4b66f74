"""Passwords by argon2id, made and compared in threads of their own.

Each costs 64 MiB and some hundredths of a second (the low-memory profile of RFC 9106, the library's default):
two at a time, so that no crowd at the door takes the memory of those inside. Names nobody has cost the same.
"""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

T = TypeVar("T")
PASSWORDS = "password"
"""The area of what is kept: user's name → hash."""
SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()
_THREADS = ThreadPoolExecutor(2, "password")


async def set_password(store: GraphStore, name: str, password: str, now: datetime) -> None:
    """Keep a user's password in place of the one he had. Raises InvalidInput if it is too easy to guess."""
    await store.keep(await password_thing(name, password, now))


async def password_thing(name: str, password: str, now: datetime) -> Kept:
    """What is kept of a user's password. Raises InvalidInput if it is too easy to guess."""
    text = check_password(name, password)
    hashed = await _beside(lambda: HASHER.hash(text))
    return Kept(PASSWORDS, name, name, {"hash": hashed, "at": moment_text(now)})


async def with_passwords(store: GraphStore) -> frozenset[str]:
    """The names of users who have one. O(users)."""
    return frozenset(thing.key for thing in await store.kept_in(PASSWORDS))


def check_password(name: str, password: str) -> str:
    """The password in the spelling that is kept. Raises InvalidInput if it is too easy to guess."""
    text = _same_signs(password)
    if not SHORTEST <= len(text) <= LONGEST or name in text.lower() or len(set(text)) < SHORTEST // 2:
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": _TOO_EASY}, pointer="/password"))
    return text


async def is_password(store: GraphStore, name: str, password: str) -> bool:
    """Whether it is the user's. Who is not there, or has none, takes the same work as who has.

    A hash made with other costs than today's is made anew on success.
    """
    text = _same_signs(password[: 2 * LONGEST])
    thing = await store.kept(PASSWORDS, name)
    hashed = str(thing.body["hash"]) if thing else await _beside(lambda: _nobodys(HASHER))
    fits = await _beside(lambda: _fits(hashed, text))
    if thing is None or not fits:
        return False
    if HASHER.check_needs_rehash(hashed):
        renewed = await _beside(lambda: HASHER.hash(text))
        await store.keep(Kept(PASSWORDS, name, name, {**thing.body, "hash": renewed}))
    return True


def _fits(hashed: str, text: str) -> bool:
    try:
        return HASHER.verify(hashed, text)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """The hash that stands for those who have none: of a text nobody knows."""
    return hasher.hash(secrets.token_urlsafe())


def _same_signs(password: str) -> str:
    """One spelling for what looks the same, whichever keyboard it came from."""
    return unicodedata.normalize("NFKC", password)


async def _beside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


_TOO_EASY = Label(
    f"a password has {SHORTEST} to {LONGEST} characters, at least {SHORTEST // 2} different ones, "
    "and the user's name is not in it",
    f"密码长度为 {SHORTEST} 至 {LONGEST} 个字符，至少含 {SHORTEST // 2} 个不同字符，且不得包含用户名",
)
