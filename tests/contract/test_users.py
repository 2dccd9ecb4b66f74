"""Users in both stores: found by name, changed by who read them, and what of the accounts they see."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from pydantic import ValidationError

from graphsvc.access import passwords
from graphsvc.access import users as access_users
from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.access.links import FIRST, make_link, use_link, whose_link
from graphsvc.access.passwords import is_password, with_passwords
from graphsvc.access.users import User, UserFields, accounts_of, add_user, change_user, find_user, users
from graphsvc.conflicts import LastAdmin, NameTaken, UserChanged
from graphsvc.errors import NotFound, NoUser, StoreUnavailable
from graphsvc.stores.port import GraphStore
from models.access import Role
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, NodeKind
from models.records import read_record
from tests.api.visiting import CHEAP
from tests.contract.writing import EVERYTHING

NOW, DAY = datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1)


async def serve(store: GraphStore, member: str, account: str, **more: str) -> None:
    edge = {"id": f"s-{member}-{account}", "source_id": member, "target_id": account, **more}
    records = [
        (NodeKind.MEMBER, {"id": member, "name": member}),
        (EdgeKind.SERVES, edge),
    ]
    puts = tuple(Put(kind, read_record(kind, body)) for kind, body in records)
    await store.apply(EVERYTHING, ChangeSet(f"serve {member} {account}", puts))


async def test_a_user_is_found_by_his_name_however_it_is_written(store: GraphStore) -> None:
    made = await add_user(store, " Mia ", UserFields(role=Role.REP, accounts=("b", "a")), NOW)
    assert (made.name, made.revision, made.created_at) == ("mia", 1, NOW)
    assert await find_user(store, "MIA") == made
    assert await find_user(store, "ben") is None
    assert await users(store) == [made]
    with pytest.raises(NameTaken):
        await add_user(store, "mia", UserFields(role=Role.ADMIN), NOW)
    with pytest.raises(ValidationError):
        await add_user(store, "mia b", UserFields(role=Role.REP), NOW)
    with pytest.raises(NotFound):
        await add_user(store, "ben", UserFields(role=Role.REP, member_id="nobody"), NOW)


async def test_a_user_is_changed_by_who_read_him_last(store: GraphStore) -> None:
    await add_user(store, "mia", UserFields(role=Role.REP), NOW)
    changed = await change_user(store, "mia", {"dossiers": True}, 1)
    assert (changed.dossiers, changed.role, changed.revision) == (True, Role.REP, 2)
    with pytest.raises(UserChanged):
        await change_user(store, "mia", {"dossiers": False}, 1)
    with pytest.raises(NoUser):
        await change_user(store, "ben", {}, 1)
    with pytest.raises(ValidationError):
        await change_user(store, "mia", {"colour": "red"}, 2)
    assert await find_user(store, "mia") == changed


async def test_the_last_administrator_stays(store: GraphStore) -> None:
    await add_user(store, "ada", UserFields(role=Role.ADMIN), NOW)
    for patch in ({"active": False}, {"role": Role.REP}):
        with pytest.raises(LastAdmin):
            await change_user(store, "ada", patch, 1)
    await add_user(store, "eve", UserFields(role=Role.ADMIN), NOW)
    assert not (await change_user(store, "ada", {"active": False}, 1)).active
    with pytest.raises(LastAdmin):
        await change_user(store, "eve", {"active": False}, 1)


async def test_of_two_administrators_who_go_at_once_one_stays(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ada", "eve"):
        await add_user(store, name, UserFields(role=Role.ADMIN), NOW)
    both, asked = asyncio.Barrier(2), count()

    async def together(of: GraphStore) -> list[User]:
        found = await users(of)
        if next(asked) < 2:
            await both.wait()
        return found

    monkeypatch.setattr(access_users, "users", together)
    gone = [change_user(store, name, {"role": Role.REP}, 1) for name in ("ada", "eve")]
    told = await asyncio.gather(*gone, return_exceptions=True)
    assert [type(one) for one in told if isinstance(one, Exception)] == [LastAdmin]
    assert [user.role for user in await users(store)].count(Role.ADMIN) == 1


@pytest.mark.parametrize("whose", [FIRST, "mia"])
async def test_a_link_is_good_until_all_is_done(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    desk, name, left = Desk(store), whose or "ada", 0
    if whose != FIRST:
        await add_user(store, whose, UserFields(role=Role.REP), NOW)
    secret = await make_link(desk, whose)

    def dying(method: str) -> None:
        does = getattr(type(store), method)

        async def write(*args: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise StoreUnavailable
            return await does(*args, **more)

        monkeypatch.setattr(type(store), method, write)

    for method in ("keep_all", "throw_away"):
        dying(method)
    with suppress(NoUser):
        for allowed in range(20):
            left = allowed
            with suppress(StoreUnavailable):
                await use_link(desk, secret, name, "correct horse battery", Visit())
            left = 0
            if await find_user(store, "ada") or await with_passwords(store):
                assert await with_passwords(store) == {name}
                assert await whose_link(desk, secret) == "none", "a used link is good no more"
    left = 9
    assert await is_password(store, name, "correct horse battery")


async def test_of_two_who_use_a_link_at_once_one_does(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    desk = Desk(store)
    secret = await make_link(desk, FIRST)
    uses = [use_link(desk, secret, name, "correct horse battery", Visit()) for name in ("ada", "eve", "ida")]
    told = await asyncio.gather(*uses, return_exceptions=True)
    (made,) = [one for one in told if isinstance(one, User)]
    assert [type(one) for one in told].count(NoUser) == 2
    assert await with_passwords(store) == {made.name}
    assert await users(store) == [made]


async def test_a_user_sees_what_his_member_serves_and_what_was_granted(filled: GraphStore) -> None:
    await serve(filled, "mo", "acme", since="2026-01-01", until="2026-03-02")
    mo = await add_user(filled, "mo", UserFields(role=Role.REP, member_id="mo"), NOW)
    assert await accounts_of(filled, mo, DAY) == {"acme"}
    assert await accounts_of(filled, mo, date(2025, 12, 31)) == frozenset()
    assert await accounts_of(filled, mo, date(2026, 3, 2)) == frozenset(), "until is the first day without"
    granted = await change_user(filled, "mo", {"accounts": ["bolt"]}, mo.revision)
    assert await accounts_of(filled, granted, DAY) == {"acme", "bolt"}
    everything = await change_user(filled, "mo", {"all_accounts": True}, granted.revision)
    assert await accounts_of(filled, everything, DAY) is None
    admin = await add_user(filled, "ada", UserFields(role=Role.ADMIN), NOW)
    assert await accounts_of(filled, admin, DAY) is None
    stranger = await add_user(filled, "ben", UserFields(role=Role.STRATEGIST), NOW)
    assert await accounts_of(filled, stranger, DAY) == frozenset()
