"""Choices of the ranking over HTTP: measures, comparing steps, the smallest set."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

from models.measures import Measure

INFLUENCERS = "/api/v1/accounts/acme/influencers"
SMALLEST = f"{INFLUENCERS}/smallest-set"
ON = {"on": "2026-11-21"}


@pytest.mark.parametrize("measure", Measure)
async def test_every_measure_answers(client: httpx.AsyncClient, account: str, measure: Measure) -> None:
    answer = (await client.get(INFLUENCERS, params={**ON, "measure": measure})).json()
    assert answer["measure"] == answer["provenance"]["algorithm"] == measure
    assert len(answer["items"]) == 3
    assert answer["items"][0]["score"] == 100


async def test_a_move_is_told_in_the_language_asked_for(client: httpx.AsyncClient, account: str) -> None:
    asked = {**ON, "step": "commit", "compare_step": "discover"}
    english = (await client.get(INFLUENCERS, params=asked)).json()["items"][0]
    chinese = (await client.get(INFLUENCERS, params={**asked, "lang": "zh"})).json()["items"][0]
    assert set(english["moved"]) >= {"from_rank", "why", "own", "from", "others", "by_category"}
    assert english["moved"]["why"].startswith("Up from")
    assert chinese["moved"]["why"].startswith("由第")
    alone = (await client.get(INFLUENCERS, params={**ON, "step": "commit"})).json()["items"][0]
    assert alone["moved"] is None


async def test_a_comparison_with_nothing_is_refused_by_name(client: httpx.AsyncClient, account: str) -> None:
    refused = await client.get(INFLUENCERS, params={"compare_step": "brew"})
    assert refused.status_code == 422
    assert [(error["code"], error["pointer"]) for error in refused.json()["errors"]] == [
        ("nothing-to-compare", "/query/compare_step")
    ]


async def test_the_smallest_set(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(SMALLEST, params=ON)).json()
    assert [seat["contact_id"] for seat in answer["items"]] == ["user"]
    # the user himself, the boss one step away, the aide two
    assert answer["proximity"] == pytest.approx((1 + 1 + 1 / 2) / 3)
    assert (answer["passed"], answer["exact"], answer["goal"]) == (True, True, 0.5)
    assert answer["provenance"]["algorithm"] == "smallest set"
    two = (await client.get(SMALLEST, params={**ON, "size": 2})).json()
    assert (len(two["items"]), two["proximity"]) == (2, 1)


async def test_the_smallest_set_as_csv(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get(SMALLEST, params=ON, headers={"Accept": "text/csv"})
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert (row["rank"], row["contact_id"], row["nearest"]) == ("1", "user", "3")


async def test_the_smallest_set_of_an_earlier_time(client: httpx.AsyncClient, account: str) -> None:
    before = {"as_of": "2020-01-01T00:00:00Z"}
    assert (await client.get(SMALLEST, params=before)).status_code == 404


@pytest.mark.parametrize("asked", [{"size": 0}, {"size": 21}, {"goal": 2}, {"seats": 2}])
async def test_a_question_it_does_not_know_is_refused(
    client: httpx.AsyncClient, account: str, asked: dict[str, int]
) -> None:
    refused = await client.get(SMALLEST, params=asked)
    assert refused.status_code == 422
    assert next(iter(asked)) in refused.json()["errors"][0]["pointer"]


async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient, account: str) -> None:
    assert (await client.get("/api/v1/accounts/nobody/influencers/smallest-set")).status_code == 404
