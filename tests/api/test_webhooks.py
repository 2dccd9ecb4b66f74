"""Webhooks over HTTP: made by administrators, the secret told once, pinged, changed, removed, on record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.audit import trail
from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.api.conftest import BASE
from tests.api.visiting import CHEAP, browser, proof_of, sign_in, user
from tests.receiver import receiving, status
from tests.stores import settings_of

WEBHOOKS = "/api/v1/webhooks"


@pytest.fixture
async def private(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service that may send to loopback."""
    transport = httpx.ASGITransport(create_app(settings_of(webhook_private=True), store))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


async def made(client: httpx.AsyncClient, url: str, **more: Any) -> dict[str, Any]:
    answer = await client.post(WEBHOOKS, json={"name": "CRM", "url": url, **more})
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


async def test_a_webhook_is_made_shown_changed_and_removed(
    client: httpx.AsyncClient, store: GraphStore
) -> None:
    hook = await made(client, "https://crm.example.org/hook", kinds=["contact"])
    assert hook["secret"].startswith("whsec_")
    one = await client.get(f"{WEBHOOKS}/{hook['id']}")
    assert {**one.json(), "secret": hook["secret"]} == hook
    assert (await client.get(WEBHOOKS)).json()["items"] == [one.json()]
    match = {"If-Match": one.headers["etag"]}
    address = f"{WEBHOOKS}/{hook['id']}"
    assert (await client.patch(address, json={"active": False})).status_code == 428
    off = await client.patch(address, json={"active": False, "name": "Old"}, headers=match)
    assert (off.json()["active"], off.json()["stopped"], off.json()["name"]) == (False, "by_hand", "Old")
    for stale in (
        await client.patch(address, json={}, headers=match),
        await client.delete(address, headers=match),
    ):
        assert (stale.status_code, stale.json()["current"]) == (412, off.json())
        assert stale.headers["etag"] == off.headers["etag"]
    again = await client.post(f"{address}/rotate-secret", json={"keep_old_hours": 2})
    assert again.json()["secret"] != hook["secret"]
    assert again.json()["old_secret_until"] is not None
    assert (await client.delete(address)).status_code == 428
    gone = await client.delete(address, headers={"If-Match": again.headers["etag"]})
    assert gone.json() == {"deleted": 1}
    assert (await client.get(address)).status_code == 404
    acts = [str(entry.act) for entry in await trail(store)]
    assert acts == ["webhook_made", "webhook_changed", "webhook_rotated", "webhook_removed"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x"},
        {"name": "x", "url": "http://example.org/"},
        {"name": "x", "url": "https://10.0.0.1/"},
        {"name": "x", "url": "https://u:p@example.org/"},
        {"name": "x", "url": "https://example.org/", "kinds": ["dossier"]},
        {"name": "x", "url": "https://example.org/", "kinds": ["emperor"]},
        {"name": "x", "url": "https://example.org/", "kinds": []},
        {"name": "x", "url": "https://example.org/", "events": ["born"]},
        {"name": "x", "url": "https://example.org/", "secret": "whsec_mine"},
        {"name": "", "url": "https://example.org/"},
    ],
)
async def test_what_is_no_webhook_is_refused_by_place(client: httpx.AsyncClient, body: object) -> None:
    for language in ("en", "zh"):
        answer = await client.post(WEBHOOKS, json=body, headers={"Accept-Language": language})
        assert answer.status_code == 422, answer.text
        assert all(fault["pointer"] and fault["message"] for fault in answer.json()["errors"])
    assert (await client.get(WEBHOOKS)).json()["items"] == []


async def test_sent_again_with_its_key_a_webhook_is_made_once(client: httpx.AsyncClient) -> None:
    body, key = {"name": "x", "url": "https://example.org/", "kinds": ["contact"]}, {"Idempotency-Key": "k"}
    first, *more = await asyncio.gather(
        *(client.post(WEBHOOKS, json=body, headers=key) for _ in range(5)),
    )
    more.append(await client.post(WEBHOOKS, json=body, headers=key))
    assert {answer.status_code for answer in (first, *more)} == {201}
    assert all(answer.json() == first.json() for answer in more)
    assert len((await client.get(WEBHOOKS)).json()["items"]) == 1
    other = await client.post(WEBHOOKS, json={**body, "name": "y"}, headers=key)
    assert other.status_code == 422
    assert other.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"


async def test_of_an_account_that_is_not_there_nothing_is_told(client: httpx.AsyncClient) -> None:
    body = {"name": "x", "url": "https://example.org/", "accounts": ["nobody"]}
    assert (await client.post(WEBHOOKS, json=body)).status_code == 404


async def test_a_ping_says_how_it_went(private: httpx.AsyncClient) -> None:
    async with receiving() as receiver:
        hook = await made(private, receiver.url)
        address = f"{WEBHOOKS}/{hook['id']}"
        fine = (await private.post(f"{address}/ping")).json()
        receiver.behave = status(302, Location="/elsewhere")
        bad = (await private.post(f"{address}/ping")).json()
        (first, _) = receiver.got
    assert (fine["outcome"], fine["status"], bad["outcome"], bad["status"]) == (
        "delivered",
        204,
        "redirected",
        302,
    )
    assert first.told["type"] == "webhook.ping"
    assert first.line.startswith("POST /hook ")
    assert first.is_signed_by(hook["secret"])
    assert not first.is_signed_by("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    listed = (await private.get(f"{address}/deliveries")).json()["items"]
    assert listed == [bad, fine]
    first = (await private.get(f"{address}/deliveries", params={"limit": 1})).json()
    then = {"limit": 1, "cursor": first["next_cursor"]}
    assert first["items"] == [bad]
    assert (await private.get(f"{address}/deliveries", params=then)).json() == {
        "items": [fine],
        "next_cursor": None,
    }
    assert (await private.get(address)).json()["last"] == bad


async def test_a_ping_to_our_own_network_goes_nowhere(client: httpx.AsyncClient) -> None:
    async with receiving() as receiver:
        hook = await made(client, f"https://localhost:{receiver.port}/")
        told = (await client.post(f"{WEBHOOKS}/{hook['id']}/ping")).json()
        assert (told["outcome"], receiver.got) == ("address_refused", [])


async def test_only_administrators_have_webhooks_and_a_key_no_more_than_its_accounts(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    await user(store, "ada", Role.ADMIN)
    await user(store, "stan", Role.STRATEGIST, all_accounts=True)
    body = {"name": "x", "url": "https://example.org/"}
    async with browser(store) as stan:
        await sign_in(stan, "stan")
        stan.headers.update(await proof_of(stan))
        assert (await stan.get(WEBHOOKS)).status_code == 403
        assert (await stan.post(WEBHOOKS, json=body)).status_code == 403
    async with browser(store) as ada, browser(store) as tool:
        await sign_in(ada, "ada")
        ada.headers.update(await proof_of(ada))
        await ada.post("/api/v1/accounts", json={"id": "acme", "name": "ACME"})
        whole = await made(ada, "https://example.org/")
        key = (await ada.post("/api/v1/api-keys", json={"name": "k", "accounts": ["acme"]})).json()["key"]
        tool.headers["Authorization"] = f"Bearer {key}"
        assert (await tool.get(f"{WEBHOOKS}/{whole['id']}")).status_code == 404
        own = await made(tool, "https://example.org/")
        assert own["accounts"] == ["acme"]
        assert [row["id"] for row in (await tool.get(WEBHOOKS)).json()["items"]] == [own["id"]]
        assert len((await ada.get(WEBHOOKS)).json()["items"]) == 2
