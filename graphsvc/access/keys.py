"""API keys: what tools come with instead of a session. Told once; the store holds a hash.

A key can do no more than its owner can at the moment it is used, and less where it was made for less.
"""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from graphsvc.access.callers import Caller
from graphsvc.access.desk import Desk, fresh_secret, note_use
from graphsvc.access.once import Claim
from graphsvc.access.rights import may
from graphsvc.access.users import User, accounts_of, classes, find_user
from graphsvc.errors import NotAllowed, NoUser
from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept
from models.access import Right, Role, Through
from models.fields import Id, Name

KEYS = "api-key"
"""The area of what is kept."""
MARK = "gsk_"
"""How a key begins, so that people and scanners know one where it should not be."""
_SHOWN = 12
_KEY = re.compile(rf"{MARK}([A-Za-z0-9_-]{{43}})([0-9a-f]{{8}})")
_ROLES = tuple(Role)


class NewKey(BaseModel):
    """What a key is made for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name = Field(description="What uses it.")
    role: Role | None = Field(None, description="At most the owner's; default: the owner's at each use.")
    accounts: tuple[Id, ...] | None = Field(None, max_length=10_000, description="Only these of the owner's.")
    dossiers: bool = Field(False, description="Dossiers too, if the owner may see them.")
    metrics: bool = Field(False, description="Opens /metrics and nothing else; of administrators.")
    days: int = Field(90, ge=1, le=730, description="How long it lives.")


class ApiKey(BaseModel):
    """A key as it is shown: by its first signs, never whole."""

    id: str
    owner: str
    name: str
    prefix: str
    role: Role | None
    accounts: tuple[Id, ...] | None
    dossiers: bool
    metrics: bool = False
    created_at: AwareDatetime
    expires_at: AwareDatetime
    used_at: AwareDatetime | None


async def make_key(desk: Desk, owner: User, asked: NewKey, claim: Claim | None = None) -> tuple[ApiKey, str]:
    """A new key of a user, and its text, which is never told again. Raises NotAllowed (more than he may)."""
    too_high = asked.role is not None and _ROLES.index(asked.role) > _ROLES.index(owner.role)
    if too_high or (asked.metrics and not may(owner.role, Right.WATCH)):
        raise NotAllowed
    secret, now = fresh_secret(), desk.clock()
    text = f"{MARK}{secret}{_checksum(secret)}"
    digest = desk.digest(KEYS, text)
    body = {
        **asked.model_dump(mode="json", exclude={"days"}),
        "id": digest[:16],
        "prefix": text[:_SHOWN],
        "created_at": moment_text(now),
        "used_at": None,
    }
    thing = Kept(KEYS, digest, owner.name, body, now + timedelta(days=asked.days))
    (kept,) = await (claim or Claim(desk.store)).keep([(thing, 0)], {"id": body["id"]})
    return _key(kept), text


async def keys(desk: Desk, owner: str | None = None) -> list[ApiKey]:
    """The keys of a user, or of all, those run out too until they are cleared away; the oldest first."""
    return sorted(map(_key, await desk.store.kept_in(KEYS, owner)), key=lambda key: (key.created_at, key.id))


async def revoke_key(desk: Desk, id: str, owner: str | None = None) -> ApiKey:
    """The key opens nothing from now on. Raises NoUser where there is none, or none of this owner."""
    for thing in await desk.store.kept_in(KEYS, owner):
        if thing.body["id"] == id:
            await desk.store.throw_away(KEYS, [thing.key])
            return _key(thing)
    raise NoUser(id)


async def caller_by_key(desk: Desk, text: str) -> Caller | None:
    """Who calls with a key; None if it is none, has run out, or its owner is switched off.

    What does not even look like one costs no question.
    """
    form = _KEY.fullmatch(text)
    if form is None or form[2] != _checksum(form[1]):
        return None
    thing, now = await desk.store.kept(KEYS, desk.digest(KEYS, text)), desk.clock()
    if thing is None or not thing.live(now):
        return None
    owner = await find_user(desk.store, thing.owner)
    if owner is None or not owner.active:
        return None
    key = _key(thing)
    used = Kept(KEYS, thing.key, thing.owner, {**thing.body, "used_at": moment_text(now)}, thing.expires)
    await note_use(desk, key.used_at, used, thing.version)
    role = owner.role if key.role is None else min(owner.role, key.role, key=_ROLES.index)
    seen = await accounts_of(desk.store, owner, now.date())
    if key.accounts is not None:
        seen = frozenset(key.accounts) if seen is None else seen & set(key.accounts)
    told = classes(role, owner.dossiers and key.dossiers)
    only = Right.WATCH if key.metrics else None
    if only is not None and not may(owner.role, only):
        return None
    return Caller(owner.name, role, seen, told, Through.KEY, owner, key=key.id, only=only)


def _key(thing: Kept) -> ApiKey:
    return ApiKey.model_validate({**thing.body, "owner": thing.owner, "expires_at": thing.expires})


def _checksum(secret: str) -> str:
    return f"{zlib.crc32(f'{MARK}{secret}'.encode()):08x}"
