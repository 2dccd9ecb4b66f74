"""Positions over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

POSITIONS = "/api/v1/accounts/acme/positions"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def assessed(client: httpx.AsyncClient, account: str) -> str:
    """Our member found the user to be a supplier in October, and a partner in November."""
    rows = [
        {
            "put": "assessment",
            "record": {
                "id": f"q{month}",
                "account_id": account,
                "at": f"2026-{month}-05T09:00:00Z",
                "member_id": "me",
                "contact_id": "user",
                "answers": {f"{half}{n}": points for half, points in halves.items() for n in range(1, 7)},
            },
        }
        for month, halves in ((10, {"P": 1, "I": 3}), (11, {"P": 3, "I": 3}))
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return "user"


async def test_positions_have_their_shape(client: httpx.AsyncClient, assessed: str) -> None:
    answer = (await client.get(POSITIONS, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance", "categories"}
    (user,) = answer["items"]
    assert (user["contact_id"], user["position"], user["road"], user["lagging"]) == (
        assessed,
        "partner",
        "supplier_first",
        False,
    )
    assert user["passed"] == [
        {"position": "supplier", "since": "2026-10-05"},
        {"position": "partner", "since": "2026-11-05"},
    ]
    assert user["assessed_on"] == "2026-11-05"
    assert [line["id"] for line in user["personal_evidence"]] == ["q11"]
    dots = {row["category"]: row for row in answer["categories"]}
    assert (len(dots), dots["user"]["contact_id"], dots["user"]["position"]) == (6, assessed, "partner")


async def test_the_trail_of_one_contact(client: httpx.AsyncClient, assessed: str) -> None:
    answer = (await client.get(f"{POSITIONS}/{assessed}", params=ON)).json()
    assert [(point["on"], point["position"]) for point in answer["items"]] == [
        ("2026-10-05", "supplier"),
        ("2026-11-01", "supplier"),
        ("2026-11-05", "partner"),
        ("2026-11-21", "partner"),
    ]
    assert answer["contact"]["personal"] == answer["items"][-1]["personal"]
    assert answer["provenance"]["parameters"] == {"contact_id": assessed}
    table = await client.get(f"{POSITIONS}/{assessed}", params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(rows[0]) == ["on", "personal", "institutional", "position"]
    boss = (await client.get(f"{POSITIONS}/boss", params=ON)).json()
    assert [(point["on"], point["position"]) for point in boss["items"]] == [("2026-11-21", "outsider")]


async def test_positions_of_then_as_a_table_and_in_pages(client: httpx.AsyncClient, assessed: str) -> None:
    then = (await client.get("/api/v1/assessments/q11/history")).json()["items"][0]["at"]
    tag = (await client.get("/api/v1/assessments/q11")).headers["etag"]
    assert (await client.delete("/api/v1/assessments/q11", headers={"If-Match": tag})).status_code == 200
    now = (await client.get(POSITIONS, params=ON)).json()["items"]
    before = (await client.get(POSITIONS, params={**ON, "as_of": then})).json()["items"]
    assert (now[0]["position"], before[0]["position"]) == ("supplier", "partner")
    table = await client.get(POSITIONS, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["contact_id"] for row in rows] == [assessed]
    assert "passed" not in rows[0]
    page = (await client.get(f"{POSITIONS}/{assessed}", params={**ON, "limit": "1"})).json()
    assert page["next_cursor"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("acme/positions", {"on": "soon"}, 422),
        ("acme/positions", {"contact_id": "user"}, 422),
        ("acme/positions/nothing", {}, 404),
        ("acme/positions/me", {}, 404),
        ("acme/positions/a%20b", {}, 422),
        ("nobody/positions", {}, 404),
        ("nobody/positions/user", {}, 404),
    ],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, assessed: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_objected_to_profiling_has_no_trail(client: httpx.AsyncClient, assessed: str) -> None:
    await client.post("/api/v1/privacy/user/restrict", json={"reason": "by mail"})
    assert (await client.get(f"{POSITIONS}/{assessed}", params=ON)).status_code == 404
    assert (await client.get(POSITIONS, params=ON)).json()["items"] == []
