"""Strength over time and the questionnaire over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

from models.questionnaire import LATEST

TRAIL = "/api/v1/accounts/acme/strength/me/user/over-time"
ON = {"on": "2026-11-21"}


async def test_a_tie_over_time(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(TRAIL, params={**ON, "months": 3})).json()
    assert [point["on"] for point in answer["items"]][-2:] == ["2026-10-31", "2026-11-21"]
    now = (await client.get("/api/v1/accounts/acme/strength/me/user", params=ON)).json()["items"][0]
    assert answer["items"][-1]["strength"] == now["strength"]
    assert answer["provenance"]["parameters"]["months"] == 3


async def test_a_tie_over_time_as_csv(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get(TRAIL, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows[-1]["on"] == "2026-11-21"
    assert set(rows[0]) == {"on", "strength", "depth", "warmth", "grade"}


async def test_a_tie_that_is_none_has_no_past(client: httpx.AsyncClient, account: str) -> None:
    unknown = TRAIL.replace("/user/", "/boss/")
    assert (await client.get(unknown, params=ON)).status_code == 404
    assert (await client.get(TRAIL.replace("acme", "nobody"), params=ON)).status_code == 404
    assert (await client.get(TRAIL, params={"as_of": "2020-01-01T00:00:00Z"})).status_code == 404


@pytest.mark.parametrize("months", [0, 121, "many"])
async def test_months_have_bounds(client: httpx.AsyncClient, account: str, months: object) -> None:
    refused = await client.get(TRAIL, params={"months": str(months)})
    assert refused.status_code == 422
    assert "months" in refused.json()["errors"][0]["pointer"]


async def test_the_questionnaire_in_both_languages(client: httpx.AsyncClient) -> None:
    found = (await client.get("/api/v1/questionnaire")).json()
    assert (found["version"], found["latest"], found["most_points"]) == (LATEST, LATEST, 48)
    assert [asked["id"] for asked in found["questions"]][:2] == ["P1", "P2"]
    assert found["questions"][0]["text"] == {"en": "Contacts us unasked.", "zh": "主动联系我们。"}
    assert [choice["points"] for choice in found["choices"]] == [0, 1, 2, 3, 4]
    assert {asked["half"] for asked in found["questions"]} == {"P", "I"}
    assert (await client.get("/api/v1/questionnaire", params={"version": 1})).json()["version"] == 1
    assert (await client.get("/api/v1/questionnaire", params={"version": LATEST + 1})).status_code == 422


async def test_one_row_per_contact(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get("/api/v1/accounts/acme/strength", params={**ON, "best_per": "contact"})
    contacts = [tie["contact_id"] for tie in answer.json()["items"]]
    assert contacts
    assert len(contacts) == len(set(contacts))
