"""Somebody's week over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

PATH = "/api/v1/me/week"
MINE = {"member": "me", "on": "2026-12-20"}


@pytest.fixture
async def served(client: httpx.AsyncClient, account: str) -> None:
    """One of ours owns the account, has promised something, and has had another account until summer."""
    rows = [
        {"put": "account", "record": {"id": "bolt", "name": "Bolt"}},
        {"put": "serves", "record": {"id": "s1", "source_id": "me", "target_id": "acme", "role": "owner"}},
        {
            "put": "serves",
            "record": {
                "id": "s2", "source_id": "me", "target_id": "bolt", "role": "owner", "until": "2026-07-01",
            },
        },
        {
            "put": "action",
            "record": {
                "id": "a1", "account_id": "acme", "kind": "promise", "text": "Send the list",
                "member_id": "me", "contact_id": "user", "due": "2026-12-11",
            },
        },
    ]  # fmt: skip
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_it_has_its_shape(client: httpx.AsyncClient, served: None) -> None:
    answer = (await client.get(PATH, params=MINE)).json()
    assert set(answer) == {
        "items", "next_cursor", "provenance", "member_id", "member", "week", "until", "accounts",
    }  # fmt: skip
    assert (answer["member"], answer["week"], answer["until"]) == ("Mia Ours", "2026-W51", "2026-12-27")
    first = answer["items"][0]
    assert (first["duty"], first["urgency"], first["days_late"]) == ("promise", "high", 9)
    assert (first["text"], first["account"]) == ("Promise: Send the list", "ACME")
    assert first["evidence"] == [{"kind": "action", "id": "a1", "points": None}]
    (account,) = answer["accounts"]
    assert (account["account_id"], account["roles"], account["silent"]) == ("acme", ["owner"], [])
    assert account["provenance"]["account_sequence"] == answer["provenance"]["account_sequence"] > 0


async def test_a_suggestion_becomes_a_promise(client: httpx.AsyncClient, served: None) -> None:
    items = (await client.get(PATH, params=MINE)).json()["items"]
    suggested = next(item["suggested"] for item in items if item["suggested"])
    assert (await client.post("/api/v1/actions", json=suggested)).status_code == 201
    after = (await client.get(PATH, params=MINE)).json()["items"]
    assert suggested["id"] not in [item["suggested"]["id"] for item in after if item["suggested"]]
    assert suggested["id"] in [item["evidence"][0]["id"] for item in after if item["duty"] == "promise"]


async def test_teams_are_those_of_the_day_and_of_what_was_known(
    client: httpx.AsyncClient, served: None
) -> None:
    async def accounts(**asked: str) -> list[str]:
        answer = await client.get(PATH, params={**MINE, **asked})
        return [row["account_id"] for row in answer.json()["accounts"]]

    assert await accounts(on="2026-06-01") == ["acme", "bolt"]
    before = (await client.get("/api/v1/accounts/acme/history")).json()["items"]
    assert await accounts(as_of=before[-1]["at"]) == []
    assert await accounts(as_of="2100-01-01T00:00:00Z") == ["acme"]


async def test_pages_tables_and_languages(client: httpx.AsyncClient, served: None) -> None:
    whole = (await client.get(PATH, params=MINE)).json()["items"]
    first = (await client.get(PATH, params={**MINE, "limit": "1"})).json()
    rest = (await client.get(PATH, params={**MINE, "cursor": first["next_cursor"]})).json()
    assert first["items"] + rest["items"] == whole
    table = await client.get(PATH, params=MINE, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["text"] for row in rows] == [item["text"] for item in whole]
    assert "evidence" not in rows[0]
    chinese = (await client.get(PATH, params={**MINE, "lang": "zh"})).json()["items"]
    assert chinese[0]["text"] == "承诺：Send the list"


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/query/member"),
        ({"member": "nobody"}, "/query/member"),
        ({**MINE, "on": "soon"}, "/query/on"),
        ({**MINE, "account": "acme"}, "/query/account"),
    ],
)
async def test_bad_input(
    client: httpx.AsyncClient, served: None, asked: dict[str, str], pointer: str
) -> None:
    answer = await client.get(PATH, params=asked)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
