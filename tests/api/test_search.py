"""Search over HTTP, and lists narrowed by a text."""

from __future__ import annotations

from typing import Any

import httpx

SEARCH = "/api/v1/search"


async def found(client: httpx.AsyncClient, path: str = SEARCH, /, **query: Any) -> dict[str, Any]:
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_an_item_says_who_it_is_and_what_matched(client: httpx.AsyncClient, account: str) -> None:
    body = await found(client, q="wf")
    assert body["items"] == [
        {
            "kind": "contact",
            "id": "boss",
            "name": "王芳",
            "account_id": "acme",
            "account_name": "ACME",
            "title": "CEO",
            "department": "Board",
            "matched": {"field": "name", "text": "王芳"},
            "score": 70.0,
        }
    ]
    assert (body["next_cursor"], body["truncated"]) == (None, False)
    assert body["provenance"]["parameters"] == {"q": "wf", "limit": 50}


async def test_it_is_narrowed_by_kind_and_account(client: httpx.AsyncClient, account: str) -> None:
    assert [row["id"] for row in (await found(client, q="board"))["items"]] == ["top", "aide", "boss"]
    rows = (await found(client, q="board", kind="contact", account_id="acme"))["items"]
    assert [(row["id"], row["matched"]["field"]) for row in rows] == [
        ("aide", "department"),
        ("boss", "department"),
    ]
    assert (await found(client, q="board", account_id="nobody"))["items"] == []
    assert [row["id"] for row in (await found(client, q="mia"))["items"]] == ["me"]
    assert (await found(client, q="mia", account_id="acme"))["items"] == []


async def test_pages_follow_their_cursor_and_link(client: httpx.AsyncClient, account: str) -> None:
    first = await client.get(SEARCH, params={"q": "board", "limit": 2})
    assert [row["id"] for row in first.json()["items"]] == ["top", "aide"]
    link = first.headers["Link"].split(">")[0].removeprefix("<")
    second = (await client.get(link)).json()
    assert ([row["id"] for row in second["items"]], second["next_cursor"]) == (["boss"], None)


async def test_typos_come_only_where_there_is_room(client: httpx.AsyncClient, account: str) -> None:
    assert [row["id"] for row in (await found(client, q="uil"))["items"]] == ["user"]
    exact = await found(client, q="user", limit=1)
    assert [(row["id"], row["score"]) for row in exact["items"]] == [("user", 60.0)]


async def test_queries_that_ask_for_nothing_find_nothing(client: httpx.AsyncClient, account: str) -> None:
    for q in ("", " ", "😀", "*", "\"'", "王" * 200):
        assert (await found(client, q=q))["items"] == []


async def test_lists_are_narrowed_by_a_text_in_the_order_of_ids(
    client: httpx.AsyncClient, account: str
) -> None:
    contacts = "/api/v1/contacts"
    assert [row["id"] for row in (await found(client, contacts, q="board"))["items"]] == ["aide", "boss"]
    assert [row["id"] for row in (await found(client, contacts, q="wangfang"))["items"]] == ["boss"]
    page = await found(client, contacts, q="board", limit=1)
    assert [row["id"] for row in page["items"]] == ["aide"]
    page = await found(client, contacts, q="board", limit=1, cursor=page["next_cursor"])
    assert ([row["id"] for row in page["items"]], page["next_cursor"]) == (["boss"], None)
    assert (await found(client, contacts, q="board", status="left"))["items"] == []
    assert len((await found(client, contacts, q=" "))["items"]) == 3
    assert [
        row["id"] for row in (await found(client, "/api/v1/members", q="mia", account_id="acme"))["items"]
    ] == ["me"]
    assert [row["id"] for row in (await found(client, "/api/v1/accounts", q="acm"))["items"]] == ["acme"]
