"""What if over HTTP: before and after, what moves, in both languages, and wrong questions by their place."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

PATH = "/api/v1/accounts/acme/what-if"
ON = {"on": "2026-11-21"}
TIE = {"kind": "tie", "member_id": "me", "contact_id": "aide", "grade": "trusted"}


async def ask(client: httpx.AsyncClient, *changes: Any, **more: Any) -> httpx.Response:
    return await client.post(PATH, json={"changes": list(changes), **ON, **more})


async def test_before_and_after(client: httpx.AsyncClient, account: str) -> None:
    found = (await ask(client, TIE, answers=["chains", "strength"])).json()
    assert set(found) == {"before", "after", "moved", "assumed", "departures", "provenance"}
    assert found["before"]["forecast"] is None
    assert len(found["after"]["strength"]["items"]) == len(found["before"]["strength"]["items"]) + 1
    alone = (await client.get("/api/v1/accounts/acme/chains", params=ON)).json()
    assert found["before"]["chains"]["items"] == alone["items"]
    move = next(move for move in found["moved"] if move["answer"] == "strength")
    assert (move["ids"], move["names"], move["before"]) == (["me", "aide"], ["Mia Ours", "Ann Aide"], None)
    assert found["assumed"][0]["strength"] >= 50


async def test_nothing_is_stored(client: httpx.AsyncClient, account: str) -> None:
    before = (await client.get("/api/v1/accounts/acme/strength", params=ON)).content
    assert (await ask(client, TIE, {"kind": "leave", "contact_id": "boss"})).status_code == 200
    assert (await client.get("/api/v1/accounts/acme/strength", params=ON)).content == before
    assert (await client.get("/api/v1/contacts/boss")).json()["status"] == "active"


async def test_who_leaves_costs_something(client: httpx.AsyncClient, account: str) -> None:
    found = (await ask(client, {"kind": "leave", "member_id": "me"}, answers=["departure"])).json()
    (gone,) = found["departures"]
    assert (gone["id"], gone["items"][0]["contact_id"], gone["single_threaded"]) == ("me", "boss", True)
    assert gone["headline"].startswith("If Mia Ours leaves, the way to 王芳 loses most: 100%.")
    answer = await client.post(
        PATH,
        json={"changes": [{"kind": "leave", "member_id": "me"}], "answers": ["departure"], **ON},
        headers={"Accept-Language": "zh-CN"},
    )
    assert answer.json()["departures"][0]["headline"].startswith("若Mia Ours离开，通往王芳的路径损失最大")


async def test_answers_are_as_long_as_wanted(client: httpx.AsyncClient, account: str) -> None:
    found = (await ask(client, TIE, answers=["influencers"], limit=1)).json()
    assert [len(found[side]["influencers"]["items"]) for side in ("before", "after")] == [1, 1]


async def test_what_was_known_then(client: httpx.AsyncClient, account: str) -> None:
    stored = (await client.get("/api/v1/contacts/aide")).json()
    tag = {"If-Match": f'"r{stored["revision"]}"'}
    assert (
        await client.patch("/api/v1/contacts/aide", json={"name": "Other"}, headers=tag)
    ).status_code == 200
    found = (await ask(client, TIE, answers=["strength"], as_of=stored["updated_at"])).json()
    assert found["moved"][0]["names"] == ["Mia Ours", "Ann Aide"]
    assert found["provenance"]["as_of"]


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "missing", "/changes"),
        ({"changes": []}, "invalid-value", "/changes"),
        ({"changes": [{}]}, "missing", "/changes/0/kind"),
        ({"changes": [{"kind": "vanish"}]}, "unknown-kind", "/changes/0/kind"),
        ({"changes": [TIE, {"kind": "leave"}]}, "invalid-value", "/changes/1"),
        ({"changes": [{"kind": "leave", "member_id": 7}]}, "invalid-value", "/changes/0/member_id"),
        ({"changes": [{"kind": "leave", "member_id": "no"}]}, "unknown-record", "/changes/0/member_id"),
        ({"changes": [{"kind": "leave", "member_id": "me", "x": 1}]}, "unknown-field", "/changes/0/x"),
        ({"changes": [{**TIE, "grade": "friend"}]}, "invalid-value", "/changes/0/grade"),
        ({"changes": [TIE], "answers": ["weather"]}, "invalid-value", "/answers/0"),
        ({"changes": [TIE], "step": "soon"}, "invalid-value", "/step"),
        ({"changes": [TIE], "opportunity_id": "no"}, "unknown-record", "/opportunity_id"),
        ({"changes": [TIE], "limit": "5"}, "invalid-value", "/limit"),
        ({"changes": [TIE], "colour": "red"}, "unknown-field", "/colour"),
        ({"changes": [TIE] * 51}, "invalid-value", "/changes"),
    ],
)
async def test_wrong_questions_name_the_place(
    client: httpx.AsyncClient, account: str, body: dict[str, Any], code: str, pointer: str
) -> None:
    answer = await client.post(PATH, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [(error["code"], error["pointer"]) for error in answer.json()["errors"]] == [(code, pointer)]


async def test_other_refusals(client: httpx.AsyncClient, account: str) -> None:
    assert (await client.post("/api/v1/accounts/nobody/what-if", json={"changes": [TIE]})).status_code == 404
    assert (await client.get(PATH)).status_code == 405
    assert (await client.post(PATH, content="x", headers={"Content-Type": "text/plain"})).status_code == 415
    broken = await client.post(PATH, content='{"changes": NaN}', headers={"Content-Type": "application/json"})
    assert broken.status_code == 422
