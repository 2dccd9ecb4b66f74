"""Signing in and out: what is told, what is not, what a session is worth, what other sites can do with it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from graphsvc.access import delays, passwords, sessions
from graphsvc.access.audit import trail
from graphsvc.access.desk import Desk
from graphsvc.access.links import first_link, make_link
from graphsvc.access.users import change_user, find_user
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from tests.api.visiting import CHEAP, PASSWORD, browser, proof_of, sign_in, user

HTML = {"Accept": "text/html"}
API = "/api/v1"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
async def mia(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of mia, an administrator, who has not signed in yet."""
    await user(store, "mia", Role.ADMIN)
    async with browser(store) as client:
        yield client


async def test_nobody_comes_in_unknown(mia: httpx.AsyncClient) -> None:
    for path in (f"{API}/accounts", f"{API}/portfolio", f"{API}/contacts/nobody"):
        answer = await mia.get(path)
        assert answer.status_code == 401
        assert answer.json()["type"].endswith("sign-in-wanted")
        assert answer.headers["www-authenticate"] == "Bearer"
    page = await mia.get("/accounts/acme?lang=zh", headers=HTML)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/accounts/acme%3Flang%3Dzh")
    for path in ("/livez", "/readyz", "/sign-in", "/static/base.css", "/openapi.json"):
        assert (await mia.get(path)).status_code == 200


async def test_who_knows_the_password_comes_in_and_goes_out(
    mia: httpx.AsyncClient, store: GraphStore
) -> None:
    answer = await sign_in(mia, " MIA ", next="/week?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/week?lang=zh")
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "path=/"))
    assert (await mia.get(f"{API}/accounts")).status_code == 200
    kept = await store.kept_in(sessions.SESSIONS)
    assert len(kept) == 1
    assert mia.cookies["graphsvc"] not in repr(kept)
    page = (await mia.get("/", headers=HTML)).text
    assert "/sign-out" in page
    assert "Administrator" in page
    form = {"csrf": (await proof_of(mia))["X-CSRF-Token"]}
    assert (await mia.post("/sign-out", data=form)).status_code == 303
    assert await store.kept_in(sessions.SESSIONS) == []
    assert (await mia.get(f"{API}/accounts")).status_code == 401
    acts = [entry.act for entry in await trail(store)]
    assert acts == [Audited.SIGNED_IN, Audited.SIGNED_OUT]


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", ""]
)
async def test_nobody_is_led_elsewhere(mia: httpx.AsyncClient, wanted: str) -> None:
    assert (await sign_in(mia, "mia", next=wanted)).headers["location"] == "/"


async def test_a_wrong_password_and_an_unknown_name_are_refused_alike(
    mia: httpx.AsyncClient, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def counted(hashed: str, text: str) -> bool:
        compared.append(hashed)
        return fits(hashed, text)

    fits = passwords._fits
    monkeypatch.setattr(passwords, "_fits", counted)
    await user(store, "off", Role.REP)
    await change_user(store, "off", {"active": False}, 1)
    refused = [await sign_in(mia, name, "wrong wrong wrong") for name in ("mia", "nobody", "off")]
    refused.append(await sign_in(mia, "off"))
    assert {answer.status_code for answer in refused} == {401}
    told = {
        answer.text.replace(name, "?")
        for answer, name in zip(refused, ("mia", "nobody", "off", "off"), strict=True)
    }
    assert len(told) == 1
    assert "set-cookie" not in refused[0].headers
    assert len(compared) == 4, "each took one comparison"
    assert len({hashed.rpartition("$")[0].rpartition("$")[0] for hashed in compared}) == 1, "at the same cost"


async def test_what_was_typed_into_the_wrong_field_is_kept_nowhere(
    mia: httpx.AsyncClient, store: GraphStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await sign_in(mia, "canary-typed-as-name", "canary wrong password")
    await sign_in(mia, "mia", "canary wrong password")
    await sign_in(mia, "mia")
    areas = [await store.kept_in(area) for area in ("audit", "session", "sign-in", "password", "user")]
    for told in (repr(areas), caplog.text):
        assert "canary" not in told
        assert PASSWORD not in told
        assert mia.cookies["graphsvc"] not in told
    assert [entry.actor for entry in await trail(store)] == ["?", "mia", "mia"]


async def test_a_session_fixed_before_signing_in_is_worth_nothing(
    mia: httpx.AsyncClient, store: GraphStore
) -> None:
    mia.cookies.set("graphsvc", "chosen-by-somebody-else", domain="localhost.local")
    await sign_in(mia, "mia")
    first = mia.cookies["graphsvc"]
    async with browser(store) as other:
        other.cookies.set("graphsvc", "chosen-by-somebody-else")
        assert (await other.get(f"{API}/accounts")).status_code == 401
    mia.cookies.clear()
    mia.cookies.set("graphsvc", first)
    await sign_in(mia, "mia")
    assert len(await store.kept_in(sessions.SESSIONS)) == 1, "that of the browser before has ended"


async def test_a_session_runs_out_unused_and_at_all(store: GraphStore) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    moment = [now]
    desk = Desk(store, b"key", lambda: moment[0])
    idle = await sessions.open_session(desk, "mia")
    moment[0] = now + sessions.IDLE
    assert await sessions.live_session(desk, idle.secret) is None
    used = await sessions.open_session(desk, "mia")
    begun = moment[0]
    while moment[0] < begun + sessions.LONGEST:
        assert await sessions.live_session(desk, used.secret) == used
        moment[0] += sessions.IDLE - timedelta(minutes=1)
    moment[0] = begun + sessions.LONGEST
    assert await sessions.live_session(desk, used.secret) is None
    assert await sessions.live_session(Desk(store, b"another", lambda: begun), used.secret) is None


async def test_a_change_needs_the_proof_of_the_page(mia: httpx.AsyncClient) -> None:
    await sign_in(mia, "mia")
    proof = await proof_of(mia)
    body = {"json": {"id": "acme", "name": "ACME"}}
    for headers in (
        {},
        {"X-CSRF-Token": "x"},
        {"X-CSRF-Token": "é"},
        {**proof, "Origin": "http://evil.example"},
    ):
        encoded = {name: value.encode() for name, value in headers.items()}
        answer = await mia.post(f"{API}/accounts", headers=encoded, **body)
        assert answer.status_code == 403, headers
    form = await mia.post("/sign-out", data={"csrf": "x"})
    assert (form.status_code, form.json()["type"].rpartition(":")[2]) == (403, "proof-missing")
    assert (await mia.post(f"{API}/accounts", headers=proof, **body)).status_code == 201
    assert (await mia.get(f"{API}/accounts")).json()["items"][0]["id"] == "acme"


async def test_the_proof_of_one_session_is_not_that_of_another(
    mia: httpx.AsyncClient, store: GraphStore
) -> None:
    await sign_in(mia, "mia")
    async with browser(store) as other:
        await sign_in(other, "mia")
        foreign = await proof_of(other)
    assert (await mia.post(f"{API}/accounts", headers=foreign, json={"name": "x"})).status_code == 403


async def test_signing_out_everywhere_ends_every_session(mia: httpx.AsyncClient, store: GraphStore) -> None:
    await sign_in(mia, "mia")
    async with browser(store) as other:
        await sign_in(other, "mia")
        form = {"csrf": (await proof_of(other))["X-CSRF-Token"]}
        assert (await other.post("/sign-out-everywhere", data=form)).status_code == 303
    assert (await mia.get(f"{API}/accounts")).status_code == 401


async def test_who_is_switched_off_is_out_at_once(mia: httpx.AsyncClient, store: GraphStore) -> None:
    await user(store, "ben", Role.ADMIN)
    await sign_in(mia, "ben")
    assert (await mia.get(f"{API}/accounts")).status_code == 200
    await change_user(store, "ben", {"active": False}, 1)
    assert (await mia.get(f"{API}/accounts")).status_code == 401


async def test_attempts_are_delayed_for_known_and_unknown_names(
    mia: httpx.AsyncClient, store: GraphStore
) -> None:
    for name in ("mia", "nobody"):
        for _ in range(delays.FREE["name"]):
            assert (await sign_in(mia, name, "wrong wrong wrong")).status_code == 401
        delayed = await sign_in(mia, name)
        assert delayed.status_code == 429, "even with the right password"
        assert int(delayed.headers["retry-after"]) >= 1
    assert [delays.delay_s(count, 5) for count in (1, 4, 5, 6, 9, 500)] == [0, 0, 1, 2, 16, delays.LONGEST_S]


async def test_the_first_link_makes_the_first_administrator_once(store: GraphStore) -> None:
    desk = Desk(store)
    old, secret = await first_link(desk), await first_link(desk)
    async with browser(store) as client:
        assert (await client.get(f"/set-up/{old}")).status_code == 404
        page = await client.get(f"/set-up/{secret}?lang=zh", headers=HTML)
        assert "创建首位管理员" in page.text
        for password in ("short", "aaaaaaaaaaaaaaaa", "this is ada herself"):
            again = await client.post(f"/set-up/{secret}", data={"name": "ada", "password": password})
            assert again.status_code == 422
        form = {"name": "Ada", "password": PASSWORD}
        done = await client.post(f"/set-up/{secret}", data=form)
        assert (done.status_code, done.headers["location"]) == (303, "/sign-in?as=Ada")
        assert "密码已设置" in (await client.get("/sign-in?as=Ada&lang=zh", headers=HTML)).text
        assert "密码已设置" not in (await client.get("/sign-in?lang=zh", headers=HTML)).text
        assert (await client.post(f"/set-up/{secret}", data={**form, "name": "eve"})).status_code == 404
        assert (await sign_in(client, "ada")).status_code == 303
    ada = await find_user(store, "ada")
    assert ada is not None
    assert ada.role is Role.ADMIN
    assert await first_link(desk) is None
    assert secret not in repr([await store.kept_in(area) for area in ("set-up", "audit")])


async def test_a_link_changes_the_password_and_ends_all_sessions(
    mia: httpx.AsyncClient, store: GraphStore
) -> None:
    await sign_in(mia, "mia")
    secret = await make_link(Desk(store), "mia")
    assert "mia" in (await mia.get(f"/set-up/{secret}", headers=HTML)).text
    other = {"name": "somebody-else", "password": "another long password"}
    assert (await mia.post(f"/set-up/{secret}", data=other)).status_code == 303
    assert (await mia.get(f"{API}/accounts")).status_code == 401
    assert (await sign_in(mia, "mia")).status_code == 401
    assert (await sign_in(mia, "mia", "another long password")).status_code == 303
