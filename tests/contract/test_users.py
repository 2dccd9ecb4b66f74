"""Users in both stores: found by name, changed by who read them, and what of the accounts they see."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from graphsvc.access.users import UserFields, accounts_of, add_user, change_user, find_user, users
from graphsvc.conflicts import LastAdmin, NameTaken, UserChanged
from graphsvc.errors import NotFound, NoUser
from graphsvc.stores.port import GraphStore
from models.access import Role
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, NodeKind
from models.records import read_record
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
