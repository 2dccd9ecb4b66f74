"""Every list of the API has the same manners: pages, links, tables, tags. The walk finds new ones itself."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any, cast

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from tests.stores import settings_of

DOCUMENT = create_app(settings_of(), cast(GraphStore, None)).openapi()
NAMED = {"account_id": "acme", "contact_id": "user", "member_id": "me", "opportunity_id": "deal"}
WITHOUT_PAGES = {"get_strength"}
"""One tie."""
OTHERS = {"to": "boss", "member": "me", "q": "a", "from": "2020-01-01T00:00:00Z"}
UNTIL = datetime.now(UTC).isoformat()
KINDS = {"contacts": "user", "members": "me", "departments": "top", "accounts": "acme", "edges/knows": "k1"}
"""Records whose histories are read."""


def listing(told: dict[str, Any]) -> bool:
    """Whether an operation answers with a list: `items` stands in its schema."""
    schema = told["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    found = DOCUMENT["components"]["schemas"].get(name, schema)
    return found.get("properties", {}).get("items", {}).get("type") == "array"


LISTS = {
    path: ways["get"]
    for path, ways in DOCUMENT["paths"].items()
    if "200" in ways.get("get", {}).get("responses", {}) and listing(ways["get"])
}


def test_every_list_is_declared_with_pages_and_as_a_table() -> None:
    assert len(LISTS) > 80
    for path, told in LISTS.items():
        names = {each["name"] for each in told.get("parameters", ())}
        assert "text/csv" in told["responses"]["200"]["content"], path
        if told["operationId"] not in WITHOUT_PAGES:
            assert "limit" in names, path


def reached() -> list[tuple[str, dict[str, str]]]:
    """The lists whose address the small account can fill, with the query they need."""
    found = []
    for path, told in LISTS.items():
        url = path
        for plural, id_ in KINDS.items():
            url = url.replace(f"/api/v1/{plural}/{{id}}/", f"/api/v1/{plural}/{id_}/")
        url = url.format_map({**NAMED, "id": "{id}", "name": "{name}", "version": "1"})
        names = {each["name"] for each in told.get("parameters", ()) if each.get("required")}
        query = {name: value for name, value in OTHERS.items() if name in names}
        if told["operationId"] == "get_diff":
            query["to"] = UNTIL
        if "{" not in url:
            found.append((url, query))
    return found


async def test_every_list_is_a_table_with_a_tag_and_tells_its_next_page(
    client: httpx.AsyncClient, account: str
) -> None:
    deal = {"id": "deal", "account_id": account, "name": "=cmd|' /C calc'!A0"}
    assert (await client.post("/api/v1/opportunities", json=deal)).status_code == 201
    lists, linked = reached(), 0
    assert len(lists) > 60
    for url, query in lists:
        told = await client.get(url, params=query)
        assert told.status_code == 200, (url, told.text)
        table = await client.get(url, params=query, headers={"Accept": "text/csv"})
        assert table.headers["content-type"] == "text/csv; charset=utf-8", url
        rows = list(csv.reader(io.StringIO(table.text)))
        assert len(rows) == 1 + len(told.json()["items"]), url
        assert len(set(rows[0])) == len(rows[0]) > 1, url
        assert all(len(row) == len(rows[0]) for row in rows), url
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for row in rows for cell in row), url
        assert table.headers["etag"] != told.headers["etag"], url
        for answer, accept in ((told, "application/json"), (table, "text/csv")):
            known = {"If-None-Match": answer.headers["etag"], "Accept": accept}
            assert (await client.get(url, params=query, headers=known)).status_code == 304, url
        if len(told.json()["items"]) > 1 and "next_cursor" in told.json():
            first = await client.get(url, params={**query, "limit": "1"})
            cursor = first.json()["next_cursor"]
            assert (cursor is None) is ("link" not in first.headers), url
            linked += "link" in first.headers
    assert linked > 12


async def test_a_record_as_a_row_has_its_scalars_and_stamps(client: httpx.AsyncClient, account: str) -> None:
    answer = await client.get("/api/v1/contacts", headers={"Accept": "text/csv"})
    first, *rows = csv.DictReader(io.StringIO(answer.text))
    assert [first["id"], *(row["id"] for row in rows)] == ["aide", "boss", "user"]
    assert (first["name"], first["revision"], first["created_at"][-1]) == ("Ann Aide", "1", "Z")
    assert not {"channels", "external_ids"} & set(first)
    assert list(first)[-3:] == ["revision", "created_at", "updated_at"]


@pytest.mark.parametrize("path", ["/rules", "/contacts/user/dossier", "/privacy/user/export"])
async def test_what_is_known_already_is_not_sent_again(
    client: httpx.AsyncClient, account: str, path: str
) -> None:
    first = await client.get(f"/api/v1{path}")
    known = {"If-None-Match": first.headers["etag"]}
    again = await client.get(f"/api/v1{path}", headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    tag = (await client.get("/api/v1/contacts/user/dossier")).headers["etag"]
    soon = {"hobbies": [{"text": "Go", "basis": "consent", "source": "himself", "expires_on": "2999-01-01"}]}
    done = await client.patch("/api/v1/contacts/user/dossier", json=soon, headers={"If-Match": tag})
    assert done.status_code == 200, done.text
    changed = await client.get(f"/api/v1{path}", headers=known)
    assert changed.status_code == (304 if path == "/rules" else 200)


@pytest.mark.parametrize("limit", ["0", "201", "x"])
async def test_no_list_gives_more_than_200(client: httpx.AsyncClient, account: str, limit: str) -> None:
    for path in ("/rules", "/rules/changes", "/users", "/api-keys", "/webhooks", "/privacy/user/reads"):
        answer = await client.get(f"/api/v1{path}", params={"limit": limit})
        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/query/limit"], path
    reads = [await client.get("/api/v1/contacts/user/dossier") for _ in range(3)]
    assert {read.status_code for read in reads} == {200}
    first = (await client.get("/api/v1/privacy/user/reads", params={"limit": "2"})).json()
    rest = await client.get("/api/v1/privacy/user/reads", params={"cursor": first["next_cursor"]})
    lines = [*first["items"], *rest.json()["items"]]
    assert len({line["request_id"] for line in lines}) == len(lines) == 3
