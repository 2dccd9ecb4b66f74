"""HTTP as RFC 9110 has it: HEAD, conditional requests, what the client prefers, links to the next page."""

from __future__ import annotations

import httpx
import pytest

from graphsvc.web.answers import prefers_csv

ACME = "/api/v1/accounts/acme"
ON = {"on": "2026-11-21"}
READ = ["/livez", "/", "/api/v1/contacts", "/api/v1/contacts/boss", f"{ACME}/influencers", f"{ACME}/graph"]


@pytest.mark.parametrize("path", READ)
async def test_head_is_get_without_the_body(client: httpx.AsyncClient, account: str, path: str) -> None:
    whole, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("path", READ[2:])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other" , W/{}', "*"])
async def test_what_the_client_has_is_not_sent_again(
    client: httpx.AsyncClient, account: str, path: str, form: str
) -> None:
    etag = (await client.get(path)).headers["etag"]
    again = await client.get(path, headers={"If-None-Match": form.format(etag)})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    other = await client.get(path, headers={"If-None-Match": f'"{etag[1:-2]}"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("accept", "csv"),
    [
        ("text/csv", True),
        ("Text/CSV; charset=utf-8", True),
        ("application/json;q=0.5, text/csv", True),
        ("text/csv;q=0.5, application/json", False),
        ("text/csv, */*", True),
        ("text/*", True),
        ("text/csv;q=0.5, */*", False),
        ("text/csv;q=0", False),
        ("text/csv;q=x", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_csv_is_sent_to_who_prefers_it(accept: str, csv: bool) -> None:
    assert prefers_csv(accept) is csv


async def test_the_columns_of_a_csv_are_there_without_rows(client: httpx.AsyncClient, account: str) -> None:
    params = {**ON, "contact_id": "boss"}
    answer = await client.get(f"{ACME}/strength", params=params, headers={"Accept": "text/csv"})
    assert answer.text.startswith("member_id,contact_id,strength,grade,depth,warmth,")
    assert answer.text.count("\r\n") == 1


@pytest.mark.parametrize("path", ["/api/v1/contacts", f"{ACME}/influencers"])
async def test_a_page_links_to_the_next(client: httpx.AsyncClient, account: str, path: str) -> None:
    seen, url = [], f"{path}?limit=2&lang=zh"
    while url:
        answer = await client.get(url)
        seen += [row.get("contact_id") or row["id"] for row in answer.json()["items"]]
        url = answer.links.get("next", {}).get("url", "")
    assert sorted(seen) == ["aide", "boss", "user"]
