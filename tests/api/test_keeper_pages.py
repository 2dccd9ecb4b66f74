"""The pages of administrators: the audit trail, sifted and checked, and webhooks with their deliveries."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from html import unescape

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.audit import AUDIT, Happened, tell
from graphsvc.app import create_app
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from models.privacy import PrivateAct
from tests.api.conftest import BASE
from tests.api.visiting import CHEAP, browser, sign_in, user
from tests.receiver import receiving, status
from tests.stores import settings_of

HTML = {"Accept": "text/html"}
HAPPENED = (
    ("ada", Audited.SIGNED_IN, 3),
    ("ben", Audited.SIGN_IN_REFUSED, 4),
    ("ben", Audited.SIGNED_IN, 5),
    ("ada", Audited.PRIVATE, 6),
)


async def happened(store: GraphStore, times: int = 1) -> None:
    for actor, act, day in HAPPENED * times:
        told = Happened(actor=actor, act=act, subject="x", detail="read")
        await tell(store, told, datetime(2026, 3, day, 9, tzinfo=UTC))


async def page_of(client: httpx.AsyncClient, path: str, **query: str) -> str:
    answer = await client.get(path, params={"lang": "en", **query}, headers=HTML)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr><td class="numeric">(\d+)</td>', page)]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, [4, 3, 2, 1]),
        ({"actor": "ben"}, [3, 2]),
        ({"act": "signed_in"}, [3, 1]),
        ({"since": "2026-03-04", "until": "2026-03-05"}, [3, 2]),
        ({"actor": "ada", "act": "sign_in_refused"}, []),
    ],
)
async def test_the_trail_is_sifted_on_the_page_as_over_the_api(
    client: httpx.AsyncClient, store: GraphStore, query: dict[str, str], left: list[int]
) -> None:
    await happened(store)
    assert numbers(await page_of(client, "/audit", **query)) == left
    ends = {"since": ("from", "T00:00:00Z"), "until": ("to", "T23:59:59Z")}
    asked = {ends[k][0]: v + ends[k][1] if k in ends else v for k, v in query.items() if k in ends}
    asked |= {k: v for k, v in query.items() if k not in ends}
    told = (await client.get("/api/v1/audit", params=asked)).json()["items"]
    assert [entry["sequence"] for entry in told] == left
    table = (await client.get("/audit.csv", params=query)).text
    assert table.count("\r\n") == len(left) + 1


async def test_the_pages_of_the_trail_are_turned_within_its_question(
    client: httpx.AsyncClient, store: GraphStore
) -> None:
    await happened(store, times=30)
    first = await page_of(client, "/audit", actor="ben")
    older = re.search(r'href="(\?[^"]*cursor=[^"]*)"', first)
    assert older
    second = unescape((await client.get(f"/audit{older[1]}", headers=HTML)).text)
    seen = numbers(first) + numbers(second)
    assert len(seen) == 60 == len(set(seen))
    assert seen == sorted(seen, reverse=True)


async def test_a_trail_that_was_changed_says_from_where_once_it_is_checked(
    client: httpx.AsyncClient, store: GraphStore
) -> None:
    assert "Check the chain" not in await page_of(client, "/audit")
    await happened(store, times=20)
    page = await page_of(client, "/audit", actor="ada")
    assert "each linked" not in page
    link = re.search(r'href="(\?[^"]*)">Check the chain<', page)
    assert link
    checked = unescape((await client.get(f"/audit{link[1]}", headers=HTML)).text)
    assert "80 entries, each linked" in checked
    assert set(re.findall(r"<td><b>(\w+)</b></td>", checked)) == {"ada"}
    older = re.search(r'href="(\?[^"]*cursor=[^"]*)"', await page_of(client, "/audit", checked="true"))
    assert older
    assert "checked" not in older[1], "turning a page checks nothing"
    third = sorted(await store.kept_in(AUDIT), key=lambda thing: thing.key)[2]
    await store.keep(Kept(AUDIT, third.key, third.owner, {**third.body, "subject": "y"}), third.version)
    assert "Entry 3 is missing" not in await page_of(client, "/audit")
    assert "Entry 3 is missing, was changed" in await page_of(client, "/audit", checked="true")
    chinese = await page_of(client, "/audit", lang="zh", checked="true")
    assert "第 3 条缺失" in chinese
    assert f'<small class="seat">{PrivateAct.READ.zh}</small>' in chinese


async def test_both_pages_are_for_administrators(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    await user(store, "ada", Role.ADMIN)
    await user(store, "ben", Role.STRATEGIST, all_accounts=True)
    for name, expected in (("ben", 403), ("ada", 200)):
        async with browser(store) as client:
            await sign_in(client, name)
            for path in ("/audit", "/audit.csv", "/webhooks"):
                assert (await client.get(path, headers=HTML)).status_code == expected, path
            assert ('href="/audit"' in (await client.get("/week", headers=HTML)).text) is (expected == 200)


@pytest.fixture
async def private(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service that may send to loopback."""
    transport = httpx.ASGITransport(create_app(settings_of(webhook_private=True), store))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


async def test_a_webhook_stands_with_its_deliveries_and_without_its_secret(
    private: httpx.AsyncClient,
) -> None:
    assert "No tool is told of changes yet" in await page_of(private, "/webhooks")
    async with receiving() as receiver:
        body = {"name": "Lake <b>", "url": receiver.url, "kinds": ["contact"]}
        hook = (await private.post("/api/v1/webhooks", json=body)).json()
        for code in (204, 500):
            receiver.behave = status(code)
            await private.post(f"/api/v1/webhooks/{hook['id']}/ping")
    page = await page_of(private, "/webhooks")
    assert hook["secret"] not in page
    assert receiver.url in page
    assert re.findall(r'<td class="numeric">(\d{3})</td>', page) == ["500", "204"]
    assert "The receiver answered with another status than 2xx" in page
    patch = {"If-Match": f'"r{hook["revision"]}"'}
    await private.patch(f"/api/v1/webhooks/{hook['id']}", json={"active": False}, headers=patch)
    assert "已手动停用" in await page_of(private, "/webhooks", lang="zh")
