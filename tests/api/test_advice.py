"""Advice over HTTP: what is warned of, in both languages, now and then."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

ADVICE = "/api/v1/accounts/acme/advice"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def deal(client: httpx.AsyncClient, account: str) -> str:
    """A purchase whose stage lags, with a user, and a promise that is late."""
    rows = [
        _put("opportunity", id="deal", account_id=account, name="Deal", step="brew"),
        _put("opportunity", id="other", account_id=account, name="Other", status="lost"),
        _put("plays", id="p1", source_id="user", target_id="deal", roles=["user"]),
        _put("action", id="late", account_id=account, kind="promise", text="=SUM(A1)", due="2026-11-12"),
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return "deal"


def _put(kind: str, /, **record: Any) -> dict[str, Any]:
    return {"put": kind, "record": record}


async def test_warnings_name_rule_and_evidence(client: httpx.AsyncClient, deal: str) -> None:
    answer = (await client.get(ADVICE, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance"}
    assert [(item["rule"], item["severity"], item["opportunity_id"]) for item in answer["items"]] == [
        ("action-overdue", "high", None),
        ("stage-step-mismatch", "medium", deal),
        ("role-missing", "medium", deal),
    ]
    assert list(answer["items"][0]) == ["rule", "severity", "text", "evidence", "opportunity_id"]
    assert [(row["kind"], row["id"]) for row in answer["items"][1]["evidence"]] == [("opportunity", deal)]
    assert answer["provenance"]["on"] == "2026-11-21"
    assert answer["provenance"]["parameters"] == {"opportunity_id": None}


async def test_warnings_come_in_the_language_asked_for(client: httpx.AsyncClient, deal: str) -> None:
    asked = {"Accept-Language": "zh-CN,zh;q=0.9"}
    texts = [item["text"] for item in (await client.get(ADVICE, params=ON, headers=asked)).json()["items"]]
    assert texts[0] == "承诺已逾期 9 天：=SUM(A1)"
    assert "“内部酝酿”步骤尚不清楚谁是决策者" in texts[2]
    english = (await client.get(ADVICE, params={**ON, "lang": "en"}, headers=asked)).json()["items"]
    assert english[0]["text"] == "Promise, overdue for 9 days: =SUM(A1)"


async def test_of_one_purchase_only(client: httpx.AsyncClient, deal: str) -> None:
    async def rules(opportunity: str) -> list[str]:
        answer = await client.get(ADVICE, params={**ON, "opportunity_id": opportunity})
        return [item["rule"] for item in answer.json()["items"]]

    assert await rules(deal) == ["action-overdue", "stage-step-mismatch", "role-missing"]
    assert await rules("other") == ["action-overdue"], "what is lost is left in peace; the account is not"


async def test_advice_of_then_is_what_was_known_then(client: httpx.AsyncClient, deal: str) -> None:
    history = (await client.get("/api/v1/actions/late/history")).json()["items"]
    then = history[0]["at"]
    tag = (await client.get("/api/v1/actions/late")).headers["etag"]
    answer = await client.patch(
        "/api/v1/actions/late", json={"done_on": "2026-11-20"}, headers={"If-Match": tag}
    )
    assert answer.status_code == 200
    now = (await client.get(ADVICE, params=ON)).json()
    before = (await client.get(ADVICE, params={**ON, "as_of": then})).json()
    assert [item["rule"] for item in now["items"]] == ["stage-step-mismatch", "role-missing"]
    assert before["items"][0]["rule"] == "action-overdue"
    assert (now["provenance"]["as_of"], before["provenance"]["as_of"] is None) == (None, False)


async def test_advice_as_a_table_and_in_pages(client: httpx.AsyncClient, deal: str) -> None:
    table = await client.get(ADVICE, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(rows[0]) == ["rule", "severity", "text", "opportunity_id"]
    assert rows[0]["text"].endswith("=SUM(A1)")
    first = (await client.get(ADVICE, params={**ON, "limit": "2"})).json()
    second = (await client.get(ADVICE, params={**ON, "limit": "2", "cursor": first["next_cursor"]})).json()
    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("acme", {"opportunity_id": "nothing"}, 422),
        ("acme", {"opportunity_id": "boss"}, 422),
        ("acme", {"opportunity_id": "a b"}, 422),
        ("acme", {"on": "yesterday"}, 422),
        ("acme", {"severity": "high"}, 422),
        ("acme", {"limit": "0"}, 422),
        ("nobody", {}, 404),
    ],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, deal: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}/advice", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
