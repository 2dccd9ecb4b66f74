"""Pages over HTTP on every store: cursors are signed, and whatever is written, all comes once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from graphsvc.access.audit import Happened, tell
from graphsvc.access.cursor_key import CursorKey
from graphsvc.app import create_app
from graphsvc.errors import StorageFull
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from tests.api.visiting import browser, sign_in, user
from tests.contract.writing import N, acme, put, write
from tests.stores import settings_of

API = "/api/v1"
KEYED = (
    "/contacts",
    "/contacts?q=Lin",
    "/search?q=Lin",
    "/changes",
    "/changes?account_id=acme",
    "/contacts/p00/history",
    "/accounts/acme/influencers",
    "/audit",
    "/users",
    "/rules",
)
"""A list of each way of turning pages, with more than one item each."""


def client_of(store: GraphStore) -> httpx.AsyncClient:
    """A client of an app of its own, as another process would be."""
    transport = httpx.ASGITransport(create_app(settings_of(), store), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


@pytest.fixture
async def full(store: GraphStore) -> GraphStore:
    """A store with people of one name, two users and some lines of audit."""
    await acme(store)
    await write(store, *(put(N.CONTACT, f"p{n:02}", name=f"Lin {n:02}") for n in range(12)))
    for n in range(3):
        await write(store, put(N.CONTACT, "p00", name=f"Lin 0{n}"))
    for name in ("ann", "bob"):
        await user(store, name, Role.ADMIN)
        await audited(store, name)
    return store


@pytest.fixture
async def client(full: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(full) as opened:
        yield opened


async def audited(store: GraphStore, name: str) -> None:
    await tell(store, Happened(actor=name, act=Audited.PRIVATE, subject="p00"), utc_now())


async def cursor_from(client: httpx.AsyncClient, path: str) -> str:
    """The cursor of a second page."""
    answer = await client.get(API + path, params=asked(path, limit="1"))
    assert answer.status_code == 200, answer.text
    assert 'rel="next"' in answer.headers["link"]
    return str(answer.json()["next_cursor"])


def asked(path: str, **more: str) -> httpx.QueryParams:
    return httpx.URL(path).params.merge(more)


def changed(cursor: str) -> set[str]:
    """Cursors that were tampered with: at each part one sign, cut at both ends, longer, padded."""
    places = range(0, len(cursor), max(1, len(cursor) // 12))
    other = {cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in places}
    return other | {cursor[:-1], cursor[:-4], cursor[4:], cursor + "A", cursor + "=", cursor + "\n", "MTIz"}


async def test_a_cursor_that_was_changed_is_refused_and_named(client: httpx.AsyncClient) -> None:
    for path in KEYED:
        cursor = await cursor_from(client, path)
        assert (await client.get(API + path, params=asked(path, cursor=cursor))).status_code == 200, path
        for wrong in changed(cursor):
            for lang, said in (("en", "cursor"), ("zh", "游标")):
                answer = await client.get(API + path, params=asked(path, cursor=wrong, lang=lang))
                assert answer.status_code == 422, (path, wrong)
                (fault,) = answer.json()["errors"]
                assert fault["pointer"] == "/query/cursor"
                assert said in fault["message"]


async def test_a_cursor_is_of_one_list_and_one_question(client: httpx.AsyncClient) -> None:
    cursors = {path: await cursor_from(client, path) for path in KEYED}
    for path in KEYED:
        for other, cursor in cursors.items():
            answer = await client.get(API + path, params=asked(path, cursor=cursor))
            assert answer.status_code == (200 if path == other else 422), (path, other)


async def test_a_cursor_holds_in_other_processes_and_after_a_restart(full: GraphStore) -> None:
    keys = await asyncio.gather(*(CursorKey(full).read() for _ in range(8)))
    assert len(set(keys)) == 1
    assert len(keys[0]) == 32
    async with client_of(full) as one, client_of(full) as other:
        cursor = await cursor_from(one, "/contacts")
        page = (await other.get(f"{API}/contacts", params={"cursor": cursor, "limit": "1"})).json()
        assert [row["id"] for row in page["items"]] == ["bea"] or page["items"][0]["id"] > "ana"


async def test_a_cursor_of_who_sees_other_accounts_is_refused(full: GraphStore) -> None:
    await user(full, "rep", Role.REP)
    async with browser(full) as ann, browser(full) as bob, browser(full) as rep:
        for client, name in ((ann, "ann"), (bob, "bob"), (rep, "rep")):
            assert (await sign_in(client, name)).status_code == 303
        cursor = await cursor_from(ann, "/portfolio")
        params = {"limit": "1", "cursor": cursor}
        assert (await bob.get(f"{API}/portfolio", params=params)).status_code == 200
        assert (await rep.get(f"{API}/portfolio", params=params)).status_code == 422


async def paged(
    client: httpx.AsyncClient, path: str, between: Callable[[int], Awaitable[None]], key: str
) -> list[Any]:
    """The keys of all items, while others write between one page and the next."""
    found, url, page = [], f"{API}{path}", 0
    params: httpx.QueryParams | None = asked(path, limit="2")
    while True:
        answer = await client.get(url, params=params)
        assert answer.status_code == 200, answer.text
        found += [item[key] for item in answer.json()["items"]]
        if "link" not in answer.headers:
            return found
        url, params, page = answer.headers["link"].partition(">")[0].removeprefix("<"), None, page + 1
        await between(page)


async def test_pages_are_whole_and_repeat_nothing_while_others_write(
    client: httpx.AsyncClient, full: GraphStore
) -> None:
    """Each page is followed by a write before its place and one behind it; what stood there comes once."""

    async def contacts(page: int) -> None:
        if page < 6:
            await write(full, put(N.CONTACT, f"a{page}", name=f"Lin {page}"))
            await write(full, put(N.CONTACT, f"zz{page}", name=f"Lin {page}"))

    async def names(page: int) -> None:
        if page < 3:
            for name in (f"aa{page}", f"zz{page}"):
                await user(full, name, Role.VIEWER)

    async def lines(page: int) -> None:
        await audited(full, f"late{page}")

    async def changes(page: int) -> None:
        await write(full, put(N.CONTACT, "p00", name=f"Lin at {page}"))

    for path, between, key in (
        ("/contacts", contacts, "id"),
        ("/users", names, "name"),
        ("/audit", lines, "sequence"),
        ("/contacts/p00/history", changes, "sequence"),
    ):
        before = (await client.get(API + path, params={"limit": "200"})).json()["items"]
        assert len(before) > 1
        found = await paged(client, path, between, key)
        assert len(found) == len(set(found)), path
        assert set(found) >= {item[key] for item in before}, path
    late = [id_ for id_ in await paged(client, "/contacts", contacts, "id") if id_.startswith("zz")]
    assert late == [f"zz{page}" for page in range(1, 6)]


async def test_where_nothing_can_be_written_a_process_signs_for_itself(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(thing: Kept, expected: int | None = None) -> Kept:
        raise StorageFull

    one, other = CursorKey(store), CursorKey(store)
    with monkeypatch.context() as disk:
        disk.setattr(store, "keep", full)
        own = await one.read()
        assert await one.read() == own != await other.read()
    assert await one.read() == own
    assert await other.read() == own
