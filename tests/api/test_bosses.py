"""Probable bosses over HTTP, and what happens when somebody confirms them."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

BOSSES = "/api/v1/accounts/acme/probable-bosses"
LINES = "/api/v1/edges/reports_to"
ON = {"on": "2026-11-21"}


async def test_probable_bosses_have_their_shape(client: httpx.AsyncClient, account: str) -> None:
    answer = (await client.get(BOSSES, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "provenance", "placed", "proposal", "circular"}
    assert (answer["placed"], answer["circular"]) == (1, 0)
    assert [(item["contact_id"], item["boss_id"]) for item in answer["items"]] == [
        ("boss", None), ("user", "aide"),
    ]  # fmt: skip
    user = answer["items"][1]
    assert set(user) == {"contact_id", "name", "boss_id", "boss_name", "share", "below", "others", "guesses"}
    assert [guess["contact_id"] for guess in user["guesses"]] == ["aide", "boss", None]
    assert user["guesses"][0]["grounds"][0] == {
        "sign": "unit_above",
        "factor": 3.0,
        "number": 1,
        "of": None,
        "evidence": [{"kind": "works_in", "id": "j2", "points": None}],
    }
    assert answer["provenance"]["parameters"] == {"k": 3, "contact_id": None}


async def test_what_is_proposed_is_taken_as_it_is_and_then_nobody_is_asked_about_any_more(
    client: httpx.AsyncClient, account: str
) -> None:
    people = [
        {"put": "contact", "record": {"id": id_, "account_id": account, "name": id_}}
        for id_ in ("lead", "mate")
    ]
    ends = [
        ("works_in", {"source_id": "lead", "target_id": "shop", "rung": "manager"}),
        ("works_in", {"source_id": "mate", "target_id": "shop", "rung": "operator"}),
        ("reports_to", {"source_id": "mate", "target_id": "lead"}),
    ]
    rows = [*people, *({"put": kind, "record": record} for kind, record in ends)]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    before = (await client.get(BOSSES, params=ON)).json()
    lines = {put["record"]["source_id"]: put["record"] for put in before["proposal"]["changes"]}
    assert {id_: line["target_id"] for id_, line in lines.items()} == {"user": "lead", "lead": "boss"}
    assert (await client.get(BOSSES, params=ON)).json() == before
    done = await client.post("/api/v1/changesets", json=before["proposal"])
    assert done.status_code == 200, done.text
    assert done.json()["put"] == 2
    after = (await client.get(BOSSES, params=ON)).json()
    assert [item["contact_id"] for item in after["items"]] == ["boss"]
    assert (after["placed"], after["proposal"]) == (4, None)
    (held,) = (await client.get(LINES, params={"source_id": "user"})).json()["items"]
    assert (held["line"], held["since"], held["confidence"]) == (
        "solid", "2026-11-21", lines["user"]["confidence"],
    )  # fmt: skip
    twice = await client.post("/api/v1/changesets", json=before["proposal"])
    assert {fault["code"] for fault in twice.json()["errors"]} == {"second-boss"}


async def test_probable_bosses_of_then_as_a_table_and_in_pages(
    client: httpx.AsyncClient, account: str
) -> None:
    then = (await client.get(f"{LINES}/r1/history")).json()["items"][0]["at"]
    tag = (await client.get(f"{LINES}/r1")).headers["etag"]
    gone = await client.delete(f"{LINES}/r1", headers={"If-Match": tag})
    assert gone.status_code == 200, gone.text
    now = (await client.get(BOSSES, params=ON)).json()["items"]
    before = (await client.get(BOSSES, params={**ON, "as_of": then})).json()["items"]
    assert "aide" in [item["contact_id"] for item in now]
    assert "aide" not in [item["contact_id"] for item in before]
    table = await client.get(BOSSES, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert list(rows[0]) == ["contact_id", "name", "boss_id", "boss_name", "share", "below", "others"]
    assert [row["contact_id"] for row in rows] == [item["contact_id"] for item in now]
    page = (await client.get(BOSSES, params={**ON, "limit": "1", "k": "1"})).json()
    assert page["next_cursor"]
    assert len(page["items"][0]["guesses"]) <= 2


async def test_one_contact_is_told_as_among_all_and_proposed_alone(
    client: httpx.AsyncClient, account: str
) -> None:
    everybody = (await client.get(BOSSES, params=ON)).json()
    for item in everybody["items"]:
        alone = (await client.get(BOSSES, params={**ON, "contact_id": item["contact_id"]})).json()
        assert alone["items"] == [item]
        assert alone["placed"] == everybody["placed"]
        assert alone["provenance"]["parameters"]["contact_id"] == item["contact_id"]
        lines = alone["proposal"]["changes"] if alone["proposal"] else []
        assert {line["record"]["source_id"] for line in lines} <= {item["contact_id"]}
    has_one = (await client.get(BOSSES, params={**ON, "contact_id": "aide"})).json()
    assert (has_one["items"], has_one["proposal"]) == ([], None)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("acme", {"on": "soon"}, 422),
        ("acme", {"k": "0"}, 422),
        ("acme", {"k": "21"}, 422),
        ("acme", {"contact_id": "nobody"}, 422),
        ("acme", {"contact": "user"}, 422),
        ("nobody", {}, 404),
    ],
)
async def test_bad_questions_are_refused(
    client: httpx.AsyncClient, account: str, path: str, query: dict[str, str], status: int
) -> None:
    answer = await client.get(f"/api/v1/accounts/{path}/probable-bosses", params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_objected_to_profiling_is_not_told(client: httpx.AsyncClient, account: str) -> None:
    for whom in ("user", "aide"):
        await client.post(f"/api/v1/privacy/{whom}/restrict", json={"reason": "by mail"})
    answer = await client.get(BOSSES, params=ON)
    assert [item["contact_id"] for item in answer.json()["items"]] == ["boss"]
    assert "user" not in answer.text
    assert "aide" not in answer.text
