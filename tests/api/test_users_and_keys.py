"""Users, API keys and the audit trail over HTTP: told once, scoped, ended at once, every act on record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.audit import AUDIT, checked, trail
from graphsvc.access.desk import Desk
from graphsvc.access.keys import KEYS, caller_by_key
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from tests.api.visiting import CHEAP, PASSWORD, browser, proof_of, sign_in, user

API = "/api/v1"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
async def admin(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of ada, an administrator who has signed in."""
    await user(store, "ada", Role.ADMIN, dossiers=True)
    async with browser(store) as client:
        await sign_in(client, "ada")
        client.headers.update(await proof_of(client))
        yield client


async def key_of(client: httpx.AsyncClient, **asked: object) -> dict[str, str]:
    answer = await client.post(f"{API}/api-keys", json={"name": "nightly", **asked})
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


def with_key(key: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {key['key']}"}


async def test_a_user_is_added_invited_changed_and_switched_off(
    admin: httpx.AsyncClient, store: GraphStore
) -> None:
    made = await admin.post(f"{API}/users", json={"name": "Ben", "role": "rep"})
    assert made.status_code == 201, made.text
    link = made.json()["link"]
    async with browser(store) as ben:
        assert (await ben.post(link, data={"password": PASSWORD})).status_code == 303
        assert (await sign_in(ben, "ben")).status_code == 303
        assert (await ben.get(f"{API}/accounts")).json()["items"] == []
        assert (await ben.get(f"{API}/users")).status_code == 403
        shown = await admin.get(f"{API}/users/ben")
        assert {**shown.json(), "link": link} == made.json()
        patch = {"json": {"active": False}, "headers": {"If-Match": shown.headers["etag"]}}
        off = await admin.patch(f"{API}/users/ben", **patch)
        assert (off.status_code, off.json()["active"]) == (200, False)
        stale = await admin.patch(f"{API}/users/ben", **patch)
        assert (stale.status_code, stale.json()["current"]) == (412, off.json())
        assert stale.headers["etag"] == off.headers["etag"]
        assert (await ben.get(f"{API}/accounts")).status_code == 401
    assert [row["name"] for row in (await admin.get(f"{API}/users")).json()["items"]] == ["ada", "ben"]
    acts = [entry.act for entry in await trail(store) if entry.subject == "ben"]
    assert acts == [Audited.USER_ADDED, Audited.USER_INVITED, Audited.PASSWORD_SET, Audited.USER_CHANGED]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "ada", "role": "rep"}, 409),
        ({"name": "b c", "role": "rep"}, 422),
        ({"name": "ben"}, 422),
        ({"name": "ben", "role": "emperor"}, 422),
        ({"name": "ben", "role": "rep", "password": "x"}, 422),
        ({"name": "ben", "role": "rep", "member_id": "nobody"}, 404),
    ],
)
async def test_what_is_no_user_is_refused(admin: httpx.AsyncClient, body: object, status: int) -> None:
    assert (await admin.post(f"{API}/users", json=body)).status_code == status
    assert len((await admin.get(f"{API}/users")).json()["items"]) == 1


async def test_a_key_is_told_once_and_works_until_it_is_revoked(
    admin: httpx.AsyncClient, store: GraphStore
) -> None:
    key = await key_of(admin)
    assert key["key"].startswith(key["prefix"])
    (listed,) = (await admin.get(f"{API}/api-keys")).json()["items"]
    assert "key" not in listed
    assert listed["used_at"] is None
    kept = [await store.kept_in(area) for area in (KEYS, AUDIT)]
    assert key["key"] not in repr(kept)
    async with browser(store) as tool:
        tool.headers.update(with_key(key))
        assert (await tool.get(f"{API}/accounts")).status_code == 200
        made = await tool.post(f"{API}/accounts", json={"id": "acme", "name": "ACME"})
        assert made.status_code == 201, "no proof is asked of who needs no cookie"
        assert (await tool.post(f"{API}/api-keys", json={"name": "another"})).status_code == 403
        (used,) = (await admin.get(f"{API}/api-keys")).json()["items"]
        assert used["used_at"] is not None
        assert (await admin.delete(f"{API}/api-keys/{key['id']}")).status_code == 200
        assert (await tool.get(f"{API}/accounts")).status_code == 401
    assert (await admin.delete(f"{API}/api-keys/{key['id']}")).status_code == 404


async def test_a_key_does_no_more_than_it_was_made_for(admin: httpx.AsyncClient, store: GraphStore) -> None:
    for id_ in ("acme", "bolt"):
        await admin.post(f"{API}/accounts", json={"id": id_, "name": id_})
    key = await key_of(admin, role="viewer", accounts=["bolt"])
    async with browser(store) as tool:
        tool.headers.update(with_key(key))
        assert [row["id"] for row in (await tool.get(f"{API}/accounts")).json()["items"]] == ["bolt"]
        assert (await tool.get(f"{API}/accounts/acme")).status_code == 404
        assert (await tool.post(f"{API}/competitors", json={"name": "x"})).status_code == 403
        assert (await tool.get(f"{API}/users")).status_code == 403


async def test_nobody_makes_a_key_above_himself_or_sees_those_of_others(
    admin: httpx.AsyncClient, store: GraphStore
) -> None:
    key = await key_of(admin)
    await user(store, "ben", Role.REP)
    async with browser(store) as ben:
        await sign_in(ben, "ben")
        ben.headers.update(await proof_of(ben))
        answer = await ben.post(f"{API}/api-keys", json={"name": "x", "role": "strategist"})
        assert answer.status_code == 403
        assert (await ben.get(f"{API}/api-keys")).json()["items"] == []
        assert (await ben.delete(f"{API}/api-keys/{key['id']}")).status_code == 404


async def test_what_is_no_key_opens_nothing(admin: httpx.AsyncClient, store: GraphStore) -> None:
    key = (await key_of(admin))["key"]
    desk = Desk(store)
    assert await caller_by_key(desk, key) is not None
    for other in (key[:-1], f"{key}0", key[:-1] + ("0" if key[-1] != "0" else "1"), key.upper(), "gsk_", ""):
        assert await caller_by_key(desk, other) is None
    late = Desk(store, clock=lambda: utc_now() + timedelta(days=91))
    assert await caller_by_key(late, key) is None
    assert await caller_by_key(Desk(store, b"another secret"), key) is None


async def test_the_trail_is_whole_until_somebody_touches_it(
    admin: httpx.AsyncClient, store: GraphStore
) -> None:
    for number in range(3):
        await key_of(admin, name=f"k{number}")
    told = (await admin.get(f"{API}/audit", params={"limit": 2})).json()
    assert [row["act"] for row in told["items"]] == ["key_made", "key_made"]
    rest = (await admin.get(f"{API}/audit", params={"cursor": told["next_cursor"]})).json()
    assert [row["act"] for row in rest["items"]] == ["key_made", "signed_in"]
    assert (await admin.get(f"{API}/audit/check")).json() == {"entries": 4, "first_fault": None}
    things = await store.kept_in(AUDIT)
    for place, thing in enumerate(things, start=1):
        for body in (
            {**thing.body, "actor": "eve"},
            {**thing.body, "previous": "0" * 64},
            {**thing.body, "x": 1},
            {**thing.body, "act": "crowned"},
            {},
        ):
            await store.keep(Kept(AUDIT, thing.key, thing.owner, body))
            assert (await checked(store))[1] == place
            listed = await admin.get(f"{API}/audit", params={"limit": 3})
            assert (listed.status_code, len(listed.json()["items"])) == (200, 3), "what can be read is told"
        await store.throw_away(AUDIT, [thing.key])
        assert (await checked(store))[1] == place
        await store.keep(Kept(AUDIT, thing.key, thing.owner, thing.body))
        assert (await checked(store))[1] is None
