"""Histories and undo over HTTP."""

from __future__ import annotations

import httpx

BOSS = "/api/v1/contacts/boss"


async def test_the_history_of_a_record_in_pages(client: httpx.AsyncClient, account: str) -> None:
    for number in (1, 2):
        headers = {"If-Match": f'"r{number}"'}
        await client.patch(BOSS, json={"name": f"Boss {number}"}, headers=headers)
    first = (await client.get(f"{BOSS}/history", params={"limit": 2})).json()
    assert [(row["revision"], row["after"]["name"]) for row in first["items"]] == [
        (3, "Boss 2"),
        (2, "Boss 1"),
    ]
    assert first["items"][0]["before"]["name"] == "Boss 1"
    params = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await client.get(f"{BOSS}/history", params=params)).json()
    assert [row["revision"] for row in second["items"]] == [1]
    assert second["next_cursor"] is None
    assert (await client.get("/api/v1/contacts/nobody/history")).status_code == 404
    assert (await client.get("/api/v1/edges/influences/i1/history")).json()["items"][0]["account"] == account


async def test_a_deletion_is_undone_once_and_redone(client: httpx.AsyncClient, account: str) -> None:
    tie = (await client.get("/api/v1/edges/influences/i1")).json()
    gone = (await client.delete(BOSS, headers={"If-Match": '"r1"'})).json()
    url, key = f"/api/v1/changesets/{gone['change_set']}/undo", {"Idempotency-Key": "k1"}
    undone = await client.post(url, headers=key)
    assert undone.json()["put"] == gone["deleted"] == 4
    assert (await client.post(url, headers=key)).json() == undone.json()
    back = (await client.get("/api/v1/edges/influences/i1")).json()
    assert (back["weight"], back["revision"]) == (tie["weight"], 3)
    refused = await client.post(url)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith(":changed-since")
    assert {row["change_set"] for row in refused.json()["later"]} == {undone.json()["id"]}
    redone = await client.post(f"/api/v1/changesets/{undone.json()['id']}/undo")
    assert redone.json()["deleted"] == 4
    assert (await client.get(BOSS)).status_code == 404
    assert (await client.get(f"{BOSS}/history")).json()["items"][0]["reason"] == f"undo {undone.json()['id']}"


async def test_changes_of_one_record_are_undone_one_after_the_other(
    client: httpx.AsyncClient, account: str
) -> None:
    """What is left as a change set left it can be undone, though it was changed and that was undone."""
    sets = []
    for number in (1, 2):
        headers = {"If-Match": f'"r{number}"'}
        done = await client.patch(BOSS, json={"name": f"Boss {number}"}, headers=headers)
        sets.append(done.headers["Change-Set"])
    first, second = (f"/api/v1/changesets/{id_}/undo" for id_ in sets)
    assert (await client.post(first)).status_code == 409
    assert (await client.post(second)).status_code == 200
    assert (await client.get(BOSS)).json()["name"] == "Boss 1"
    assert (await client.post(first)).status_code == 200
    assert (await client.get(BOSS)).json()["name"] == "王芳"


async def test_there_is_nothing_to_undo(client: httpx.AsyncClient) -> None:
    refused = await client.post("/api/v1/changesets/nothing/undo")
    assert refused.status_code == 404
    assert "nothing" in refused.json()["detail"]
