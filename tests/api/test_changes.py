"""Differences and the feed of changes over HTTP."""

from __future__ import annotations

import httpx

from graphsvc.stores.port import GraphStore
from tests.api.test_private_kinds import SECRET, with_a_dossier

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


async def test_a_difference_comes_in_pages(client: httpx.AsyncClient, account: str) -> None:
    url = f"{BASE}/accounts/acme/diff"
    whole: dict[str, str | int] = {"from": "2001-01-01T00:00:00Z", "to": "2999-01-01T00:00:00Z"}
    found = (await client.get(url, params=whole)).json()
    assert (len(found["items"]), found["next_cursor"], found["from_sequence"]) == (14, None, 0)
    ours = next(row for row in found["items"] if row["id"] == "k1")
    assert (ours["source_name"], ours["target_name"]) == ("Mia Ours", "Uli User")
    pages, cursor = [], ""
    while cursor is not None:
        page = await client.get(url, params={**whole, "limit": 5, **({"cursor": cursor} if cursor else {})})
        pages.append(page.json()["items"])
        cursor = page.json()["next_cursor"]
        assert ("link" in page.headers) is (cursor is not None)
    assert [len(page) for page in pages] == [5, 5, 4]
    assert [row for page in pages for row in page] == found["items"]
    first = (await client.get(url, params={**whole, "limit": 5})).json()
    await client.patch(f"{BASE}/contacts/boss", json={"name": "Other"}, headers={"If-Match": '"r1"'})
    late = await client.get(url, params={**whole, "limit": 5, "cursor": first["next_cursor"]})
    assert [error["pointer"] for error in late.json()["errors"]] == ["/query/cursor"]


async def test_the_feed_of_one_log_has_every_change_once(client: httpx.AsyncClient, account: str) -> None:
    params: dict[str, str | int] = {"account_id": "acme", "limit": 5}
    seen: list[int] = []
    while items := (page := (await client.get(f"{BASE}/changes", params=params)).json())["items"]:
        seen += [row["sequence"] for row in items]
        params["cursor"] = page["next_cursor"]
    await client.patch(f"{BASE}/contacts/boss", json={"name": "Other"}, headers={"If-Match": '"r1"'})
    later = (await client.get(f"{BASE}/changes", params=params)).json()
    assert [row["after"]["name"] for row in later["items"]] == ["Other"]
    assert [*seen, later["items"][0]["sequence"]] == list(range(1, len(seen) + 2))
    ours = (await client.get(f"{BASE}/changes", params={"account_id": "firm"})).json()["items"]
    assert [row["id"] for row in ours] == ["me"]


async def test_the_feed_of_all_logs_hides_private_values_and_is_tagged(
    client: httpx.AsyncClient, store: GraphStore, account: str
) -> None:
    await with_a_dossier(store)
    answer = await client.get(f"{BASE}/changes", params={"limit": 200})
    assert {row["account"] for row in answer.json()["items"]} == {"acme", "firm"}
    (private,) = [row for row in answer.json()["items"] if row["kind"] == "dossier"]
    assert (private["before"], private["after"]) == (None, None)
    assert SECRET not in answer.text
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await client.get(f"{BASE}/changes", params={"limit": 200}, headers=known)).status_code == 304
    for cursor in ("17", "!", "AAAA", "é", answer.json()["next_cursor"][:-1]):
        refused = await client.get(f"{BASE}/changes", params={"cursor": cursor})
        assert [error["pointer"] for error in refused.json()["errors"]] == ["/query/cursor"], cursor
