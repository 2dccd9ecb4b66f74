"""Answers over HTTP: the shapes other tools rely on, as JSON and CSV, paged and conditional."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

ACME = "/api/v1/accounts/acme"
ON = {"on": "2026-11-21"}


async def test_the_ranking_has_its_shape(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(f"{ACME}/influencers", params=ON)).json()
    assert set(answer) >= {"items", "next_cursor", "provenance", "measure", "by_category", "gaps"}
    first = answer["items"][0]
    expected = ["rank", "contact_id", "name", "score", "share", "category", "parts", "key_player", "hidden"]
    assert list(first)[: len(expected)] == expected
    assert set(first["parts"]) >= {"prior", "from", "formal"}
    assert first["score"] == 100
    assert abs(sum(item["share"] for item in answer["items"]) - 1) < 1e-6
    assert answer["provenance"]["on"] == "2026-11-21"
    assert answer["provenance"]["account_sequence"] > 0


async def test_strength_adds_up(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(f"{ACME}/strength/me/user", params=ON)).json()
    tie = answer["items"][0]
    assert abs(sum(line["points"] for line in tie["contributions"]) - tie["strength"]) <= 0.5
    assert tie["self_strength"] == 60


async def test_one_tie_is_told_in_the_language_asked_for(client: httpx.AsyncClient, account: str) -> None:
    known = await client.get(f"{ACME}/strength/me/user", params={**ON, "lang": "zh"})
    unknown = await client.get(f"{ACME}/strength/me/boss", params={**ON, "lang": "zh"})
    assert (known.status_code, unknown.status_code) == (200, 404)
    assert "不存在" in unknown.json()["detail"]


async def test_an_unknown_tie_is_not_found(client: httpx.AsyncClient, account: str) -> None:
    assert (await client.get(f"{ACME}/strength/me/boss", params=ON)).status_code == 404


async def test_chains_go_from_ours_to_the_decision_maker(client: httpx.AsyncClient, account: str) -> None:
    items = (await client.get(f"{ACME}/chains", params=ON)).json()["items"]
    assert items[0]["path"] == ["me", "user", "boss"]
    assert items[0]["probability"] <= items[0]["reach"]
    assert [step["kind"] for step in items[0]["steps"]] == ["knows", "influences"]


async def test_answers_come_as_csv(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get(f"{ACME}/influencers", params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert "parts" not in rows[0]


@pytest.mark.parametrize("answer", ["influencers", "strength"])
async def test_pages_follow_each_other_without_gap_or_repeat(
    client: httpx.AsyncClient, account: str, answer: str
) -> None:
    known = {"id": "k2", "source_id": "me", "target_id": "boss"}
    assert (await client.post("/api/v1/edges/knows", json=known)).status_code == 201
    whole = (await client.get(f"{ACME}/{answer}", params=ON)).json()
    assert len(whole["items"]) > 1
    seen, cursor = [], None
    while True:
        params = {**ON, "limit": "1", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(f"{ACME}/{answer}", params=params)).json()
        assert {**page, "items": whole["items"], "next_cursor": None} == whole
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == whole["items"]


async def test_a_cursor_of_another_state_is_refused(client: httpx.AsyncClient, account: str) -> None:
    first = (await client.get(f"{ACME}/influencers", params={**ON, "limit": "1"})).json()
    await client.patch("/api/v1/contacts/boss", json={"name": "x"}, headers={"If-Match": '"r1"'})
    params = {**ON, "limit": "1", "cursor": first["next_cursor"]}
    answer = await client.get(f"{ACME}/influencers", params=params, headers={"Accept-Language": "zh"})
    assert answer.status_code == 422
    assert "数据、规则或查看权限已变更" in answer.json()["detail"]


async def test_an_answer_known_already_is_not_sent_again(client: httpx.AsyncClient, account: str) -> None:
    first = await client.get(f"{ACME}/chains", params=ON)
    again = await client.get(f"{ACME}/chains", params=ON, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_unknown_names_are_refused(client: httpx.AsyncClient, account: str) -> None:
    unknown = await client.get(f"{ACME}/influencers", params={"stpe": "brew"})
    assert unknown.status_code == 422
    assert "stpe" in unknown.json()["errors"][0]["pointer"]


async def test_the_graph_document_imports_to_the_same_graph(client: httpx.AsyncClient, account: str) -> None:
    document = (await client.get(f"{ACME}/graph")).json()
    assert document["format"] == "graphsvc/1"
    assert {node["kind"] for node in document["nodes"]} >= {"account", "contact", "member"}
    assert len(document["edges"]) == 6


async def test_on_shows_the_ties_of_that_day(client: httpx.AsyncClient, account: str) -> None:
    tie = await client.get("/api/v1/edges/influences/i1")
    await client.patch(
        "/api/v1/edges/influences/i1", json={"until": "2026-06-01"}, headers={"If-Match": tie.headers["etag"]}
    )
    now = (await client.get(f"{ACME}/chains", params=ON)).json()["items"]
    then = (await client.get(f"{ACME}/chains", params={"on": "2026-05-31"})).json()["items"]
    assert not any("i1" in str(chain["steps"]) for chain in now)
    assert any(step["edge_id"] == "i1" for chain in then for step in chain["steps"])
