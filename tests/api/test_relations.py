"""The relation matrix and the channel map over HTTP."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

RELATIONS, CHANNELS = "/api/v1/accounts/acme/relations", "/api/v1/channels"
ON = {"on": "2026-11-21"}


@pytest.fixture
async def trade(client: httpx.AsyncClient, account: str) -> None:
    """A pump of ours in the shop, a supplier of acme, and a customer acme distributes to."""
    rows = [
        {"put": "product", "record": {"id": "pump", "name": "Pump"}},
        *(
            {"put": "account", "record": {"id": id_, "name": id_, "channel_role": role}}
            for id_, role in (("mine", "supplier"), ("town", "end_user"))
        ),
        {"put": "uses", "record": _edge("u1", "shop", "pump", source_kind="department", quantity=2)},
        {"put": "channel", "record": _edge("c1", "acme", "town", kind="distributes")},
        {"put": "channel", "record": _edge("c2", "mine", "acme", kind="supplies")},
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text


async def test_people_and_products(client: httpx.AsyncClient, trade: None) -> None:
    answer = (await client.get(RELATIONS, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "installed", "provenance"}
    first, second = answer["items"]
    assert (first["one_id"], first["other_id"], first["weight"], first["kind"]) == (
        "aide",
        "boss",
        0.9,
        "reports_to",
    )
    assert (second["edge_id"], second["from_id"], second["weight"]) == ("i1", "user", 0.765)
    (pump,) = answer["installed"]
    assert (pump["product"], pump["place"], pump["competitor_id"], pump["quantity"]) == (
        "Pump",
        "Shop",
        None,
        2,
    )
    alone = (await client.get(RELATIONS, params={**ON, "contact_id": "user"})).json()
    assert alone["items"] == [second]


async def test_pages_and_tables_of_relations(client: httpx.AsyncClient, trade: None) -> None:
    whole = (await client.get(RELATIONS, params=ON)).json()["items"]
    first = (await client.get(RELATIONS, params={**ON, "limit": "1"})).json()
    last = (await client.get(RELATIONS, params={**ON, "limit": "1", "cursor": first["next_cursor"]})).json()
    assert first["items"] + last["items"] == whole
    assert last["next_cursor"] is None
    table = await client.get(RELATIONS, params=ON, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [(row["one_id"], row["other_id"], row["conflict"]) for row in rows] == [
        ("aide", "boss", "false"),
        ("boss", "user", "false"),
    ]


async def test_relations_as_they_were_known(client: httpx.AsyncClient, account: str, trade: None) -> None:
    edge = await client.get("/api/v1/edges/influences/i1")
    assert (
        await client.delete("/api/v1/edges/influences/i1", headers={"If-Match": edge.headers["etag"]})
    ).is_success
    now = (await client.get(RELATIONS, params=ON)).json()
    then = (await client.get(RELATIONS, params={**ON, "as_of": edge.json()["updated_at"]})).json()
    assert ([len(now["items"]), len(now["installed"])], len(then["items"])) == ([1, 1], 2)


@pytest.mark.parametrize("query", [{"contact_id": "no"}, {"opportunity_id": "no"}, {"step": "brew"}])
async def test_bad_questions_about_relations(
    client: httpx.AsyncClient, account: str, query: dict[str, str]
) -> None:
    answer = await client.get(RELATIONS, params=query)
    assert answer.status_code == 422
    assert next(iter(query)) in answer.json()["errors"][0]["pointer"]
    assert (await client.get("/api/v1/accounts/nobody/relations")).status_code == 404


async def test_the_channel_map(client: httpx.AsyncClient, trade: None) -> None:
    answer = (await client.get(CHANNELS, params=ON)).json()
    assert set(answer) == {"items", "next_cursor", "accounts", "provenance"}
    assert [(step["source_id"], step["target_id"], step["goods"]) for step in answer["items"]] == [
        ("mine", "acme", True),
        ("acme", "town", True),
    ]
    assert [(stop["account_id"], stop["depth"], stop["role"]) for stop in answer["accounts"]] == [
        ("mine", 0, "supplier"),
        ("acme", 1, None),
        ("town", 2, "end_user"),
    ]
    table = await client.get(CHANNELS, params=ON, headers={"Accept": "text/csv"})
    assert [row["edge_id"] for row in csv.DictReader(io.StringIO(table.text))] == ["c2", "c1"]


async def test_a_cursor_of_other_channels_is_refused(client: httpx.AsyncClient, trade: None) -> None:
    first = (await client.get(CHANNELS, params={**ON, "limit": "1"})).json()
    params = {**ON, "limit": "1", "cursor": first["next_cursor"]}
    assert len((await client.get(CHANNELS, params=params)).json()["items"]) == 1
    tag = (await client.get("/api/v1/edges/channel/c1")).headers["etag"]
    await client.patch("/api/v1/edges/channel/c1", json={"share": 0.5}, headers={"If-Match": tag})
    assert (await client.get(CHANNELS, params=params)).status_code == 422


@pytest.mark.parametrize("query", [{"on": "soon"}, {"as_of": "2026-01-01T00:00:00"}, {"limit": "0"}])
async def test_bad_questions_about_channels(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await client.get(CHANNELS, params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def _edge(id_: str, source: str, target: str, **more: object) -> dict[str, object]:
    return {"id": id_, "source_id": source, "target_id": target, **more}
