"""Approaches over HTTP: talking points in both languages, with the right to dossiers, now and then."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import NodeKind
from models.records import read_record

PATH = "/api/v1/accounts/acme/approach"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def user(client: httpx.AsyncClient, store: GraphStore, account: str) -> str:
    """A user with a stated concern, a want, a goal in the dossier, and a product that does not please."""
    kept = {"basis": "consent", "source": "told us", "expires_on": "2030-01-01"}
    rows: list[dict[str, Any]] = [
        {"put": "opportunity", "record": {"id": "deal", "account_id": account, "name": "Deal"}},
        {"put": "competitor", "record": {"id": "them", "name": "Them"}},
        {"put": "product", "record": {"id": "p1", "name": "Press", "competitor_id": "them"}},
        {
            "put": "uses",
            "record": {
                "id": "u1",
                "source_id": "shop",
                "target_id": "p1",
                "source_kind": "department",
                "satisfaction": 1,
            },
        },
        {
            "put": "plays",
            "record": {
                "id": "pl",
                "source_id": "user",
                "target_id": "deal",
                "roles": ["user"],
                "concerns": [{"code": "delivery", "text": "before winter"}],
            },
        },
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    body = {
        "id": "d1",
        "account_id": account,
        "contact_id": "user",
        "goals": {"text": "No stop. 不停机。", **kept},
    }
    put = Put(NodeKind.DOSSIER, read_record(NodeKind.DOSSIER, body))
    await store.apply(Scope("tester"), ChangeSet("private", (put,)))
    return "user"


async def test_points_name_rule_and_evidence(client: httpx.AsyncClient, user: str) -> None:
    answer = (await client.get(f"{PATH}/{user}", params=ON)).json()
    assert {"items", "next_cursor", "provenance", "contact_id", "name", "category"} <= set(answer)
    assert (answer["contact_id"], answer["category"], answer["silent"]) == ("user", "user", [])
    first = answer["items"][0]
    assert (first["rule"], first["topic"], first["question"]) == (
        "spin.delivery.situation",
        "concern",
        "situation",
    )
    assert (first["usual"], first["heard"]) == (False, "before winter")
    assert [(row["kind"], row["id"]) for row in first["evidence"]] == [
        ("plays", "pl"),
        ("department", "shop"),
    ]
    texts = [item["text"] for item in answer["items"]]
    assert texts[2] == "What does one week's delay do to this year's goal (“No stop”)?"
    assert "Press got 1 of 5 from your people: what would have to be different next time?" in texts


async def test_points_come_in_the_language_asked_for(client: httpx.AsyncClient, user: str) -> None:
    answer = await client.get(f"{PATH}/{user}", params=ON, headers={"Accept-Language": "zh-CN"})
    assert answer.json()["items"][2]["text"] == "晚一周，对今年的目标（“不停机”）影响有多大？"


async def test_points_as_a_table_and_in_pages(client: httpx.AsyncClient, user: str) -> None:
    table = await client.get(f"{PATH}/{user}", params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(rows[0]) == ["rule", "topic", "code", "question", "usual", "heard", "text"]
    first = (await client.get(f"{PATH}/{user}", params={**ON, "limit": "5"})).json()
    second = (await client.get(f"{PATH}/{user}", params={**ON, "cursor": first["next_cursor"]})).json()
    assert len(first["items"]) + len(second["items"]) == len(rows)


async def test_an_approach_of_then_is_made_of_what_was_known_then(
    client: httpx.AsyncClient, user: str
) -> None:
    then = (await client.get("/api/v1/contacts/user/history")).json()["items"][0]["at"]
    before = (await client.get(f"{PATH}/{user}", params={**ON, "as_of": then})).json()
    assert before["items"][0]["rule"] == "spin.usability.situation", "no concern had been heard yet"
    assert "No stop" not in str(before)


@pytest.mark.parametrize(
    ("contact", "query", "status", "code"),
    [
        ("nobody", {}, 404, "unknown-record"),
        ("user", {"opportunity_id": "nothing"}, 422, "unknown-record"),
        ("user", {"on": "soon"}, 422, None),
        ("user", {"topic": "want"}, 422, None),
        ("boss", {}, 404, "unknown-record"),
        ("aide", {}, 422, "no-holder"),
    ],
)
async def test_some_questions_are_refused(
    client: httpx.AsyncClient, user: str, contact: str, query: dict[str, str], status: int, code: str | None
) -> None:
    await client.post("/api/v1/privacy/boss/restrict", json={"reason": "by mail"})
    seat = {"json": {"placeholder": True}, "headers": {"If-Match": '"r1"'}}
    assert (await client.patch("/api/v1/contacts/aide", **seat)).status_code == 200
    answer = await client.get(f"{PATH}/{contact}", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    if code:
        assert [error["code"] for error in answer.json()["errors"]] == [code]
