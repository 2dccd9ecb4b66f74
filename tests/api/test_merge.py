"""Duplicates and merges over HTTP and at the command line."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from graphsvc.stores.port import GraphStore, Scope

MERGE = "/api/v1/contacts/boss/merge"
READ = {"If-Match": '"r1"'}


@pytest.fixture
async def twice(client: httpx.AsyncClient, account: str) -> str:
    """The boss entered again, with the same address and a tie of her own."""
    reached = {"channels": [{"kind": "email", "value": "boss@acme.example"}]}
    await client.patch("/api/v1/contacts/boss", json=reached, headers=READ)
    again = {"id": "boss2", "account_id": account, "name": "Fang Wang", "status": "left", **reached}
    assert (await client.post("/api/v1/contacts", json=again)).status_code == 201
    tie = {"id": "extra", "source_id": "boss2", "target_id": "aide", "basis": "family"}
    assert (await client.post("/api/v1/edges/influences", json=tie)).status_code == 201
    return account


async def test_a_duplicate_is_found_merged_and_brought_back(client: httpx.AsyncClient, twice: str) -> None:
    listed = (await client.get(f"/api/v1/accounts/{twice}/duplicates")).json()
    (pair,) = listed["items"]
    assert pair["contact_ids"] == ["boss", "boss2"]
    assert pair["score"] > 0.9
    assert "same_email" in [reason["rule"] for reason in pair["reasons"]]
    assert (listed["next_cursor"], listed["provenance"]["algorithm"]) == (None, "duplicates")
    before = (await client.get(f"/api/v1/accounts/{twice}/graph")).json()
    headers = {"If-Match": '"r2"', "Idempotency-Key": "k1"}
    done = await client.post(MERGE, json={"duplicate_id": "boss2"}, headers=headers)
    assert done.status_code == 200
    body = done.json()
    assert (body["contact"]["id"], body["moved"], body["dry_run"]) == ("boss", {"influences": 1}, False)
    assert [row["field"] for row in body["differing"]] == ["name", "status"]
    assert (await client.post(MERGE, json={"duplicate_id": "boss2"}, headers=headers)).json() == body
    assert (await client.get("/api/v1/contacts/boss2")).status_code == 404
    assert (await client.get("/api/v1/contacts/boss2/history")).json()["items"][0]["before"][
        "status"
    ] == "left"
    assert (await client.get("/api/v1/edges/influences/extra")).json()["source_id"] == "boss"
    assert (await client.get(f"/api/v1/accounts/{twice}/duplicates")).json()["items"] == []
    undone = await client.post(f"/api/v1/changesets/{body['change_set']}/undo")
    assert undone.status_code == 200
    assert (await client.get(f"/api/v1/accounts/{twice}/graph")).json() == before


async def test_pages_and_forms_of_the_list(client: httpx.AsyncClient, twice: str) -> None:
    url = f"/api/v1/accounts/{twice}/duplicates"
    again = {
        "id": "boss3",
        "account_id": twice,
        "name": "王芳",
        "channels": [{"kind": "email", "value": "boss@acme.example"}],
    }
    assert (await client.post("/api/v1/contacts", json=again)).status_code == 201
    first = (await client.get(url, params={"limit": 2, "min_score": 0})).json()
    rest = (await client.get(url, params={"limit": 2, "min_score": 0, "cursor": first["next_cursor"]})).json()
    assert (len(first["items"]), len(rest["items"])) == (2, 1)
    table = await client.get(url, headers={"Accept": "text/csv"})
    assert table.text.splitlines()[0].startswith("contact_id,other_id,name,other_name")
    assert (await client.get(url, params={"across": True})).json()["items"] == []
    for wrong in ({"min_score": 2}, {"limit": 0}, {"scores": 1}):
        assert (await client.get(url, params=wrong)).status_code == 422  # type: ignore[arg-type]
    assert (await client.get("/api/v1/accounts/nowhere/duplicates")).status_code == 404


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ({"duplicate_id": "boss2"}, {}, 428, None),
        ({"duplicate_id": "boss2"}, {"If-Match": '"r1"'}, 412, None),
        ({"duplicate_id": "boss2"}, {"If-Match": "2"}, 422, "invalid-value"),
        ({"duplicate_id": "boss"}, {"If-Match": '"r2"'}, 422, "same-person"),
        ({"duplicate_id": "nobody"}, {"If-Match": '"r2"'}, 422, "unknown-record"),
        ({"duplicate_id": "x"}, {"If-Match": '"r2"'}, 422, "merge-across"),
        ({}, {"If-Match": '"r2"'}, 422, "missing"),
        ({"duplicate_id": 7}, {"If-Match": '"r2"'}, 422, "invalid-value"),
        ({"duplicate_id": "boss2", "dry_run": "yes"}, {"If-Match": '"r2"'}, 422, "invalid-value"),
        ({"duplicate_id": "boss2", "prefer": {"id": "other"}}, {"If-Match": '"r2"'}, 422, "unknown-field"),
        ({"duplicate_id": "boss2", "extra": 1}, {"If-Match": '"r2"'}, 422, "unknown-field"),
    ],
)
async def test_what_cannot_be_merged_changes_nothing(
    client: httpx.AsyncClient,
    store: GraphStore,
    twice: str,
    body: dict[str, Any],
    headers: dict[str, str],
    status: int,
    code: str | None,
) -> None:
    await client.post("/api/v1/accounts", json={"id": "other", "name": "Other"})
    await client.post("/api/v1/contacts", json={"id": "x", "account_id": "other", "name": "X"})
    before = await store.heads(Scope("test"))
    answer = await client.post(MERGE, json=body, headers=headers)
    assert answer.status_code == status
    assert [error["code"] for error in answer.json().get("errors", [])] == ([code] if code else [])
    assert await store.heads(Scope("test")) == before


async def test_a_dry_run_writes_nothing(client: httpx.AsyncClient, store: GraphStore, twice: str) -> None:
    before = await store.heads(Scope("test"))
    asked = {"duplicate_id": "boss2", "dry_run": True, "prefer": {"status": "other"}}
    said = (await client.post(MERGE, json=asked, headers={"If-Match": '"r2"'})).json()
    assert (said["change_set"], said["dry_run"], said["contact"]["status"]) == (None, True, "left")
    assert await store.heads(Scope("test")) == before
