"""The forecast over HTTP: opinions, levers, vetoes, in both languages, as JSON and CSV, now and then."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

FORECAST = "/api/v1/accounts/acme/forecast"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def deal(client: httpx.AsyncClient, account: str) -> str:
    rows = [
        {
            "put": "opportunity",
            "record": {"id": "deal", "account_id": account, "name": "D", "step": "commit"},
        },
        {
            "put": "plays",
            "record": {
                "id": "p1", "source_id": "boss", "target_id": "deal", "roles": ["approver"], "attitude": -2
            },
        },
    ]  # fmt: skip
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    return "deal"


async def test_the_room_settles(client: httpx.AsyncClient, deal: str) -> None:
    found = (await client.get(FORECAST, params={**ON, "opportunity_id": deal})).json()
    assert set(found) >= {"items", "headline", "opinion", "room", "by_category", "vetoes", "levers", "gaps"}
    boss = found["items"][0]
    assert (boss["contact_id"], boss["decider"], boss["veto"], boss["source"]) == (
        "boss", True, True, "stated"
    )  # fmt: skip
    assert sum(part["points"] for part in boss["from"]) == pytest.approx(boss["settled"])
    assert found["vetoes"] == ["boss"]
    assert {lever["contact_id"] for lever in found["levers"]} >= {"boss", "user"}
    assert found["provenance"]["parameters"] == {"opportunity_id": "deal", "step": None}


async def test_the_headline_is_in_the_language_asked_for(client: httpx.AsyncClient, deal: str) -> None:
    asked = {**ON, "opportunity_id": deal}
    assert "Veto: 王芳." in (await client.get(FORECAST, params=asked)).json()["headline"]
    chinese = (await client.get(FORECAST, params={**asked, "lang": "zh"})).json()["headline"]
    assert "可一票否决：王芳" in chinese


async def test_the_forecast_as_a_table(client: httpx.AsyncClient, deal: str) -> None:
    answer = await client.get(FORECAST, params={**ON, "opportunity_id": deal}, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert (rows[0]["contact_id"], rows[0]["veto"], rows[0]["attitude"]) == ("boss", "true", "-2")


async def test_what_was_known_then(client: httpx.AsyncClient, deal: str) -> None:
    stored = (await client.get("/api/v1/edges/plays/p1")).json()
    tag = {"If-Match": f'"r{stored["revision"]}"'}
    turned = await client.patch("/api/v1/edges/plays/p1", json={"attitude": 2}, headers=tag)
    assert turned.status_code == 200
    asked = {**ON, "opportunity_id": deal}
    now = (await client.get(FORECAST, params=asked)).json()
    then = (await client.get(FORECAST, params={**asked, "as_of": stored["updated_at"]})).json()
    assert (now["vetoes"], then["vetoes"]) == ([], ["boss"])


@pytest.mark.parametrize(
    ("query", "place"), [({"step": "soon"}, "step"), ({"opportunity_id": "no"}, "opportunity_id")]
)
async def test_bad_questions_name_the_place(
    client: httpx.AsyncClient, account: str, query: dict[str, str], place: str
) -> None:
    answer = await client.get(FORECAST, params=query)
    assert answer.status_code == 422
    assert place in answer.json()["errors"][0]["pointer"]


async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/accounts/nobody/forecast")).status_code == 404
