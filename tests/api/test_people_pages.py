"""Users, keys and one's own account as pages: what they show to whom, and what their forms do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from graphsvc.access import delays, passwords
from graphsvc.access.audit import trail
from graphsvc.access.users import find_user
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from tests.api.visiting import CHEAP, PASSWORD, browser, proof_of, sign_in, user

HTML = {"Accept": "text/html"}
NEXT = "another long password"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
async def ben(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of ben, a rep who has signed in; ada is an administrator."""
    await user(store, "ada", Role.ADMIN)
    await user(store, "ben", Role.REP, accounts=("acme",))
    async with browser(store) as client:
        await sign_in(client, "ben")
        yield client


async def sent(client: httpx.AsyncClient, path: str, **form: str) -> str:
    """The word that the page says after a form."""
    proof = {"csrf": (await proof_of(client))["X-CSRF-Token"]}
    answer = await client.post(path, data={**proof, **form})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("said=")[2]


async def test_each_page_is_shown_to_those_it_is_for(ben: httpx.AsyncClient, store: GraphStore) -> None:
    async with browser(store) as ada:
        await sign_in(ada, "ada")
        for path, admins_only in (("/users", True), ("/keys", False), ("/account", False)):
            assert (await ada.get(path, headers=HTML)).status_code == 200
            assert (await ben.get(path, headers=HTML)).status_code == (403 if admins_only else 200), path
        page = (await ada.get("/users", headers={**HTML, "Accept-Language": "zh"})).text
        assert "停用" in page
        assert re.search(r"<b>ben</b>", page)
        assert 'href="/users"' in (await ada.get("/week", headers=HTML)).text
    mine = (await ben.get("/", headers=HTML)).text
    assert 'href="/users"' not in mine
    assert 'href="/keys"' in mine
    async with browser(store) as nobody:
        for path in ("/users", "/keys", "/account", "/choices/members"):
            assert (await nobody.get(path)).status_code == 401, path


async def test_keys_of_others_are_for_administrators(ben: httpx.AsyncClient, store: GraphStore) -> None:
    async with browser(store) as ada:
        await sign_in(ada, "ada")
        for client, name in ((ada, "the-key-of-ada"), (ben, "the-key-of-ben")):
            proof = await proof_of(client)
            made = await client.post("/api/v1/api-keys", json={"name": name}, headers=proof)
            assert made.status_code == 201
        pages = [(await client.get("/keys", headers=HTML)).text for client in (ada, ben)]
    assert [("the-key-of-ada" in page, "the-key-of-ben" in page) for page in pages] == [
        (True, True),
        (False, True),
    ]
    assert made.json()["key"] not in "".join(pages)


async def test_the_password_is_changed_by_who_knows_it(ben: httpx.AsyncClient, store: GraphStore) -> None:
    async with browser(store) as other:
        await sign_in(other, "ben")
        before = ben.cookies["graphsvc"]
        assert await sent(ben, "/account/password", current="wrong", password=NEXT) == "wrong"
        assert await sent(ben, "/account/password", current=PASSWORD, password="short") == "easy"
        assert (await other.get("/api/v1/accounts")).status_code == 200
        assert await sent(ben, "/account/password", current=PASSWORD, password=NEXT) == "changed"
        assert ben.cookies["graphsvc"] != before
        assert (await ben.get("/account?said=changed", headers=HTML)).status_code == 200
        assert (await other.get("/api/v1/accounts")).status_code == 401
        assert (await sign_in(other, "ben")).status_code == 401
        assert (await sign_in(other, "ben", NEXT)).status_code == 303
    acts = [entry.act for entry in await trail(store) if entry.actor == "ben"]
    assert acts.count(Audited.PASSWORD_SET) == 1


async def test_a_browser_left_open_is_no_place_to_guess(ben: httpx.AsyncClient) -> None:
    words = [
        await sent(ben, "/account/password", current="wrong", password=NEXT)
        for _ in range(delays.FREE["name"] + 1)
    ]
    assert words[-1] == "later"
    assert await sent(ben, "/account/password", current=PASSWORD, password=NEXT) == "later"


async def test_the_password_of_a_session_is_not_changed_by_others(
    ben: httpx.AsyncClient, store: GraphStore
) -> None:
    form = {"current": PASSWORD, "password": NEXT}
    assert (await ben.post("/account/password", data=form)).status_code == 403, "no proof of the page"
    proof = await proof_of(ben)
    key = (await ben.post("/api/v1/api-keys", json={"name": "k"}, headers=proof)).json()["key"]
    async with browser(store) as tool:
        tool.headers["Authorization"] = f"Bearer {key}"
        assert (await tool.post("/account/password", data=form)).status_code == 403


async def test_the_language_is_kept_with_the_user(ben: httpx.AsyncClient, store: GraphStore) -> None:
    assert await sent(ben, "/account/language", language="zh") == "language"
    assert await sent(ben, "/account/language", language="fr") == ""
    found = await find_user(store, "ben")
    assert found is not None
    assert found.language == "zh"
    assert "我的账户" in (await ben.get("/account", headers=HTML)).text
    async with browser(store) as other:
        await sign_in(other, "ben")
        assert "我的账户" in (await other.get("/account", headers=HTML)).text


async def test_failures_and_the_reference_know_who_reads_them(
    ben: httpx.AsyncClient, store: GraphStore
) -> None:
    for path, status in (("/nothing/here", 404), ("/users", 403), ("/docs", 200)):
        page = await ben.get(path, headers=HTML)
        assert page.status_code == status
        assert "/sign-out" in page.text, path
    assert 'href="/import"' in (await ben.get("/docs", headers=HTML)).text
    assert 'href="/privacy"' not in (await ben.get("/docs", headers=HTML)).text
    async with browser(store) as nobody:
        page = (await nobody.get("/docs", headers=HTML)).text
        assert "/sign-out" not in page
        assert 'href="/sign-in?next=/docs"' in page
        assert not {link for link in ("/import", "/settings", "/week") if f'href="{link}"' in page}


async def test_accounts_and_people_of_ours_are_chosen_where_no_account_is_looked_at(
    ben: httpx.AsyncClient, store: GraphStore
) -> None:
    async with browser(store) as ada:
        await sign_in(ada, "ada")
        proof = await proof_of(ada)
        for id_ in ("acme", "bolt"):
            await ada.post("/api/v1/accounts", json={"id": id_, "name": id_.title()}, headers=proof)
        await ada.post("/api/v1/members", json={"id": "mia", "name": "Mia Ours"}, headers=proof)
        rows = (await ada.get("/choices/accounts?q=bol")).json()["items"]
        assert [row["label"] for row in rows] == ["Bolt"]
        assert (await ada.get("/choices/contacts")).status_code == 404
    for asked, ids in (("accounts", ["acme"]), ("accounts?id=bolt&id=acme", ["acme"]), ("members", ["mia"])):
        assert [row["id"] for row in (await ben.get(f"/choices/{asked}")).json()["items"]] == ids
