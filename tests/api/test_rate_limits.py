"""Rate limits over HTTP: who is counted, what the headers tell, how a refusal looks, whom it never meets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.desk import Desk
from graphsvc.access.keys import NewKey, make_key
from graphsvc.access.quotas import WINDOW_S
from graphsvc.access.users import find_user
from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.api.visiting import BASE, CHEAP, closed, sign_in, user
from tests.stores import settings_of
from tests.unit.test_quotas import Clock

API = "/api/v1"
FEW = {"reads_per_minute": 3, "heavy_per_minute": 2, "writes_per_minute": 2, "imports_per_minute": 1}


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@asynccontextmanager
async def service(
    store: GraphStore, address: str = "192.0.2.7", **changed: Any
) -> AsyncIterator[tuple[httpx.AsyncClient, Clock]]:
    """A client of a service with small quotas, and the clock it counts by."""
    app, clock = create_app(closed(**{**FEW, **changed}), store), Clock()
    app.state.services.quotas.clock = clock
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client, clock


async def key(store: GraphStore, name: str) -> dict[str, str]:
    owner = await find_user(store, name)
    assert owner is not None
    _, text = await make_key(Desk(store), owner, NewKey(name="tool"))
    return {"Authorization": f"Bearer {text}"}


async def test_the_headers_tell_what_is_left_and_the_refusal_when_to_come_again(store: GraphStore) -> None:
    await user(store, "mia", Role.ADMIN)
    mine = await key(store, "mia")
    async with service(store) as (client, clock):
        told = []
        for _ in range(3):
            answer = await client.get(f"{API}/accounts", headers=mine)
            told.append((answer.status_code, answer.headers["RateLimit"]))
            clock.now += 10
        assert told == [(200, '"read";r=2;t=60'), (200, '"read";r=1;t=50'), (200, '"read";r=0;t=40')]
        assert answer.headers["RateLimit-Policy"] == '"read";q=3;w=60'
        refused = await client.get(f"{API}/accounts", headers={**mine, "Accept-Language": "zh"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
        assert refused.headers["RateLimit"] == '"read";r=0;t=30'
        assert refused.headers["content-type"] == "application/problem+json"
        problem = refused.json()
        assert problem["type"] == "urn:graphsvc:problem:too-many-requests"
        assert problem["detail"] == "请求过于频繁，请在 30 秒后重试。"
        assert (await client.get(f"{API}/accounts/x/chains", headers=mine)).status_code == 404, "other use"
        clock.now += 30
        assert (await client.get(f"{API}/accounts", headers=mine)).status_code == 200


async def test_a_key_does_not_use_up_what_its_owner_or_another_key_has(store: GraphStore) -> None:
    await user(store, "mia", Role.ADMIN)
    first, second = await key(store, "mia"), await key(store, "mia")
    async with service(store) as (client, _):
        for _ in range(3):
            await client.get(f"{API}/accounts", headers=first)
        assert (await client.get(f"{API}/accounts", headers=first)).status_code == 429
        assert (await client.get(f"{API}/accounts", headers=second)).status_code == 200
        await sign_in(client, "mia")
        assert (await client.get(f"{API}/accounts")).status_code == 200


async def test_strangers_are_counted_by_address_whatever_keys_they_invent(store: GraphStore) -> None:
    await user(store, "mia", Role.ADMIN)
    mine = await key(store, "mia")
    async with service(store) as (client, _):
        statuses = [
            (await client.get(f"{API}/accounts", headers={"Authorization": f"Bearer {number}"})).status_code
            for number in range(5)
        ]
        assert statuses == [401, 401, 401, 429, 429]
        assert (await client.get(f"{API}/accounts", headers=mine)).status_code == 200, "same address"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
async def test_one_household_has_one_quota(store: GraphStore, one: str, other: str, together: bool) -> None:
    app = create_app(closed(**FEW), store)
    app.state.services.quotas.clock = Clock()
    statuses = []
    for address in (one, one, one, other):
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            statuses.append((await client.get(f"{API}/accounts")).status_code)
    assert statuses == [401, 401, 401, 429 if together else 401]


async def test_passwords_cannot_be_tried_quickly_from_one_address(store: GraphStore) -> None:
    async with service(store, sign_ins_per_minute=4) as (client, clock):
        statuses = [(await sign_in(client, f"name-{number}")).status_code for number in range(5)]
        assert statuses == [401, 401, 401, 401, 429]
        page = await client.post(
            "/sign-in", data={"name": "x"}, headers={"Accept": "text/html", "Accept-Language": "zh"}
        )
        assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
        assert "请求过于频繁" in page.text
        clock.now += WINDOW_S
        assert (await sign_in(client, "name")).status_code == 401


async def test_health_and_files_are_never_counted(store: GraphStore) -> None:
    async with service(store) as (client, _):
        for path in ("/livez", "/readyz", "/static/base.css"):
            for _ in range(5):
                answer = await client.get(path)
                assert answer.status_code == 200
                assert "RateLimit" not in answer.headers


async def test_behind_an_open_door_nothing_is_counted(store: GraphStore) -> None:
    app = create_app(settings_of(**FEW), store)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        for _ in range(5):
            answer = await client.get(f"{API}/accounts")
            assert answer.status_code == 200
            assert "RateLimit" not in answer.headers


async def test_a_refused_change_changes_nothing(store: GraphStore) -> None:
    await user(store, "mia", Role.ADMIN)
    mine = await key(store, "mia")
    async with service(store) as (client, _):
        for number in range(3):
            answer = await client.post(
                f"{API}/accounts", headers=mine, json={"id": f"a{number}", "name": "x"}
            )
        assert answer.status_code == 429
        listed = await client.get(f"{API}/accounts", headers=mine)
        assert [row["id"] for row in listed.json()["items"]] == ["a0", "a1"]


async def test_the_document_tells_of_every_counted_operation(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert "429" not in document["paths"]["/livez"]["get"]["responses"]
    place = document["paths"][f"{API}/accounts"]["get"]["responses"]["429"]["$ref"]
    told = document["components"]["responses"][place.rpartition("/")[2]]
    assert set(told["headers"]) >= {"Retry-After", "RateLimit", "RateLimit-Policy"}
