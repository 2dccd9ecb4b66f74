"""Overdue contacts and the weekly list over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

ACME = "/api/v1/accounts/acme"
ON = {"on": "2026-12-20"}


async def test_overdue_has_its_shape(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(f"{ACME}/overdue", params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance"}
    rows = {row["contact_id"]: row for row in answer["items"]}
    assert set(rows) == {"boss", "aide", "user"}, "the first two are of influence, though nobody has met them"
    user = rows["user"]
    assert (user["last_contact"], user["days"], user["cadence_days"], user["overdue_days"], user["due"]) == (
        "2026-11-01",
        49,
        45,
        4,
        "2026-12-16",
    )
    assert (user["member_id"], user["evidence"][0]["id"]) == ("me", "k1")
    assert (rows["boss"]["days"], rows["boss"]["member_id"]) == (None, None)
    soon = (await client.get(f"{ACME}/overdue", params={"on": "2026-12-16"})).json()["items"]
    assert {row["contact_id"] for row in soon} == {"boss", "aide"}


async def test_the_weekly_list_has_its_shape(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(f"{ACME}/confirm", params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance", "week", "drawn"}
    assert answer["week"] == "2026-W51"
    assert answer["drawn"] == [
        {"contact_id": "user", "name": "Uli User", "member_id": "me", "assessed_on": None}
    ]
    kinds = [(row["kind"], row["id"], row["because"]) for row in answer["items"]]
    assert ("contact", "boss", "influence") in kinds
    assert ("influences", "i1", "influence") in kinds
    assert ("knows", "k1") not in [row[:2] for row in kinds], "confirmed by the visit of 49 days ago"


async def test_what_was_confirmed_is_off_the_list_and_then_it_was_not(
    client: httpx.AsyncClient, account: str
) -> None:
    then = (await client.get("/api/v1/contacts/boss/history")).json()["items"][0]["at"]
    tag = (await client.get("/api/v1/contacts/boss")).headers["etag"]
    confirmed = {"confirmed_on": "2026-12-01"}
    done = await client.patch("/api/v1/contacts/boss", json=confirmed, headers={"If-Match": tag})
    assert done.status_code == 200

    async def cards(**asked: str) -> set[str]:
        answer = await client.get(f"{ACME}/confirm", params={**ON, **asked})
        return {row["id"] for row in answer.json()["items"] if row["kind"] == "contact"}

    assert await cards() == {"aide", "user"}
    assert await cards(as_of=then) == {"aide", "user", "boss"}


@pytest.mark.parametrize(("name", "columns"), [("overdue", "overdue_days"), ("confirm", "because")])
async def test_both_come_as_tables_and_in_pages(
    client: httpx.AsyncClient, account: str, name: str, columns: str
) -> None:
    whole = (await client.get(f"{ACME}/{name}", params=ON)).json()["items"]
    table = await client.get(f"{ACME}/{name}", params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert columns in rows[0]
    assert "evidence" not in rows[0]
    assert [row["rank"] for row in rows] == [str(row["rank"]) for row in whole]
    first = (await client.get(f"{ACME}/{name}", params={**ON, "limit": "1"})).json()
    second = (await client.get(f"{ACME}/{name}", params={**ON, "cursor": first["next_cursor"]})).json()
    assert first["items"] + second["items"] == whole


@pytest.mark.parametrize("name", ["overdue", "confirm"])
@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("acme", {"opportunity_id": "deal"}, 422),
        ("acme", {"on": "soon"}, 422),
        ("acme", {"limit": "0"}, 422),
        ("nobody", {}, 404),
    ],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, account: str, name: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}/{name}", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
