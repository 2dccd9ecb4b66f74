"""Trust over HTTP: six terms that add up, as JSON and CSV, now and as it was known then."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

TRUST = "/api/v1/accounts/acme/trust"
ON = {"on": "2026-11-21"}


async def test_the_six_terms_add_up(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(TRUST, params=ON)).json()
    assert set(answer) >= {"items", "trust", "possible", "grade", "weakest", "gaps", "levels", "provenance"}
    terms = {term["category"]: term for term in answer["items"]}
    assert list(terms) == [
        "decision_maker", "user_manager", "technical_manager", "finance_manager", "user", "operator"
    ]  # fmt: skip
    assert sum(term["points"] for term in answer["items"]) == pytest.approx(answer["trust"])
    user = terms["user"]
    assert (user["contact_id"], user["member_id"], user["met"], user["gap"]) == ("user", "me", 1, False)
    assert user["evidence"] == [{"kind": "knows", "id": "k1", "points": user["points"]}]
    assert answer["gaps"] == ["user_manager", "technical_manager", "finance_manager", "operator"]
    assert answer["weakest"] == "decision_maker"
    assert answer["provenance"]["algorithm"] == "trust by categories"


async def test_a_purchase_weighs_the_categories(client: httpx.AsyncClient, account: str) -> None:
    deal = {"id": "deal", "account_id": account, "name": "Deal", "step": "discover"}
    assert (await client.post("/api/v1/opportunities", json=deal)).status_code == 201
    asked = {**ON, "opportunity_id": "deal"}
    found = (await client.get(TRUST, params=asked)).json()
    assert (found["step"], found["items"][4]["weight"]) == ("discover", 0.35)
    late = (await client.get(TRUST, params={**asked, "step": "commit"})).json()
    assert (late["step"], late["items"][4]["weight"]) == ("commit", 0.05)


async def test_trust_as_a_table(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get(TRUST, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["category"] for row in rows][-2:] == ["user", "operator"]
    assert (rows[4]["member_id"], rows[5]["gap"]) == ("me", "true")
    assert "evidence" not in rows[0]


async def test_what_was_known_then(client: httpx.AsyncClient, account: str) -> None:
    seen = await client.get("/api/v1/edges/knows/k1")
    moment = seen.json()["updated_at"]
    for path in ("interactions/v1", "edges/knows/k1"):
        tag = (await client.get(f"/api/v1/{path}")).headers["etag"]
        assert (await client.delete(f"/api/v1/{path}", headers={"If-Match": tag})).is_success
    now = (await client.get(TRUST, params=ON)).json()
    then = (await client.get(TRUST, params={**ON, "as_of": moment})).json()
    assert (now["trust"], now["weakest"]) == (0, "decision_maker")
    assert then["trust"] > 0
    assert then["provenance"]["as_of"] == moment


@pytest.mark.parametrize(
    ("query", "place"),
    [({"step": "soon"}, "step"), ({"opportunity_id": "no"}, "opportunity_id"), ({"k": "3"}, "k")],
)
async def test_bad_questions_name_the_place(
    client: httpx.AsyncClient, account: str, query: dict[str, str], place: str
) -> None:
    answer = await client.get(TRUST, params=query, headers={"Accept-Language": "zh"})
    assert answer.status_code == 422
    assert place in answer.json()["errors"][0]["pointer"]


async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/accounts/nobody/trust")).status_code == 404
