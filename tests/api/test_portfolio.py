"""The portfolio over HTTP: tiers beside each other, in both languages, as JSON, CSV and in pages."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

PORTFOLIO = "/api/v1/portfolio"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def accounts(client: httpx.AsyncClient, account: str) -> None:
    """Beside acme (tier A, nothing sold) a large account, a small one, and one in another currency."""
    sales = (("big", 70.0, "CNY", None), ("small", 30.0, "CNY", "A"), ("far", 1.0, "USD", None))
    rows = [
        {
            "put": "account",
            "record": {"id": id_, "name": f"{id_} 公司", "annual_volume": volume, "currency": currency}
            | ({"tier": tier} if tier else {}),
        }
        for id_, volume, currency, tier in sales
    ]
    rows += [
        {"put": "serves", "record": {"id": role, "source_id": "me", "target_id": "small", "role": role}}
        for role in ("owner", "sponsor")
    ]
    rows += [
        {
            "put": "opportunity",
            "record": {"id": id_, "account_id": "big", "name": id_, "value": 5.5, "currency": "CNY"},
        }
        for id_ in ("one", "two")
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_each_account_has_a_line(client: httpx.AsyncClient, accounts: None) -> None:
    answer = (await client.get(PORTFOLIO, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance"}
    lines = {line["account_id"]: line for line in answer["items"]}
    assert list(lines) == ["big", "small", "far", "acme"]
    told = {
        id_: (line["tier"], line["suggested_tier"], line["cumulated_share"], line["overruled"])
        for id_, line in lines.items()
    }
    assert told == {
        "big": (None, "A", 0.7, False),
        "small": ("A", "C", 1.0, True),
        "far": (None, "A", 1.0, False),
        "acme": ("A", None, None, False),
    }
    big = lines["big"]
    assert (big["name"], big["status"]) == ("big 公司", "prospect")
    assert (big["open_opportunities"], big["open_value"], big["open_values"]) == (
        2,
        11.0,
        [{"currency": "CNY", "value": 11.0}],
    )
    rules = {id_: [warning["rule"] for warning in line["warnings"]] for id_, line in lines.items()}
    assert rules == {
        "big": [],
        "small": ["tier-without-reason"],
        "far": [],
        "acme": ["a-without-team", "a-without-team"],
    }
    assert answer["provenance"]["parameters"] == {"accounts": 4}


async def test_warnings_come_in_the_language_asked_for(client: httpx.AsyncClient, accounts: None) -> None:
    answer = await client.get(PORTFOLIO, params=ON, headers={"Accept-Language": "zh"})
    texts = [warning["text"] for line in answer.json()["items"] for warning in line["warnings"]]
    assert texts == [
        "现有分级为A 核心，按销售额建议为C 普通，但未注明理由。",
        "A 级客户没有指定客户经理。",
        "A 级客户没有指定高层。",
    ]


async def test_the_portfolio_as_a_table(client: httpx.AsyncClient, accounts: None) -> None:
    answer = await client.get(PORTFOLIO, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["account_id"] for row in rows] == ["big", "small", "far", "acme"]
    assert (rows[0]["open_value"], rows[0]["suggested_tier"], rows[3]["suggested_tier"]) == ("11.0", "A", "")
    assert "warnings" not in rows[0]


async def test_pages_of_one_state(client: httpx.AsyncClient, accounts: None) -> None:
    first = (await client.get(PORTFOLIO, params={**ON, "limit": "3"})).json()
    params = {**ON, "limit": "3", "cursor": first["next_cursor"]}
    second = (await client.get(PORTFOLIO, params=params)).json()
    assert [len(first["items"]), len(second["items"])] == [3, 1]
    tag = (await client.get("/api/v1/accounts/far")).headers["etag"]
    await client.patch("/api/v1/accounts/far", json={"annual_volume": 2.0}, headers={"If-Match": tag})
    assert (await client.get(PORTFOLIO, params=params)).status_code == 422, "sales have changed since"


async def test_a_line_known_already_is_not_sent_again(client: httpx.AsyncClient, accounts: None) -> None:
    tag = (await client.get(PORTFOLIO, params=ON)).headers["etag"]
    again = await client.get(PORTFOLIO, params=ON, headers={"If-None-Match": tag})
    assert again.status_code == 304


async def test_no_accounts_no_lines(client: httpx.AsyncClient) -> None:
    assert (await client.get(PORTFOLIO, params=ON)).json()["items"] == []


@pytest.mark.parametrize(
    "query", [{"on": "2026-13-01"}, {"as_of": "2026-01-01T00:00:00"}, {"limit": "201"}, {"cursor": "x"}]
)
async def test_bad_questions_are_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await client.get(PORTFOLIO, params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_each_line_says_how_the_account_stands(client: httpx.AsyncClient, accounts: None) -> None:
    lines = {line["account_id"]: line for line in (await client.get(PORTFOLIO, params=ON)).json()["items"]}
    acme = lines["acme"]
    on = {"on": ON["on"]}
    told = (await client.get("/api/v1/accounts/acme/trust", params=on)).json()
    matrix = (await client.get("/api/v1/accounts/acme/coverage", params=on)).json()
    late = (await client.get("/api/v1/accounts/acme/overdue", params=on)).json()
    assert acme["trust"] == told["trust"] > 0
    assert (acme["shape"], acme["single_threads"]) == (matrix["shape"], len(matrix["threads"]))
    assert (acme["hub_id"], acme["hub_share"]) == (matrix["hub"]["member_id"], matrix["hub"]["share"])
    assert acme["overdue"] == len(late["items"]) > 0
    assert acme["strength"] > 0
    assert (lines["far"]["trust"], lines["far"]["strength"], lines["far"]["hub_id"]) == (0, 0, None)
