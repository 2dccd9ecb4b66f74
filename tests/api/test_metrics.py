"""What the service counts of itself, that it is true, that its documents name it all, and who may read it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from graphsvc.access.desk import Desk
from graphsvc.access.keys import NewKey, make_key
from graphsvc.access.users import change_user, find_user
from graphsvc.app import create_app
from graphsvc.errors import NotAllowed, StoreUnavailable
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.api.visiting import BASE, closed, user
from tests.layers.test_docs import rows
from tests.stores import settings_of

API = "/api/v1"


async def read(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    """All samples, by name and the values of their labels."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_requests_are_counted_by_route_and_status(client: httpx.AsyncClient, account: str) -> None:
    for id_ in ("boss", "aide", "nobody"):
        await client.get(f"{API}/contacts/{id_}")
    for path in ("/nothing/here", "/static/base.css"):
        await client.get(path)
    await client.request("CANARY", "/livez")
    told = await read(client)
    route = f"{API}/contacts/{{id}}"
    assert told["graphsvc_requests_total", "GET", route, "2xx"] == 2
    assert told["graphsvc_requests_total", "GET", route, "4xx"] == 1
    assert told["graphsvc_request_seconds_count", "GET", route] == 3
    assert told["graphsvc_requests_total", "GET", "unknown", "4xx"] == 1
    assert told["graphsvc_requests_total", "GET", "/static/{path}", "2xx"] == 1
    assert told["graphsvc_requests_total", "other", "unknown", "4xx"] == 1
    assert told["graphsvc_requests_in_flight",] == 1, "the one that asks"
    assert told["graphsvc_store_seconds_count", "get", "ok"] == 2
    assert told["graphsvc_store_seconds_count", "get", "refused"] == 1


async def test_the_state_is_that_of_now(client: httpx.AsyncClient, account: str) -> None:
    before = await read(client)
    assert (before["graphsvc_store_up",], before["graphsvc_accounts",]) == (1, 1)
    assert before["graphsvc_log_entries", "firm"] > 0
    for _ in range(3):
        await client.get(f"{API}/accounts/{account}/influencers")
    await client.post(f"{API}/contacts", json={"account_id": account, "name": "New"})
    after = await read(client)
    accounts = ("graphsvc_log_entries", "accounts")
    assert after[accounts] == before[accounts] + 1
    assert after["graphsvc_snapshots_total", "store"] == 1
    assert after["graphsvc_snapshots_total", "memory"] == 2
    assert after["graphsvc_snapshots_kept",] == 1
    assert after["graphsvc_snapshots_kept_bytes",] > 0
    assert (after["graphsvc_workers",], after["graphsvc_imports",]) == (0, 0)


class Gone:
    """A store that does not answer."""

    def __getattr__(self, name: str) -> Any:
        async def gone(*args: object, **named: object) -> None:
            raise StoreUnavailable

        return gone

    graphs_kept = None


async def test_without_a_store_the_rest_is_told(store: GraphStore) -> None:
    gone = Gone()
    gone.graphs_kept = store.graphs_kept  # type: ignore[assignment]
    app = create_app(settings_of(), gone)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        await client.get(f"{API}/contacts/x")
        told = await read(client)
    assert told["graphsvc_store_up",] == 0
    assert not any(name[0] == "graphsvc_accounts" for name in told)
    assert told["graphsvc_store_seconds_count", "get", "unavailable"] == 1
    assert told["graphsvc_requests_total", "GET", f"{API}/contacts/{{id}}", "5xx"] == 1


@asynccontextmanager
async def from_address(store: GraphStore, address: str, **changed: Any) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(closed(**changed), store)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 1)), base_url=BASE
    ) as client:
        yield client


async def key(store: GraphStore, name: str, **asked: Any) -> dict[str, str]:
    owner = await find_user(store, name)
    assert owner is not None
    _, text = await make_key(Desk(store), owner, NewKey(name="x", **asked))
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize(
    ("address", "proxy", "status"),
    [
        ("127.0.0.1", None, 200),
        ("::1", None, 200),
        ("192.0.2.7", None, 401),
        ("127.0.0.1", "127.0.0.1", 401),
    ],
)
async def test_this_machine_reads_them_others_and_proxies_sign_in(
    store: GraphStore, address: str, proxy: str | None, status: int
) -> None:
    changed = {"behind_proxy": proxy, "secret": "s" * 32} if proxy else {}
    async with from_address(store, address, **changed) as client:
        assert (await client.get("/metrics")).status_code == status


async def test_a_key_for_metrics_opens_nothing_else(store: GraphStore) -> None:
    await user(store, "ada", Role.ADMIN)
    await user(store, "rep", Role.REP)
    narrow, wide, other = (
        await key(store, "ada", metrics=True),
        await key(store, "ada"),
        await key(store, "rep"),
    )
    async with from_address(store, "192.0.2.7") as client:
        for headers, metrics, accounts in ((narrow, 200, 403), (wide, 200, 200), (other, 403, 200)):
            assert (await client.get("/metrics", headers=headers)).status_code == metrics
            assert (await client.get(f"{API}/accounts", headers=headers)).status_code == accounts
            assert (await client.get(f"{API}/users", headers=headers)).status_code == (
                200 if headers is wide else 403
            )
        await user(store, "eve", Role.ADMIN)
        await change_user(store, "ada", {"role": "rep"}, 1)
        assert (await client.get("/metrics", headers=narrow)).status_code == 401, "its owner is none any more"
    with pytest.raises(NotAllowed):
        await key(store, "rep", metrics=True)


async def test_over_quota_is_counted(store: GraphStore) -> None:
    async with from_address(store, "127.0.0.1", reads_per_minute=1) as client:
        for _ in range(3):
            await client.get(f"{API}/accounts")
        assert (await read(client))["graphsvc_requests_over_quota_total", "read"] == 2


async def test_every_metric_is_documented_and_none_besides(client: httpx.AsyncClient) -> None:
    text = (await client.get("/metrics")).text
    told = set(re.findall(r"^# TYPE (graphsvc_\w+)", text, re.MULTILINE))
    documented = {name for name in rows("operations.md") if name.startswith("graphsvc_")}
    assert told == documented


async def test_webhooks_and_what_they_wait_for_are_told(client: httpx.AsyncClient, account: str) -> None:
    hook = {"name": "crm", "url": "https://hooks.example.org/in"}
    made = await client.post(f"{API}/webhooks", json=hook)
    assert made.status_code == 201, made.text
    await client.post(f"{API}/contacts", json={"account_id": account, "name": "New"})
    told = await read(client)
    assert told["graphsvc_webhooks", "active"] == 1
    assert (told["graphsvc_webhooks", "failing"], told["graphsvc_webhooks", "stopped"]) == (0, 0)
    assert told["graphsvc_webhooks_behind",] == 1
