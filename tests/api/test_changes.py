"""Differences and the feed of changes over HTTP."""

from __future__ import annotations

import httpx

BASE = "/api/v1"


async def test_a_difference_between_two_times(client: httpx.AsyncClient, account: str) -> None:
    start = (await client.get(f"{BASE}/contacts/boss/history")).json()["items"][0]["at"]
    await client.patch(f"{BASE}/contacts/boss", json={"name": "Other"}, headers={"If-Match": '"r1"'})
    found = (await client.get(f"{BASE}/accounts/acme/diff", params={"from": start})).json()
    assert [(row["change"], row["id"]) for row in found["items"]] == [("changed", "boss")]
    assert {"name": "name", "before": "王芳", "after": "Other"} in found["items"][0]["fields"]
    assert found["to_sequence"] == found["from_sequence"] + 1
    assert (await client.get(f"{BASE}/accounts/none/diff", params={"from": start})).status_code == 404
    assert (await client.get(f"{BASE}/accounts/acme/diff")).status_code == 422


async def test_the_feed_has_every_change_once(client: httpx.AsyncClient, account: str) -> None:
    params: dict[str, str | int] = {"account_id": "acme", "limit": 5, "cursor": 0}
    seen: list[int] = []
    while items := (page := (await client.get(f"{BASE}/changes", params=params)).json())["items"]:
        seen += [row["sequence"] for row in items]
        params["cursor"] = page["next_cursor"]
    await client.patch(f"{BASE}/contacts/boss", json={"name": "Other"}, headers={"If-Match": '"r1"'})
    later = (await client.get(f"{BASE}/changes", params=params)).json()
    assert [row["after"]["name"] for row in later["items"]] == ["Other"]
    assert [*seen, later["items"][0]["sequence"]] == list(range(1, len(seen) + 2))
    assert (await client.get(f"{BASE}/changes", params={"account_id": "firm"})).json()["items"][0][
        "id"
    ] == "me"
