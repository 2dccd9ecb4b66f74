"""Every answer that names people tells their external ids where asked, and is else the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import orjson

from tests.answer_routes import ON
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
