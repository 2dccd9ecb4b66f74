"""Imports over HTTP: jobs, their rows, undo, keys, caps."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores import imports
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ImportStage
from models.imports import ImportState
from tests.stores import settings_of

IMPORTS = "/api/v1/imports"
PEOPLE = "id,name,department,title\na1,王芳,财务部,CFO\na2,Ann Lee,财务部,Clerk\n"


async def ended(client: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    """The job once it has ended."""
    async with asyncio.timeout(60):
        while True:
            told: dict[str, Any] = (await client.get(f"{IMPORTS}/{id_}")).json()
            if told["state"] not in ("queued", "running"):
                return told
            await asyncio.sleep(0)


async def send(client: httpx.AsyncClient, text: str = PEOPLE, key: str = "", **fields: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    fields = {"account": "acme", **fields}
    files = [("files", ("people.csv", text.encode(), "text/csv"))]
    return await client.post(IMPORTS, data=fields, files=files, headers=headers)


async def test_files_become_a_job_and_records(client: httpx.AsyncClient) -> None:
    answer = await send(client)
    assert answer.status_code == 202
    id_ = answer.json()["id"]
    assert answer.headers["location"] == f"{IMPORTS}/{id_}"
    told = await ended(client, id_)
    assert told["state"] == "done"
    assert told["result"]["put"] == 6
    assert told["result"]["kinds"] == {"account": 1, "department": 1, "contact": 2, "works_in": 2}
    assert (await client.get("/api/v1/contacts/a1")).json()["name"] == "王芳"
    again = await ended(client, (await send(client)).json()["id"])
    assert (again["result"]["put"], again["result"]["unchanged"]) == (0, 5)
    listed = (await client.get(IMPORTS)).json()["items"]
    assert [row["state"] for row in listed] == ["done", "done"]


async def test_wrong_rows_are_in_the_job_not_in_the_answer(client: httpx.AsyncClient) -> None:
    answer = await send(client, "id,rung\na1,sky\na2,expert\n")
    assert answer.status_code == 202
    told = await ended(client, answer.json()["id"])
    assert (told["state"], told["refused"]) == ("failed", 1)
    assert told["problem"]["code"] == "invalid-input"
    csv = await client.get(f"{IMPORTS}/{told['id']}/errors.csv?lang=zh")
    assert csv.headers["content-type"].startswith("text/csv")
    assert "people.csv,2,rung" in csv.text
    assert (await client.get("/api/v1/contacts/a2")).status_code == 404
    kept = await ended(
        client, (await send(client, "id,rung\na1,sky\na2,expert\n", mode="per-row")).json()["id"]
    )
    assert (kept["state"], kept["refused"]) == ("done", 1)
    assert (await client.get("/api/v1/contacts/a2")).status_code == 200


async def test_imports_come_in_pages(client: httpx.AsyncClient, store: GraphStore) -> None:
    ids = [(await ended(client, (await send(client)).json()["id"]))["id"] for _ in range(5)]
    for told_by in (client, client_of_another_process(store)):
        found, query = [], {"limit": "2"}
        while True:
            page = await told_by.get(IMPORTS, params=query)
            found += [row["id"] for row in page.json()["items"]]
            if page.json()["next_cursor"] is None:
                break
            assert 'rel="next"' in page.headers["link"]
            query["cursor"] = page.json()["next_cursor"]
            if len(found) == 2:
                await ended(client, (await send(client)).json()["id"])  # newer than what was read
        assert found[-5:] == ids[::-1]
        assert len(set(found)) == len(found)
    for wrong in ({"cursor": "x"}, {"offset": "1"}, {"limit": "0"}):
        assert (await client.get(IMPORTS, params=wrong)).status_code == 422


def client_of_another_process(store: GraphStore) -> httpx.AsyncClient:
    """Who knows no job of this one: what it tells of imports is what the store remembers."""
    transport = httpx.ASGITransport(create_app(settings_of(), store), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


async def test_a_dry_run_writes_nothing(client: httpx.AsyncClient, store: GraphStore) -> None:
    told = await ended(client, (await send(client, dry_run="true")).json()["id"])
    assert told["result"]["dry_run"]
    assert told["result"]["columns"][0]["field"] == "id"
    assert await store.accounts(Scope("test")) == []
    assert await store.imports(Scope("test")) == []


async def test_the_same_key_is_one_import(client: httpx.AsyncClient, store: GraphStore) -> None:
    first = (await send(client, key="k1")).json()["id"]
    assert (await send(client, key="k1")).json()["id"] == first
    await ended(client, first)
    other = await send(client, PEOPLE + "a3,New,,\n", key="k1")
    assert other.status_code == 422
    assert other.json()["errors"][0]["code"] == "change-set-reused"
    restarted = create_app(settings_of(), store)
    transport = httpx.ASGITransport(restarted, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as later:
        assert (await send(later, key="k1")).json()["state"] == "done"
        assert (await send(later, PEOPLE + "a3,New,,\n", key="k1")).status_code == 422
        assert (await later.get(f"{IMPORTS}/{first}")).json()["put"] == 6
        assert (await later.get(f"{IMPORTS}/{first}/errors.csv")).status_code == 404


async def test_a_dry_run_and_its_import_have_keys_of_their_own(
    client: httpx.AsyncClient, store: GraphStore
) -> None:
    for first, then in (("true", "false"), ("false", "true")):
        told = await send(client, key=f"dry-{first}", dry_run=first)
        assert (await send(client, key=f"dry-{first}", dry_run=first)).json()["id"] == told.json()["id"]
        await ended(client, told.json()["id"])
        other = await send(client, key=f"dry-{first}", dry_run=then)
        assert other.status_code == 422
        assert other.json()["errors"][0]["code"] == "change-set-reused"
    async with client_of_another_process(store) as later:
        assert (await send(later, key="dry-false", dry_run="true")).status_code == 422


async def test_an_import_is_undone_unless_something_was_built_upon_it(client: httpx.AsyncClient) -> None:
    id_ = (await send(client)).json()["id"]
    await ended(client, id_)
    node = await client.get("/api/v1/contacts/a1")
    headers = {"If-Match": node.headers["etag"], "Content-Type": "application/merge-patch+json"}
    await client.patch("/api/v1/contacts/a1", json={"name": "Changed"}, headers=headers)
    refused = await client.post(f"{IMPORTS}/{id_}/undo")
    assert refused.status_code == 409
    assert refused.json()["later"][0]["id"] == "a1"
    assert (await client.get("/api/v1/contacts/a2")).status_code == 200
    change = (await client.get("/api/v1/contacts/a1/history")).json()["items"][0]["change_set"]
    assert (await client.post(f"/api/v1/changesets/{change}/undo")).status_code == 200
    assert (await client.post(f"{IMPORTS}/{id_}/undo")).json()["type"] == "urn:graphsvc:problem:changed-since"


async def test_an_import_nobody_touched_is_undone(client: httpx.AsyncClient) -> None:
    id_ = (await send(client)).json()["id"]
    await ended(client, id_)
    assert (await client.post(f"{IMPORTS}/{id_}/undo")).json()["state"] == "undone"
    assert (await client.get("/api/v1/accounts/acme")).status_code == 404
    assert (await client.post(f"{IMPORTS}/{id_}/undo")).status_code == 409
    assert (await client.get(f"{IMPORTS}/{id_}")).json()["state"] == "undone"
    assert (await client.post(f"{IMPORTS}/none/undo")).status_code == 404


async def test_an_undo_takes_as_long_as_it_takes(store: GraphStore) -> None:
    transport = httpx.ASGITransport(create_app(settings_of(request_deadline_s=1e-6), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/api/v1/accounts")).status_code == 503
        id_ = (await send(client)).json()["id"]
        await ended(client, id_)
        assert (await client.post(f"{IMPORTS}/{id_}/undo")).json()["state"] == "undone"


async def test_an_upload_over_the_cap_is_refused(store: GraphStore) -> None:
    transport = httpx.ASGITransport(create_app(settings_of(upload_bytes=5_000), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await send(client, PEOPLE + "x" * 6_000)
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:graphsvc:problem:too-large"
        assert (await send(client)).status_code == 202


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"mode": "half"}, "/mode"),
        ({"dry_run": "perhaps"}, "/dry_run"),
        ({"encoding": "ebcdic"}, "/encoding"),
        ({"id_prefix": "a b"}, "/id_prefix"),
        ({"colour": "red"}, "/colour"),
        ({"levels": "up"}, "/levels"),
    ],
)
async def test_fields_that_cannot_be_are_named(
    client: httpx.AsyncClient, fields: dict[str, str], pointer: str
) -> None:
    answer = await send(client, **fields)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_who_writes_to_an_account_under_import_is_told_when_to_come_again(
    client: httpx.AsyncClient, store: GraphStore, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "HOLD_WAIT_S", 0)
    state = ImportState("imp", "tester", ("p.csv",), "0", (account,), utc_now(), ImportStage.RUNNING)
    await store.keep_import(state)
    refused = await client.post("/api/v1/contacts", json={"account_id": account, "name": "New"})
    assert refused.status_code == 503
    assert refused.json()["type"] == "urn:graphsvc:problem:store-busy"
    assert int(refused.headers["retry-after"]) >= 1
    assert (await client.get(f"/api/v1/accounts/{account}/influencers")).status_code == 200
    assert (await client.get("/api/v1/contacts/boss")).json()["name"] == "王芳"
    await store.keep_import(replace(state, stage=ImportStage.DONE))
    made = await client.post("/api/v1/contacts", json={"account_id": account, "name": "New"})
    assert made.status_code == 201
