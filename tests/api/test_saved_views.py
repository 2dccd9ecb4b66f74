"""Named views over HTTP: kept, read, renamed and thrown away as other records are."""

from __future__ import annotations

import httpx

API = "/api/v1/saved-views"


def view(account: str, **more: object) -> dict[str, object]:
    return {"account_id": account, "name": "Team", "view": "org-chart", **more}


async def test_a_view_is_made_read_changed_and_removed(client: httpx.AsyncClient, account: str) -> None:
    made = await client.post(API, json=view(account, query={"unfold": "all"}))
    assert (made.status_code, made.headers["etag"]) == (201, '"r1"')
    place = made.headers["location"]
    read = await client.get(place)
    assert read.json() == made.json()
    again = await client.get(place, headers={"If-None-Match": read.headers["etag"]})
    assert again.status_code == 304
    renamed = await client.patch(place, json={"name": "Board"}, headers={"If-Match": '"r1"'})
    assert (renamed.json()["name"], renamed.headers["etag"]) == ("Board", '"r2"')
    stale = await client.patch(place, json={"name": "x"}, headers={"If-Match": '"r1"'})
    assert (stale.status_code, renamed.json()) == (412, {**stale.json()["current"], "may_change": True})
    assert (await client.delete(place)).status_code == 428
    assert (await client.delete(place, headers={"If-Match": '"r2"'})).json() == {"deleted": 1}
    assert (await client.get(place)).status_code == 404


async def test_lists_are_told_a_page_at_a_time(client: httpx.AsyncClient, account: str) -> None:
    names = [f"v{number}" for number in range(5)]
    for name in names:
        assert (await client.post(API, json=view(account, id=name, name=name))).status_code == 201
    found, cursor = [], None
    while True:
        asked = {"account_id": account, "limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(API, params=asked)).json()
        found += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == names
    assert (await client.get(API, params={"account_id": "nobody"})).status_code == 404
    assert (await client.get(API, params={"limit": "0"})).status_code == 422
