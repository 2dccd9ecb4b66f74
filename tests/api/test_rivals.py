"""Threats over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

ACME = "/api/v1/accounts/acme"
ON = {"on": "2026-11-21"}


def _put(kind: str, /, **record: Any) -> dict[str, Any]:
    return {"put": kind, "record": record}


@pytest.fixture
async def contest(client: httpx.AsyncClient, account: str) -> str:
    """A purchase in which a competitor is close to the boss, and its rep too to the user."""
    rows = [
        _put("opportunity", id="deal", account_id=account, name="Deal", step="brew"),
        _put("competitor", id="them", name="=Them", strengths="Golf"),
        _put("rival", id="rex", name="Rex", competitor_id="them"),
        _put("courts", id="c1", source_id="rex", target_id="boss", strength=80),
        _put("courts", id="c2", source_id="rex", target_id="user", strength=90),
        _put("competes_in", id="w1", source_id="them", target_id="deal", status="leading", threats="Golf"),
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return "deal"


async def test_threats_have_their_shape(client: httpx.AsyncClient, contest: str) -> None:
    answer = (await client.get(f"{ACME}/threats", params={**ON, "opportunity_id": contest})).json()
    assert set(answer) == {"items", "next_cursor", "provenance", "competitors", "purchases"}
    first = answer["items"][0]
    assert (first["contact_id"], first["competitor_id"], first["decides"]) == ("boss", "them", True)
    assert first["points"] == pytest.approx(first["lead"] * first["influence"] / 100)
    assert [(row["kind"], row["id"]) for row in answer["items"][1]["evidence"]] == [
        ("courts", "c2"),
        ("knows", "k1"),
    ]
    (firm,) = answer["competitors"]
    assert (firm["strengths"], firm["purchases"][0]["threats"], firm["purchases"][0]["status"]) == (
        "Golf",
        "Golf",
        "leading",
    )
    assert answer["purchases"][0]["first_competitor_id"] == "them"
    assert answer["provenance"]["parameters"] == {"opportunity_id": contest, "step": None}


async def test_threats_as_a_table_in_pages_and_of_then(client: httpx.AsyncClient, contest: str) -> None:
    table = await client.get(f"{ACME}/threats", params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["contact_id"] for row in rows] == ["boss", "user"]
    page = (await client.get(f"{ACME}/threats", params={**ON, "limit": "1"})).json()
    rest = (await client.get(f"{ACME}/threats", params={**ON, "cursor": page["next_cursor"]})).json()
    assert [row["contact_id"] for row in rest["items"]] == ["user"]
    then = (await client.get("/api/v1/edges/courts/c1/history")).json()["items"][0]["at"]
    tag = (await client.get("/api/v1/edges/courts/c1")).headers["etag"]
    await client.delete("/api/v1/edges/courts/c1", headers={"If-Match": tag})
    now = (await client.get(f"{ACME}/threats", params=ON)).json()["items"]
    before = (await client.get(f"{ACME}/threats", params={**ON, "as_of": then})).json()["items"]
    assert ([row["contact_id"] for row in now], len(before)) == (["user"], 2)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("acme/threats", {"opportunity_id": "nothing"}, 422),
        ("acme/threats", {"opportunity_id": "a b"}, 422),
        ("acme/threats", {"competitor": "them"}, 422),
        ("acme/threats", {"on": "soon"}, 422),
        ("nobody/threats", {}, 404),
    ],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, contest: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
