"""The history of an account as a page: who changed what, undone, compared, and who objected is not named."""

from __future__ import annotations

import csv
import re
from html import unescape

import httpx
import pytest

from graphsvc.pages import history, history_file

HISTORY = "/accounts/acme/history"


async def page_of(client: httpx.AsyncClient, **query: str) -> str:
    answer = await client.get(HISTORY, params=query, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def said(page: str) -> str:
    body = page.partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


async def changed(client: httpx.AsyncClient, path: str, patch: dict[str, object]) -> str:
    tag = (await client.get(path)).headers["etag"]
    done = await client.patch(path, json=patch, headers={"If-Match": tag})
    assert done.status_code == 200, done.text
    return done.headers["change-set"]


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "Personality Analytical → Driver"), ("zh", "性格取向 分析型 → 力量型")]
)
async def test_a_change_is_told_in_words(
    client: httpx.AsyncClient, account: str, lang: str, line: str
) -> None:
    await changed(client, "/api/v1/contacts/boss", {"personality": "analytical"})
    await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    assert line in said(await page_of(client, lang=lang))


async def test_a_change_is_taken_back_from_where_the_page_says(
    client: httpx.AsyncClient, account: str
) -> None:
    change_set = await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    page = await page_of(client, lang="en")
    assert f'data-undo="changesets/{change_set}"' in page
    assert (await client.post(f"/api/v1/changesets/{change_set}/undo")).status_code == 200
    after = await page_of(client, lang="en")
    assert f'data-undo="changesets/{change_set}"' not in after
    assert "Taken back" in said(after)
    assert "taken back" in said(after)


async def test_two_days_are_compared_record_by_record(client: httpx.AsyncClient, account: str) -> None:
    await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    page = said(await page_of(client, since="2020-01-01", lang="en"))
    assert "What differs" in page
    assert re.search(r"\+? ?added [1-9]", page)
    none = said(await page_of(client, since="2020-01-01", until="2020-02-01", lang="en"))
    assert "the account was the same" in none


async def test_who_objected_is_not_named(client: httpx.AsyncClient, account: str) -> None:
    await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    assert "王芳" in said(await page_of(client, lang="zh", since="2020-01-01"))
    await client.post("/api/v1/privacy/boss/restrict", json={"reason": "by mail"})
    page = said(await page_of(client, lang="zh", since="2020-01-01"))
    assert "王芳" not in page
    assert "已提出异议的人员" in page


async def test_the_log_is_read_back_from_an_entry(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "ENTRIES", 3)
    change_set = await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    page = await page_of(client)
    (cursor,) = re.findall(r"cursor=([\w-]+)", page)
    assert change_set in page
    assert change_set not in await page_of(client, cursor=cursor)
    for bad in ("x", "1", cursor[:-1]):
        answer = await client.get(HISTORY, params={"cursor": bad}, headers={"Accept": "text/html"})
        assert answer.status_code == 422


async def test_the_file_has_every_entry_however_few_are_read_at_once(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await changed(client, "/api/v1/contacts/boss", {"personality": "driver"})
    whole = (await client.get(f"{HISTORY}.csv", params={"lang": "en"})).text
    monkeypatch.setattr(history_file, "AT_ONCE", 2)
    pieces = (await client.get(f"{HISTORY}.csv", params={"lang": "en"})).text
    assert pieces == whole
    rows = list(csv.DictReader(whole.removeprefix("\ufeff").splitlines()))
    newest = (await client.get("/api/v1/accounts/acme/trust")).json()["provenance"]["account_sequence"]
    assert [int(row["sequence"]) for row in rows] == list(range(1, newest + 1))
    assert (rows[-1]["field"], rows[-1]["after"]) == ("Personality", "Driver")
    none = (await client.get(f"{HISTORY}.csv", params={"until": "2020-01-01"})).text
    assert len(none.splitlines()) == 1
