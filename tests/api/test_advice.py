"""Advice over HTTP: what is warned of, in both languages, now and then."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from graphsvc.features.dossiers import dossiers_about
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import NodeKind
from models.records import body_of, read_record

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
    assert set(answer) == {"items", "next_cursor", "provenance", "left_off", "silent"}
    assert [(item["rule"], item["severity"], item["opportunity_id"]) for item in answer["items"]] == [
        ("action-overdue", "high", None),
        ("a-without-team", "high", None),
        ("a-without-team", "high", None),
        ("stage-step-mismatch", "medium", deal),
        ("role-missing", "medium", deal),
        ("department-single-threaded", "medium", None),
    ]
    fields = ["rule", "severity", "text", "evidence", "opportunity_id", "suggested", "action"]
    assert list(answer["items"][0]) == fields
    assert [(row["kind"], row["id"]) for row in answer["items"][3]["evidence"]] == [("opportunity", deal)]
    assert answer["items"][0]["action"]["id"] == "late"
    assert (answer["left_off"], answer["silent"]) == ({}, [])
    assert answer["provenance"]["on"] == "2026-11-21"
    assert answer["provenance"]["parameters"] == {"opportunity_id": None}


async def test_warnings_come_in_the_language_asked_for(client: httpx.AsyncClient, deal: str) -> None:
    asked = {"Accept-Language": "zh-CN,zh;q=0.9"}
    texts = [item["text"] for item in (await client.get(ADVICE, params=ON, headers=asked)).json()["items"]]
    assert texts[0] == "承诺已逾期 9 天：=SUM(A1)"
    assert "“内部酝酿”步骤尚不清楚谁是决策者" in texts[4]
    english = (await client.get(ADVICE, params={**ON, "lang": "en"}, headers=asked)).json()["items"]
    assert english[0]["text"] == "Promise, overdue for 9 days: =SUM(A1)"


async def test_of_one_purchase_only(client: httpx.AsyncClient, deal: str) -> None:
    async def rules(opportunity: str) -> list[str]:
        answer = await client.get(ADVICE, params={**ON, "opportunity_id": opportunity})
        return [item["rule"] for item in answer.json()["items"]]

    account = ["action-overdue", "a-without-team", "a-without-team"]
    purchase = ["stage-step-mismatch", "role-missing", "department-single-threaded"]
    assert await rules(deal) == [*account, *purchase]
    assert await rules("other") == account, "what is lost is left in peace; the account is not"


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
    assert [item["rule"] for item in now["items"][2:4]] == ["stage-step-mismatch", "role-missing"]
    assert before["items"][0]["rule"] == "action-overdue"
    assert (now["provenance"]["as_of"], before["provenance"]["as_of"] is None) == (None, False)


async def test_advice_as_a_table_and_in_pages(client: httpx.AsyncClient, deal: str) -> None:
    table = await client.get(ADVICE, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(rows[0]) == ["rule", "severity", "text", "opportunity_id"]
    assert rows[0]["text"].endswith("=SUM(A1)")
    first = (await client.get(ADVICE, params={**ON, "limit": "2"})).json()
    second = (await client.get(ADVICE, params={**ON, "limit": "2", "cursor": first["next_cursor"]})).json()
    assert [len(page["items"]) for page in (first, second)] == [2, 2]
    assert second["next_cursor"] is not None


async def advised(client: httpx.AsyncClient, rule: str, **asked: str) -> dict[str, Any]:
    """The first warning of a rule."""
    answer = (await client.get(ADVICE, params={**ON, **asked})).json()
    found: dict[str, Any] = next(item for item in answer["items"] if item["rule"] == rule)
    return found


async def test_a_suggestion_becomes_an_action_with_one_request(client: httpx.AsyncClient, deal: str) -> None:
    item = await advised(client, "role-missing")
    suggested = item["suggested"]
    assert (item["action"], suggested["from_rule"], suggested["due"]) == (None, "role-missing", "2026-11-28")
    made = await client.post("/api/v1/actions", json=suggested)
    assert made.status_code == 201, made.text
    again = await client.post("/api/v1/actions", json=suggested)
    assert again.status_code == 412, "the same advice is one action"
    item = await advised(client, "role-missing", lang="zh")
    assert item["suggested"] is None
    assert (item["action"]["id"], item["action"]["due"]) == (suggested["id"], "2026-11-28")
    done = {"done_on": "2026-11-20"}
    tag = made.headers["etag"]
    path = f"/api/v1/actions/{suggested['id']}"
    assert (await client.patch(path, json=done, headers={"If-Match": tag})).status_code == 200
    item = await advised(client, "role-missing")
    assert item["action"]["done_on"] == "2026-11-20"
    assert item["suggested"]["id"] == f"{suggested['id']}.2", (
        "done, and still so: something else is to be tried"
    )


async def test_every_suggestion_is_an_action_as_it_stands(client: httpx.AsyncClient, deal: str) -> None:
    items = (await client.get(ADVICE, params=ON)).json()["items"]
    suggested = [item["suggested"] for item in items if item["suggested"]]
    assert len(suggested) == 5
    for body in suggested:
        assert (await client.post("/api/v1/actions", json=body)).status_code == 201
    items = (await client.get(ADVICE, params=ON)).json()["items"]
    assert all(item["action"] for item in items)


async def test_dossiers_are_read_now_and_as_they_were(
    client: httpx.AsyncClient, store: GraphStore, deal: str
) -> None:
    kept = {"basis": "consent", "source": "told us", "expires_on": "2030-01-01"}
    trip = {"since": "2026-11-23", "until": "2026-11-24", "city": "Turin", **kept}
    rows = [
        _put("plays", id="p2", source_id="boss", target_id="deal", roles=["decision_maker"]),
        _put("member", id="max", name="Max Ours", city="Turin"),
        _put("knows", id="k2", source_id="max", target_id="user"),
    ]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    before = (await client.get("/api/v1/edges/knows/k2/history")).json()["items"][0]["at"]
    body = {"id": "d1", "account_id": "acme", "contact_id": "boss", "itinerary": [trip]}
    record = read_record(NodeKind.DOSSIER, body)
    await store.apply(Scope("tester"), ChangeSet("private", (Put(NodeKind.DOSSIER, record),)))
    item = await advised(client, "same-city")
    assert item["text"] == "王芳 and Max Ours are both in Turin: 2026-11-23 to 2026-11-24."
    assert item["suggested"]["member_id"] == "max"
    then = (await client.get(ADVICE, params={**ON, "as_of": before})).json()
    assert "same-city" not in [row["rule"] for row in then["items"]]
    graph = await store.account_graph(Scope("tester"), "acme")
    assert await dossiers_about(store, Scope("tester"), graph, None) is None, "no right, no dossiers"
    assert await dossiers_about(store, Scope("tester", dossiers=True), graph, None) == [body_of(record)]


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
