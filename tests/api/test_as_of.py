"""Answers about the past: what was known then, on that day."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

ACME = "/api/v1/accounts/acme"
ANSWERS = ["influencers", "chains", "strength", "views/org-chart", "views/influence"]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_as_of_a_time_is_the_one_given_then(
    client: httpx.AsyncClient, account: str, answer: str
) -> None:
    def plain(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "provenance": {**body["provenance"], "as_of": None}}

    then = (await client.get("/api/v1/contacts/boss/history")).json()["items"][0]["at"]
    before = (await client.get(f"{ACME}/{answer}")).json()
    headers = {"If-Match": '"r1"'}
    await client.patch("/api/v1/contacts/boss", json={"name": "Other"}, headers=headers)
    await client.delete("/api/v1/contacts/user", headers=headers)
    await client.delete("/api/v1/members/me", headers=headers)
    now = (await client.get(f"{ACME}/{answer}")).json()
    past = (await client.get(f"{ACME}/{answer}", params={"as_of": then})).json()
    assert plain(past) == before
    assert plain(now) != before
    assert past["provenance"]["as_of"] == then
    assert past["provenance"]["on"] == then[:10]


async def test_a_time_before_the_account_and_a_time_without_a_zone(
    client: httpx.AsyncClient, account: str
) -> None:
    params = {"as_of": "2001-01-01T00:00:00Z"}
    assert (await client.get(f"{ACME}/influencers", params=params)).status_code == 404
    refused = await client.get(f"{ACME}/influencers", params={"as_of": "2026-01-01T00:00:00"})
    assert refused.status_code == 422
