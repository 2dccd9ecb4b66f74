"""A purchase in one answer over HTTP, in both languages, as JSON and CSV, now and then."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

DEAL = "/api/v1/accounts/acme/opportunities/deal/deal"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def deal(client: httpx.AsyncClient, account: str) -> str:
    purchase: dict[str, Any] = {
        "id": "deal",
        "account_id": account,
        "name": "Press line",
        "step": "commit",
        "stage": "bid",
        "criteria": [{"text": "Quiet", "origin": "competitor", "owner_id": "user"}],
        "milestones": [{"stage": "develop", "reached_on": "2026-10-01"}],
    }
    said = {"id": "p1", "source_id": "boss", "target_id": "deal", "roles": ["approver"], "attitude": -2}
    rows = [{"put": "opportunity", "record": purchase}, {"put": "plays", "record": said}]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    return "deal"


async def test_everything_about_a_purchase(client: httpx.AsyncClient, deal: str) -> None:
    found = (await client.get(DEAL, params=ON)).json()
    assert set(found) >= {
        "items", "next_cursor", "provenance", "opportunity_id", "name", "status", "step", "stage",
        "milestones", "criteria", "windows", "forecast", "vetoes", "advice",
    }  # fmt: skip
    assert (found["step"], found["stage"], found["fitting_stage"]) == ("commit", "bid", "negotiate")
    assert [item["contact_id"] for item in found["items"]] == ["boss"]
    assert found["items"][0]["evidence"] == [{"kind": "plays", "id": "p1", "points": None}]
    assert found["vetoes"] == found["forecast"]["vetoes"] == ["boss"]
    assert "from" in found["forecast"]["items"][0], "written by its name on the wire"
    assert found["criteria"] == [
        {"text": "Quiet", "origin": "competitor", "owner_id": "user", "owner": "Uli User"}
    ]
    assert found["provenance"]["parameters"] == {"opportunity_id": "deal"}
    alone = (await client.get("/api/v1/accounts/acme/advice", params={**ON, "opportunity_id": deal})).json()
    assert found["advice"]["items"] == alone["items"]


async def test_in_the_language_asked_for(client: httpx.AsyncClient, deal: str) -> None:
    found = (await client.get(DEAL, params=ON, headers={"Accept-Language": "zh-CN"})).json()
    assert "可一票否决：王芳" in found["forecast"]["headline"]
    assert found["milestones"][0]["milestone"] == "准确的项目信息"


async def test_the_buying_centre_as_a_table(client: httpx.AsyncClient, deal: str) -> None:
    answer = await client.get(DEAL, params=ON, headers={"Accept": "text/csv"})
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["contact_id"], row["veto"], row["attitude"], row["strength"]) == ("boss", "true", "-2", "0.0")


async def test_what_was_known_then(client: httpx.AsyncClient, deal: str) -> None:
    stored = (await client.get("/api/v1/edges/plays/p1")).json()
    tag = {"If-Match": f'"r{stored["revision"]}"'}
    turned = await client.patch("/api/v1/edges/plays/p1", json={"attitude": 2}, headers=tag)
    assert turned.status_code == 200
    now = (await client.get(DEAL, params=ON)).json()
    then = (await client.get(DEAL, params={**ON, "as_of": stored["updated_at"]})).json()
    assert (now["vetoes"], then["vetoes"]) == ([], ["boss"])
    assert then["provenance"]["as_of"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/api/v1/accounts/acme/opportunities/nothing/deal", {}, 404),
        ("/api/v1/accounts/nobody/opportunities/deal/deal", {}, 404),
        ("/api/v1/accounts/acme/opportunities/deal/deal", {"on": "soon"}, 422),
        ("/api/v1/accounts/acme/opportunities/deal/deal", {"step": "brew"}, 422),
        ("/api/v1/accounts/acme/opportunities/a%20b/deal", {}, 422),
    ],
)
async def test_some_questions_are_refused(
    client: httpx.AsyncClient, deal: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(path, params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
