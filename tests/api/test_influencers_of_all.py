"""The most influential people of all accounts over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

INFLUENCERS = "/api/v1/influencers"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def accounts(client: httpx.AsyncClient, account: str) -> None:
    """Beside acme one of two people, of whom ours know none."""
    rows = [
        {"put": "account", "record": {"id": "zeta", "name": "Zeta 公司"}},
        *(
            {"put": "contact", "record": {"id": id_, "account_id": "zeta", "name": id_.title()}}
            for id_ in ("zoe", "zed")
        ),
        {
            "put": "influences",
            "record": {"id": "z1", "source_id": "zoe", "target_id": "zed", "weight": 0.9},
        },
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_everybody_stands_with_account_and_best_tie(client: httpx.AsyncClient, accounts: None) -> None:
    answer = (await client.get(INFLUENCERS, params=ON)).json()
    found = [(item["account_id"], item["rank"], item["contact_id"]) for item in answer["items"]]
    assert found[:2] == [("acme", 1, "boss"), ("zeta", 1, "zoe")]
    assert len(found) == 5
    known = {item["contact_id"]: (item["strength"], item["known_by"]) for item in answer["items"]}
    assert known["zoe"] == (0, None)
    assert known["user"][0] > 10
    assert known["user"][1] == "me"
    own = (await client.get("/api/v1/accounts/acme/influencers", params=ON)).json()["items"]
    scores = {item["contact_id"]: item["score"] for item in answer["items"]}
    assert {item["contact_id"]: item["score"] for item in own}.items() <= scores.items()
    assert answer["provenance"]["parameters"]["accounts"] == 2


async def test_so_many_of_each_account_and_only_whom_we_hardly_know(
    client: httpx.AsyncClient, accounts: None
) -> None:
    one = (await client.get(INFLUENCERS, params={**ON, "per_account": 1})).json()["items"]
    assert [item["contact_id"] for item in one] == ["boss", "zoe"]
    unmet = (await client.get(INFLUENCERS, params={**ON, "max_strength": 5})).json()["items"]
    assert "user" not in {item["contact_id"] for item in unmet}
    assert len(unmet) == 4


async def test_as_a_table_in_pages(client: httpx.AsyncClient, accounts: None) -> None:
    answer = await client.get(INFLUENCERS, params={**ON, "limit": 2}, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["account"] for row in rows] == ["ACME", "Zeta 公司"]
    assert 'rel="next"' in answer.headers["link"]


async def test_before_there_were_accounts_there_is_nobody(client: httpx.AsyncClient, accounts: None) -> None:
    answer = await client.get(INFLUENCERS, params={"as_of": "2020-01-01T00:00:00Z"})
    assert answer.json()["items"] == []


@pytest.mark.parametrize(
    "asked", [{"per_account": 0}, {"max_strength": 101}, {"step": "never"}, {"opportunity_id": "x"}]
)
async def test_bad_questions_are_refused(client: httpx.AsyncClient, asked: dict[str, object]) -> None:
    refused = await client.get(INFLUENCERS, params={key: str(value) for key, value in asked.items()})
    assert refused.status_code == 422
    assert next(iter(asked)) in refused.json()["errors"][0]["pointer"]
