"""Answers about the past: what was known then, on that day."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

ACME = "/api/v1/accounts/acme"
ANSWERS = ["influencers", "chains", "strength", "views/org-chart", "views/influence"]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_as_of_a_time_is_the_one_given_then(
    client: httpx.AsyncClient, account: str, answer: str
) -> None:
    def plain(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "provenance": {**body["provenance"], "as_of": None}}

    then = (await client.get("/api/v1/contacts/boss/history")).json()["items"][0]["at"]
    before = (await client.get(f"{ACME}/{answer}")).json()
    headers = {"If-Match": '"r1"'}
    await client.patch("/api/v1/contacts/boss", json={"name": "Other"}, headers=headers)
    await client.delete("/api/v1/contacts/user", headers=headers)
    await client.delete("/api/v1/members/me", headers=headers)
    now = (await client.get(f"{ACME}/{answer}")).json()
    past = (await client.get(f"{ACME}/{answer}", params={"as_of": then})).json()
    assert plain(past) == before
    assert plain(now) != before
    assert past["provenance"]["as_of"] == then
    assert past["provenance"]["on"] == then[:10]


async def test_a_time_before_the_account_and_a_time_without_a_zone(
    client: httpx.AsyncClient, account: str
) -> None:
    params = {"as_of": "2001-01-01T00:00:00Z"}
    assert (await client.get(f"{ACME}/influencers", params=params)).status_code == 404
    refused = await client.get(f"{ACME}/influencers", params={"as_of": "2026-01-01T00:00:00"})
    assert refused.status_code == 422


async def test_a_record_as_of_a_time(client: httpx.AsyncClient, account: str) -> None:
    url = "/api/v1/contacts/boss"
    first = (await client.get(url)).json()
    then = first["updated_at"]
    await client.patch(url, json={"name": "Other"}, headers={"If-Match": '"r1"'})
    changed = (await client.get(url)).json()
    await client.delete(url, headers={"If-Match": '"r2"'})
    past = await client.get(url, params={"as_of": then})
    assert (past.json(), past.headers["etag"][:4]) == (first, '"r1.')
    later = await client.get(url, params={"as_of": changed["updated_at"]})
    assert (later.json(), later.headers["etag"][:4]) == (changed, '"r2.')
    assert changed["created_at"] == then < changed["updated_at"]
    same = {"If-None-Match": past.headers["etag"]}
    known = await client.get(url, params={"as_of": then}, headers=same)
    assert known.status_code == 304
    for gone in ({}, {"as_of": "2001-01-01T00:00:00Z"}, {"as_of": "2999-01-01T00:00:00Z"}):
        assert (await client.get(url, params=gone)).status_code == 404
    again = {"id": "boss", "account_id": account, "name": "New"}
    made = (await client.post("/api/v1/contacts", json=again)).json()
    new = (await client.get(url, params={"as_of": made["updated_at"]})).json()
    assert (new["revision"], new["created_at"]) == (4, made["created_at"])
    assert (await client.get(url, params={"at": then})).status_code == 422


async def test_a_list_as_of_a_time_in_pages(client: httpx.AsyncClient, account: str) -> None:
    url = "/api/v1/contacts"
    now = (await client.get(url, params={"account_id": account})).json()
    lines = (await client.get("/api/v1/edges/works_in", params={"account_id": account})).json()
    then = (await client.get("/api/v1/contacts/boss")).json()["updated_at"]
    for id_ in ("boss", "user"):
        await client.delete(f"{url}/{id_}", headers={"If-Match": '"r1"'})
    params: dict[str, str | int] = {"account_id": account, "as_of": then, "limit": 2}
    first = (await client.get(url, params=params)).json()
    rest = (await client.get(url, params={**params, "cursor": first["next_cursor"]})).json()
    assert first["items"] + rest["items"] == now["items"]
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    found = await client.get("/api/v1/edges/works_in", params={**params, "rung": "director"})
    assert found.json()["items"] == [row for row in lines["items"] if row["rung"] == "director"]
    ours = (await client.get("/api/v1/members", params=params)).json()["items"]
    assert [row["id"] for row in ours] == ["me"]
    refused = await client.get(url, params={"as_of": then})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/query/account_id"]
    early = {**params, "as_of": "2001-01-01T00:00:00Z"}
    assert (await client.get(url, params=early)).status_code == 404


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "graphml", "gexf", "cytoscape", "node-link"])
async def test_the_graph_as_of_a_time_is_the_file_of_then(
    client: httpx.AsyncClient, account: str, form: str
) -> None:
    url = f"{ACME}/graph"
    before = await client.get(url, params={"format": form})
    then = (await client.get("/api/v1/contacts/boss")).json()["updated_at"]
    await client.delete("/api/v1/contacts/user", headers={"If-Match": '"r1"'})
    past = await client.get(url, params={"format": form, "as_of": then})
    assert (past.content, past.headers["etag"]) == (before.content, before.headers["etag"])
    assert (await client.get(url, params={"format": form})).content != before.content
    headers = {"If-None-Match": before.headers["etag"]}
    known = await client.get(url, params={"format": form, "as_of": then}, headers=headers)
    assert known.status_code == 304
