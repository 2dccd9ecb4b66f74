"""Every answer that names people tells their external ids where asked, and is else the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import orjson

from examples.story.people import ACCOUNT
from tests.answer_routes import BODY, ON
from tests.api.test_alike import GONE, ROUTES, ask, demo, loaded

__all__ = ["demo", "loaded"]
API = "/api/v1"


def people(value: Any, name: str = "") -> Iterator[str]:
    """The contacts and members that a value names."""
    if isinstance(value, str) and name in ("contact_id", "member_id", "contact_ids", "member_ids"):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from people(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from people(each, name)


async def know_everybody(client: httpx.AsyncClient) -> None:
    """Give all contacts and members an id in another system."""
    for plural in ("contacts", "members"):
        rows = (await client.get(f"{API}/{plural}", params={"limit": "200"})).json()["items"]
        for row in rows:
            ids = {"external_ids": {**row.get("external_ids", {}), "crm": f"X {row['id']}"}}
            tag = {"If-Match": f'"r{row["revision"]}"'}
            done = await client.patch(f"{API}/{plural}/{row['id']}", json=ids, headers=tag)
            assert done.status_code == 200, done.text


async def test_every_answer_tells_the_external_ids_of_whom_it_names(demo: httpx.AsyncClient) -> None:
    await know_everybody(demo)
    asked = [route for route in ROUTES if route.method == "get" and route.tables]
    assert len(asked) > 22
    naming = 0
    for route in asked:
        assert "expand" in route.query, route.name
        named = {"contact_id": GONE, "member_id": "lin-lan", "limit": "20"}
        named = {key: value for key, value in named.items() if key != "limit" or "limit" in route.query}
        plain = (await ask(demo, route, **named)).json()
        answer = await ask(demo, route, **named, expand="external_ids")
        assert answer.status_code == 200, (route.name, answer.text)
        for item, before in zip(answer.json()["items"], plain["items"], strict=True):
            told = item.pop("external_ids")
            assert item == before, route.name
            for id_ in people(item):
                assert told[id_]["crm"] == f"X {id_}", (route.name, id_)
                naming += 1
        refused = await ask(demo, route, **named, expand="everything")
        assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/query/expand"], route.name
    assert naming > 100


async def test_maps_and_what_if_tell_them_where_people_are_listed(demo: httpx.AsyncClient) -> None:
    await know_everybody(demo)
    params = {"on": ON, "expand": "external_ids"}
    for name, most in (("influence", 60), ("org-chart", 60), ("rankings", 20)):
        answer = await demo.get(f"{API}/accounts/{ACCOUNT}/views/{name}", params=params)
        body = answer.json()
        rows = [*body["nodes"], *body["tables"]["people"]]
        told = [row for row in rows if "external_ids" in row]
        assert len(told) > most, name
        ids = [(row["id"], row["external_ids"].get(row["id"], {})) for row in told]
        assert sum(known.get("crm") == f"X {id_}" for id_, known in ids) >= most
        for row in told:
            del row["external_ids"]
        plain = await demo.get(f"{API}/accounts/{ACCOUNT}/views/{name}", params={"on": ON})
        assert body == plain.json()
    url = f"{API}/accounts/{ACCOUNT}/what-if"
    question = {**BODY["what_if"], "changes": [{"kind": "leave", "contact_id": "chen-lixin"}]}
    answer = await demo.post(url, json=question, params={"expand": "external_ids"})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    lists = [body["before"]["influencers"]["items"], body["after"]["trust"]["items"], body["moved"]]
    named = [(id_, item["external_ids"]) for each in lists for item in each for id_ in people(item)]
    assert len(named) > 50
    assert all(ids[id_]["crm"] == f"X {id_}" for id_, ids in named)
    assert any(item["external_ids"] for item in body["moved"])
    for query in ({"expand": "everything"}, {"stpe": "brew"}):
        assert (await demo.post(url, json=question, params=query)).status_code == 422


async def test_a_table_tells_them_in_its_last_column(demo: httpx.AsyncClient) -> None:
    await know_everybody(demo)
    params = {"on": ON, "expand": "external_ids", "limit": "3"}
    account = next(iter((await demo.get(f"{API}/accounts")).json()["items"]))["id"]
    url = f"{API}/accounts/{account}/influencers"
    answer = await demo.get(url, params=params, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 3
    assert list(rows[0])[-1] == "external_ids"
    assert all(orjson.loads(row["external_ids"])[row["contact_id"]]["crm"] for row in rows)
