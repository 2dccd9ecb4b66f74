"""Complaints over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

COMPLAINTS = "/api/v1/accounts/acme/complaints"
ON = {"on": "2026-11-21"}


def _happened(kind: str, id_: str, day: str, **fields: Any) -> dict[str, Any]:
    people = {"member_ids": ["me"], "contact_ids": ["user"]}
    at = f"2026-11-{day}T09:00:00Z"
    record = {"id": id_, "account_id": "acme", "kind": kind, "at": at, **people, **fields}
    return {"put": "interaction", "record": record}


@pytest.fixture
async def open_complaint(client: httpx.AsyncClient, account: str) -> str:
    """The user complains to our member, and answered a survey before."""
    rows = [
        _happened("complaint", "c1", "11", direction="theirs", sentiment=-1, note="Late"),
        _happened("survey", "s1", "05", score=3),
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return "c1"


async def test_complaints_have_their_shape(client: httpx.AsyncClient, open_complaint: str) -> None:
    answer = (await client.get(COMPLAINTS, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance", "satisfaction"}
    (row,) = answer["items"]
    assert (row["id"], row["since"], row["days"]) == (open_complaint, "2026-11-11", 10)
    assert (row["contact_ids"], row["names"], row["member_ids"]) == (["user"], ["Uli User"], ["me"])
    assert row["decider_id"] == "boss"
    assert row["cost"] == row["reach"][0]["cost"] > 0
    (tie,) = row["ties"]
    assert (tie["factor"], tie["factor_without"]) == (0.5, 1)
    (unit,) = answer["satisfaction"]
    assert (unit["department_id"], unit["score"], unit["complaints"], unit["surveys"]) == (
        "shop",
        3,
        1,
        ["s1"],
    )


async def test_what_is_resolved_is_gone_and_then_it_was_not(
    client: httpx.AsyncClient, open_complaint: str
) -> None:
    path = f"/api/v1/interactions/{open_complaint}"
    then = (await client.get(f"{path}/history")).json()["items"][0]["at"]
    tag = (await client.get(path)).headers["etag"]
    await client.patch(path, json={"resolved_on": "2026-11-20"}, headers={"If-Match": tag})
    assert (await client.get(COMPLAINTS, params=ON)).json()["items"] == []
    assert len((await client.get(COMPLAINTS, params={"on": "2026-11-19"})).json()["items"]) == 1
    assert len((await client.get(COMPLAINTS, params={**ON, "as_of": then})).json()["items"]) == 1


async def test_complaints_as_a_table(client: httpx.AsyncClient, open_complaint: str) -> None:
    table = await client.get(COMPLAINTS, params=ON, headers={"Accept": "text/csv"})
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert list(row) == ["rank", "id", "since", "days", "cost", "decider_id"]
    assert row["id"] == open_complaint


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [("acme", {"on": "soon"}, 422), ("acme", {"department": "shop"}, 422), ("nobody", {}, 404)],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, open_complaint: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}/complaints", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
