"""What every request and response keeps to: problems, ids, headers, limits, local names."""

from __future__ import annotations

import asyncio
from typing import cast

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from graphsvc.web.middleware import CSP
from tests.stores import settings_of
from viz.statics import address_of

BASE = "http://localhost"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/accounts/nobody/influencers", 404),
        ("GET", "/api/v1/accounts/nobody/views/org-chart", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/contacts/no%20id", 422),
        ("PUT", "/api/v1/accounts", 405),
        ("GET", "/api/v1/contacts?limit=0", 422),
        ("GET", "/api/v1/contacts?colour=red", 422),
        ("GET", "/api/v1/contacts?cursor=%2F%2F", 422),
        ("POST", "/api/v1/contacts", 415),
        ("GET", "/static/nothing.js", 404),
    ],
)
async def test_every_failure_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:graphsvc:problem:")
    assert body["request_id"] == answer.headers["x-request-id"]


async def test_problems_speak_chinese(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/contacts/nobody", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert answer.json()["detail"] == "不存在联系人 nobody。"


async def test_people_get_a_page_for_a_failure(client: httpx.AsyncClient) -> None:
    answer = await client.get("/accounts/nobody/org-chart", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_safe_headers_stand_on_every_response(client: httpx.AsyncClient) -> None:
    for path in ("/livez", "/api/v1/nothing", "/", "/openapi.json"):
        answer = await client.get(path)
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, None),
        ({"tls_certificate": "c.pem", "tls_key": "k.pem"}, None),
        ({"behind_proxy": "10.0.0.1", "secret": "x" * 32}, "max-age=31536000"),
        ({"host": "0.0.0.0", "tls_certificate": "c", "tls_key": "k", "secret": "x" * 32}, "max-age=31536000"),
    ],
)
async def test_browsers_come_by_tls_alone_where_others_do(
    store: GraphStore, changed: dict[str, str], told: str | None
) -> None:
    app = create_app(settings_of(open_door=None, **changed), store)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        for path in ("/livez", "/api/v1/nothing", "/sign-in"):
            assert (await client.get(path)).headers.get("strict-transport-security") == told


async def test_a_request_keeps_its_own_id(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez", headers={"X-Request-Id": "mine-1"})).headers[
        "x-request-id"
    ] == "mine-1"
    forged = (await client.get("/livez", headers={"X-Request-Id": "a b"})).headers["x-request-id"]
    assert forged != "a b"


async def test_foreign_host_names_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez", headers={"Host": "evil.example"})).status_code == 421
    assert (await client.get("/livez", headers={"Host": "127.0.0.1:8000"})).status_code == 200


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_pages_of_other_sites_cannot_write(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post("/api/v1/accounts", json={"name": "x"}, headers=headers)
    assert answer.status_code == 403
    assert (await client.get("/api/v1/accounts")).json()["items"] == []


async def test_bodies_over_the_limit_are_refused(client: httpx.AsyncClient) -> None:
    body = b'{"name": "' + b"x" * 1_000_001 + b'"}'
    answer = await client.post("/api/v1/accounts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_the_service_lives_and_is_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200


async def test_every_operation_of_the_openapi_document_has_an_id_and_a_summary(
    client: httpx.AsyncClient,
) -> None:
    document = (await client.get("/openapi.json")).json()
    operations = [op for path in document["paths"].values() for op in path.values()]
    ids = [op["operationId"] for op in operations]
    assert document["openapi"].startswith("3.1")
    assert len(set(ids)) == len(ids) > 90
    assert all(op.get("summary") for op in operations)


class Slow:
    """A store whose answers never come."""

    def __getattr__(self, name: str) -> object:
        async def never(*args: object, **kwargs: object) -> None:
            await asyncio.Event().wait()

        return never


@pytest.mark.parametrize(
    ("method", "code"),
    [("GET", "store-unavailable"), ("POST", "outcome-unknown"), ("DELETE", "outcome-unknown")],
)
async def test_a_request_out_of_time_says_whether_it_may_have_written(method: str, code: str) -> None:
    settings = settings_of(request_deadline_s=0.01)
    app = create_app(settings, cast(GraphStore, Slow()))
    path = "/api/v1/members" + ("/me" if method == "DELETE" else "")
    body = {"json": {"name": "x"}} if method == "POST" else {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        answer = await client.request(method, path, headers={"If-Match": '"r1"'}, **body)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith(f":{code}")
    assert int(answer.headers["retry-after"]) > 0


async def test_the_reference_needs_no_store_and_takes_its_time() -> None:
    app = create_app(settings_of(request_deadline_s=0.01), cast(GraphStore, Slow()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        answer = await client.get("/docs", headers={"Accept": "text/html"})
    assert answer.status_code == 200


async def test_a_page_that_is_not_ready_in_time_asks_again_by_itself() -> None:
    app = create_app(settings_of(request_deadline_s=0.01), cast(GraphStore, Slow()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        answer = await client.get("/accounts/acme/history", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert f'data-again="{answer.headers["retry-after"]}"' in answer.text
    assert address_of("again.js") in answer.text
