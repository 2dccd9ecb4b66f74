"""Users: who may sign in, as whom of ours, in which role, and what of the accounts they see.

They lie beside the graph, under their names; secrets lie apart. A user is never removed, only switched off:
the name stands in logs, and nobody else may ever come to be meant by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from graphsvc.access.once import Claim
from graphsvc.access.rights import FIELDS
from graphsvc.conflicts import KeptSince, LastAdmin, NameTaken, UserChanged
from graphsvc.errors import NoUser, StoreBusy
from graphsvc.stores.keeping import Kept
from graphsvc.stores.listing import every
from graphsvc.stores.port import GraphStore, Scope
from models.access import Role
from models.columns import is_within
from models.enums import EdgeKind, NodeKind
from models.fields import Id
from models.privacy import FieldClass

_TRIES = 5
USERS, ADMINS = "user", "administrators"
"""Areas of what is kept: users, and a thing that counts how often an administrator went."""
SERVICE = Scope("service")
"""The service itself, looking up what a user may see."""


def _lower(name: Any) -> Any:
    return name.strip().lower() if isinstance(name, str) else name


_AS_SENT = Annotated[str, Field(pattern=r"^\s*[A-Za-z0-9][A-Za-z0-9._@-]{0,63}\s*$")]
UserName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9._@-]{0,63}$"),
    BeforeValidator(_lower, json_schema_input_type=_AS_SENT),
]


class UserFields(BaseModel):
    """What administrators decide about a user."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    member_id: Id | None = Field(None, description="Who of ours it is: brings the accounts that he serves.")
    accounts: tuple[Id, ...] = Field((), max_length=10_000, description="Accounts seen beside those.")
    all_accounts: bool = Field(False, description="Sees every account, as administrators always do.")
    dossiers: bool = Field(False, description="May see the private side of people in accounts he sees.")
    language: Literal["en", "zh"] | None = None
    active: bool = True


class User(UserFields):
    """A user with his name; `revision` grows with each change."""

    name: UserName
    created_at: AwareDatetime
    revision: int = 0


async def find_user(store: GraphStore, name: str) -> User | None:
    """A user by name, also one who is switched off. An indexed read."""
    thing = await store.kept(USERS, _lower(name))
    return None if thing is None else _user(thing)


async def users(store: GraphStore) -> list[User]:
    """All users by name. O(users)."""
    return [_user(thing) for thing in await store.kept_in(USERS)]


async def add_user(
    store: GraphStore,
    name: str,
    fields: UserFields,
    now: datetime,
    claim: Claim | None = None,
    beside: Sequence[tuple[Kept, int | None]] = (),
) -> User:
    """A new user, who cannot sign in before he has a password; what is kept `beside` him, in one with it.

    Raises NameTaken (also if a thing beside is not as expected), NotFound (his member).
    """
    user = User(name=name, created_at=now, **fields.model_dump())
    await _check_member(store, user)
    try:
        kept = await (claim or Claim(store)).keep([(_thing(user), 0), *beside], {"name": user.name})
        return _user(kept[0])
    except KeptSince as error:
        raise NameTaken(user.name) from error


async def change_user(store: GraphStore, name: str, patch: Mapping[str, Any], expected: int) -> User:
    """A user with some fields replaced, if he is still at the revision `expected`.

    Raises NoUser, UserChanged, LastAdmin, NotFound (his member), StoreBusy, pydantic.ValidationError.
    """
    for _ in range(_TRIES):
        user = await find_user(store, name)
        if user is None:
            raise NoUser(name)
        if user.revision != expected:
            raise UserChanged(_told(user))
        changed = _changed(user, patch)
        await _check_member(store, changed)
        things: list[tuple[Kept, int | None]] = [(_thing(changed), expected)]
        if _is_admin(user) and not _is_admin(changed):
            things.append(await _one_admin_less(store, user))
        with suppress(KeptSince):  # he was changed, or another administrator went: it is looked again
            return _user((await store.keep_all(things))[0])
    raise StoreBusy


def _changed(user: User, patch: Mapping[str, Any]) -> User:
    held = user.model_dump(mode="json", include=set(UserFields.model_fields))
    fields = UserFields.model_validate_json(orjson.dumps({**held, **patch}), strict=True)
    return User(name=user.name, created_at=user.created_at, **fields.model_dump())


async def _one_admin_less(store: GraphStore, user: User) -> tuple[Kept, int]:
    """What is kept with it when an administrator goes, so that of two at once one looks again.

    Raises LastAdmin.
    """
    before = await store.kept(ADMINS, ADMINS)
    others = (other for other in await users(store) if other.name != user.name)
    if not any(map(_is_admin, others)):
        raise LastAdmin
    return Kept(ADMINS, ADMINS, ""), before.version if before else 0


async def change_whoever_else(store: GraphStore, name: str, patch: Mapping[str, Any]) -> User:
    """`change_user` at the revision of now, tried again where somebody else was faster."""
    for _ in range(_TRIES):
        user = await find_user(store, name)
        if user is None:
            raise NoUser(name)
        try:
            return await change_user(store, name, patch, user.revision)
        except UserChanged:
            continue
    raise StoreBusy


async def accounts_of(store: GraphStore, user: User, on: date) -> frozenset[str] | None:
    """The accounts a user sees on a day: those his member serves then, and those granted; None for all.

    O(accounts his member ever served).
    """
    if user.role is Role.ADMIN or user.all_accounts:
        return None
    found = set(user.accounts)
    if user.member_id is not None:
        where = {"source_id": user.member_id}
        async for edge in every(store, SERVICE, EdgeKind.SERVES, where=where):
            if is_within(on.isoformat(), edge.body.get("since"), edge.body.get("until")):
                found.add(edge.body["target_id"])
    return frozenset(found)


def classes_of(user: User) -> frozenset[FieldClass]:
    """The classes of fields a user sees."""
    return classes(user.role, user.dossiers)


def classes(role: Role, dossiers: bool) -> frozenset[FieldClass]:
    """What classes of fields a role sees; the right to dossiers opens nothing to who sees none personal."""
    plain = FIELDS[role]
    return plain | {FieldClass.DOSSIER} if dossiers and FieldClass.PERSONAL in plain else plain


def _told(user: User) -> dict[str, Any]:
    return user.model_dump(mode="json")


def _is_admin(user: User) -> bool:
    return user.active and user.role is Role.ADMIN


async def _check_member(store: GraphStore, user: User) -> None:
    if user.member_id is not None:
        await store.get(SERVICE, NodeKind.MEMBER, user.member_id)


def _thing(user: User) -> Kept:
    return Kept(USERS, user.name, "", user.model_dump(mode="json", exclude={"revision", "name"}))


def _user(thing: Kept) -> User:
    return User.model_validate({**thing.body, "name": thing.key, "revision": thing.version})
