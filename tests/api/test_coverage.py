"""Coverage over HTTP: the matrix person by person in pages, and what it says, as JSON and CSV."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

COVERAGE = "/api/v1/accounts/acme/coverage"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def known(client: httpx.AsyncClient, account: str) -> None:
    """A director of ours who knows their boss and her aide, beside Mia, an operator, who knows the user."""
    rows = [
        {"put": "member", "record": {"id": "top", "name": "Tom Top", "rung": "director"}},
        *(
            {"put": "knows", "record": {"id": f"k-{who}", "source_id": "top", "target_id": who}}
            for who in ("boss", "aide")
        ),
    ]
    await client.patch("/api/v1/members/me", json={"rung": "operator"}, headers={"If-Match": '"r1"'})
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_the_matrix_and_what_it_says(client: httpx.AsyncClient, known: None) -> None:
    answer = (await client.get(COVERAGE, params=ON)).json()
    assert set(answer) >= {
        "items", "shape", "strands", "unmatched", "levels", "rungs", "hub", "threads", "missing_roles",
        "missing_categories", "pairings", "next_cursor", "provenance",
    }  # fmt: skip
    user, aide, boss = answer["items"]
    assert (user["member_id"], user["contact_id"], user["equal"]) == ("me", "user", True)
    assert user["evidence"] == [{"kind": "knows", "id": "k1", "points": user["strength"]}]
    assert (aide["contact_id"], aide["contact_rung"], aide["equal"]) == ("aide", "manager", False)
    assert (boss["contact_id"], boss["member_level"], boss["equal"]) == ("boss", "decision", True)
    strands = {strand["rung"]: strand["counted"] for strand in answer["strands"]}
    assert strands == {"director": 10.0, "operator": user["strength"]}
    assert answer["shape"] == pytest.approx(10 / user["strength"])
    assert answer["unmatched"] == ["manager"]
    assert [thread["member_id"] for thread in answer["threads"]] == ["me"]
    assert answer["pairings"][0]["contact_id"] == "boss"
    assert answer["provenance"]["algorithm"] == "contact matrix"


async def test_pages_of_ties_follow_each_other(client: httpx.AsyncClient, known: None) -> None:
    whole = (await client.get(COVERAGE, params=ON)).json()
    first = (await client.get(COVERAGE, params={**ON, "limit": "2"})).json()
    last = (await client.get(COVERAGE, params={**ON, "limit": "2", "cursor": first["next_cursor"]})).json()
    assert first["items"] + last["items"] == whole["items"]
    assert (len(first["items"]), last["next_cursor"]) == (2, None)
    assert first["pairings"] == last["pairings"] == whole["pairings"]
    await client.patch("/api/v1/contacts/boss", json={"name": "x"}, headers={"If-Match": '"r1"'})
    stale = await client.get(COVERAGE, params={**ON, "limit": "2", "cursor": first["next_cursor"]})
    assert stale.status_code == 422


async def test_the_matrix_as_a_table(client: httpx.AsyncClient, known: None) -> None:
    answer = await client.get(COVERAGE, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["contact_id"], row["equal"], row["discount"]) for row in rows] == [
        ("user", "true", ""),
        ("aide", "false", ""),
        ("boss", "true", ""),
    ]


async def test_what_was_known_then(client: httpx.AsyncClient, account: str, known: None) -> None:
    moment = (await client.get("/api/v1/edges/knows/k1")).json()["updated_at"]
    then = (await client.get(COVERAGE, params={**ON, "as_of": moment})).json()
    assert [tie["contact_id"] for tie in then["items"]] == ["user"]
    assert then["strands"] == []
    assert then["provenance"]["as_of"] == moment


@pytest.mark.parametrize(
    ("query", "place"),
    [({"opportunity_id": "no"}, "opportunity_id"), ({"step": "brew"}, "step"), ({"cursor": "x"}, "cursor")],
)
async def test_bad_questions_name_the_place(
    client: httpx.AsyncClient, account: str, query: dict[str, str], place: str
) -> None:
    answer = await client.get(COVERAGE, params=query)
    assert answer.status_code == 422
    assert place in answer.json()["errors"][0]["pointer"]


async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/accounts/nobody/coverage")).status_code == 404
