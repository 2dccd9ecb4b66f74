"""Introductions over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

PATH = "/api/v1/accounts/acme/introductions"
TO = {"to": "boss", "on": "2026-11-21"}


@pytest.fixture
async def friend(client: httpx.AsyncClient, account: str) -> None:
    """A friend of the boss in another account, whom one of ours has just met."""
    rows = [
        {"put": "account", "record": {"id": "bolt", "name": "Bolt"}},
        {"put": "contact", "record": {"id": "pal", "account_id": "bolt", "name": "Pat Pal"}},
        {"put": "bond", "record": {"id": "b", "source_id": "pal", "target_id": "boss", "weight": 0.9}},
        {"put": "knows", "record": {"id": "k2", "source_id": "me", "target_id": "pal"}},
        {
            "put": "interaction",
            "record": {
                "id": "lunch",
                "account_id": "bolt",
                "at": "2026-11-20T12:00:00Z",
                "kind": "meal",
                "direction": "mutual",
                "member_ids": ["me"],
                "contact_ids": ["pal"],
            },
        },
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_a_friend_in_another_account(client: httpx.AsyncClient, friend: None) -> None:
    answer = (await client.get(PATH, params=TO)).json()
    assert set(answer) == {
        "items", "next_cursor", "known_by", "barred", "accounts", "accounts_left_out", "provenance",
    }  # fmt: skip
    ways = {item["first_id"]: item for item in answer["items"]}
    assert set(ways) == {"pal", "user"}
    assert ways["pal"]["path"] == ["me", "pal", "boss"]
    assert ways["pal"]["accounts"] == 2
    assert ways["pal"]["steps"][1]["crosses"] is True
    assert [person["name"] for person in ways["pal"]["go_betweens"]] == ["Pat Pal"]
    assert answer["accounts"] == ["acme", "bolt"]


async def test_pages_and_tables(client: httpx.AsyncClient, friend: None) -> None:
    whole = (await client.get(PATH, params=TO)).json()["items"]
    first = (await client.get(PATH, params={**TO, "limit": "1"})).json()
    last = (await client.get(PATH, params={**TO, "limit": "1", "cursor": first["next_cursor"]})).json()
    assert first["items"] + last["items"] == whole
    table = await client.get(PATH, params=TO, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["introducer_id"] for row in rows] == [item["introducer_id"] for item in whole]
    assert "steps" not in rows[0]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/query/to"),
        ({"to": "nobody"}, "/query/to"),
        ({"to": "boss", "k": "21"}, "/query/k"),
        ({**TO, "deep": "1"}, "/query/deep"),
    ],
)
async def test_bad_input(
    client: httpx.AsyncClient, account: str, asked: dict[str, str], pointer: str
) -> None:
    answer = await client.get(PATH, params=asked)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_an_account_that_is_not_there(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/accounts/nowhere/introductions", params=TO)).status_code == 404
