"""What is no record, sent by twenty clients with one key at once: carried out once, secrets told once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.audit import trail
from graphsvc.access.desk import Desk
from graphsvc.access.keys import KEYS
from graphsvc.access.links import LINKS
from graphsvc.access.once import REQUESTS, UNDER_WAY, Claim, once
from graphsvc.access.users import USERS
from graphsvc.app import document
from graphsvc.conflicts import KeptSince, UnderWay
from graphsvc.features.webhooks.kept import WEBHOOKS
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from models.faults import InvalidInput
from tests.api.test_imports import ended
from tests.api.visiting import CHEAP, browser, proof_of, sign_in, user
from tests.contract.writing import acme
from tests.receiver import receiving

API = "/api/v1"
CLIENTS = 20
KEY = {"Idempotency-Key": "once"}


@pytest.fixture
async def admin(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an administrator at a service whose webhooks may reach loopback."""
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    await acme(store)
    await user(store, "ada", Role.ADMIN, dossiers=True)
    async with browser(store, webhook_private=True) as client:
        await sign_in(client, "ada")
        client.headers.update(await proof_of(client))
        yield client


async def twenty(client: httpx.AsyncClient, path: str, body: Any = None) -> list[httpx.Response]:
    """The answers to as many clients at once; in the end one more comes when all is done."""
    sent = (client.post(f"{API}{path}", json=body, headers=KEY) for _ in range(CLIENTS))
    return [*await asyncio.gather(*sent), await client.post(f"{API}{path}", json=body, headers=KEY)]


def codes(answers: list[httpx.Response]) -> set[str]:
    return {answer.json()["type"].rpartition(":")[2] for answer in answers if answer.status_code >= 400}


def test_every_post_takes_a_key() -> None:
    posts = [ways["post"] for path, ways in document()["paths"].items() if "post" in ways]
    assert len(posts) > 35
    for told in posts:
        names = {one["name"] for one in told.get("parameters", ())}
        assert "Idempotency-Key" in names, told["operationId"]


SECRETS: list[tuple[str, dict[str, Any] | None, dict[str, Any], str, Audited]] = [
    ("/users", {"name": "ben", "role": "rep"}, {"name": "ben", "role": "viewer"}, USERS, Audited.USER_ADDED),
    ("/users/ada/link", None, {}, LINKS, Audited.USER_INVITED),
    ("/api-keys", {"name": "nightly"}, {"name": "daily"}, KEYS, Audited.KEY_MADE),
]


@pytest.mark.parametrize(("path", "body", "other", "area", "act"), SECRETS, ids=[row[0] for row in SECRETS])
async def test_a_secret_is_made_once_and_told_once(
    admin: httpx.AsyncClient,
    store: GraphStore,
    path: str,
    body: dict[str, Any] | None,
    other: dict[str, Any],
    area: str,
    act: Audited,
) -> None:
    before = len(await store.kept_in(area))
    answers = await twenty(admin, path, body)
    (made,) = [answer.json() for answer in answers if answer.status_code == 201]
    assert [answer.status_code for answer in answers].count(409) == CLIENTS
    assert codes(answers) <= {"done-before", "under-way"}
    last = answers[-1].json()
    assert (codes(answers[-1:]), last["made"].items() <= made.items()) == ({"done-before"}, True)
    secret = made.get("key") or made["link"].rpartition("/")[2]
    assert secret not in "".join(answer.text for answer in answers if answer.status_code == 409)
    assert len(await store.kept_in(area)) == before + 1
    assert sum(entry.act is act for entry in await trail(store)) == 1
    kept = [thing for name in (REQUESTS, area) for thing in await store.kept_in(name)]
    assert secret not in repr(kept)
    assert KEY["Idempotency-Key"] not in repr(await store.kept_in(REQUESTS))
    if body is not None:
        refused = await admin.post(f"{API}{path}", json=other, headers=KEY)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "key-reused")


async def test_what_was_refused_may_be_sent_again(admin: httpx.AsyncClient) -> None:
    for role, status in (("emperor", 422), ("rep", 201)):
        sent = await admin.post(f"{API}/users", json={"name": "ben", "role": role}, headers=KEY)
        assert sent.status_code == status, sent.text
    taken = {"name": "ada", "role": "rep"}
    for _ in range(2):
        again = await admin.post(f"{API}/users", json=taken, headers={"Idempotency-Key": "two"})
        assert (again.status_code, codes([again])) == (409, {"name-taken"})


async def test_a_new_secret_of_a_webhook_is_made_once_and_told_while_it_signs(
    admin: httpx.AsyncClient, store: GraphStore
) -> None:
    hook = (await admin.post(f"{API}/webhooks", json={"name": "x", "url": "https://example.org/"})).json()
    path = f"/webhooks/{hook['id']}/rotate-secret"
    answers = await twenty(admin, path, {"keep_old_hours": 0})
    told = [answer.json()["secret"] for answer in answers if answer.status_code == 200]
    assert len(set(told)) == 1
    assert told[0] != hook["secret"]
    assert (answers[-1].status_code, codes(answers) <= {"under-way"}) == (200, True)
    (kept,) = await store.kept_in(WEBHOOKS)
    assert (kept.version, len(kept.body["salts"])) == (2, 2)
    assert sum(entry.act is Audited.WEBHOOK_ROTATED for entry in await trail(store)) == 1
    other = await admin.post(f"{API}{path}", json={"keep_old_hours": 1}, headers=KEY)
    assert other.status_code == 422
    for _ in range(2):
        assert (await admin.post(f"{API}{path}", json={"keep_old_hours": 0})).status_code == 200
    late = await admin.post(f"{API}{path}", json={"keep_old_hours": 0}, headers=KEY)
    assert (late.status_code, late.json()["made"]) == (409, {"id": hook["id"]})


async def test_who_claims_while_another_ends_is_told_the_new_secret(
    admin: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = (await admin.post(f"{API}/webhooks", json={"name": "x", "url": "https://example.org/"})).json()
    ended, begin, claims = asyncio.Event(), Claim.begin, iter(range(2))

    async def in_turn(self: Claim, *asked: Any) -> None:
        if next(claims):
            await ended.wait()
        await begin(self, *asked)

    async def rotated() -> httpx.Response:
        answer = await admin.post(f"{API}/webhooks/{hook['id']}/rotate-secret", json={}, headers=KEY)
        ended.set()
        return answer

    monkeypatch.setattr(Claim, "begin", in_turn)
    one, other = await asyncio.gather(rotated(), rotated())
    assert [one.status_code, other.status_code] == [200, 200], other.text
    assert one.json()["secret"] == other.json()["secret"] != hook["secret"]


async def test_a_ping_goes_out_once(admin: httpx.AsyncClient) -> None:
    async with receiving() as receiver:
        hook = (await admin.post(f"{API}/webhooks", json={"name": "x", "url": receiver.url})).json()
        answers = await twenty(admin, f"/webhooks/{hook['id']}/ping")
        assert len(receiver.got) == 1
    assert len({answer.text for answer in answers if answer.status_code == 200}) == 1
    assert (answers[-1].status_code, codes(answers) <= {"under-way"}) == (200, True)


async def test_marks_of_who_was_erased_are_lifted_once(admin: httpx.AsyncClient, store: GraphStore) -> None:
    made = await admin.post(
        f"{API}/contacts", json={"id": "eve", "account_id": "acme", "name": "Eve Example"}
    )
    assert made.status_code == 201, made.text
    gone = await admin.post(f"{API}/privacy/eve/erase", json={"reason": "Request 7"})
    assert gone.status_code == 200, gone.text
    answers = await twenty(admin, "/privacy/allow", {"account_id": "acme", "name": "Eve Example"})
    assert {answer.text for answer in answers if answer.status_code == 200} == {'{"lifted":1}'}
    assert (answers[-1].status_code, codes(answers) <= {"under-way"}) == (200, True)
    reads = (await admin.get(f"{API}/privacy/eve/reads")).json()["items"]
    assert [read["act"] for read in reads].count("allowed") == 1


async def test_an_import_is_undone_once(admin: httpx.AsyncClient) -> None:
    form = {"data": {"account": "acme"}, "files": {"files": ("people.csv", b"id,name\np1,Pia Example\n")}}
    job = (await admin.post(f"{API}/imports", **form)).json()["id"]
    assert (await ended(admin, job))["state"] == "done"
    answers = await twenty(admin, f"/imports/{job}/undo")
    assert {answer.json()["state"] for answer in answers if answer.status_code == 200} == {"undone"}
    assert (answers[-1].status_code, codes(answers) <= {"under-way", "conflict"}) == (200, True)
    assert (await admin.get(f"{API}/imports/{job}")).json()["state"] == "undone"
    history = (await admin.get(f"{API}/contacts/p1/history")).json()["items"]
    assert [change["after"] is None for change in history] == [True, False]
    assert (await admin.post(f"{API}/imports/{job}/undo")).status_code == 409
    refused = await admin.post(f"{API}/imports/other/undo", headers=KEY)
    assert refused.status_code == 422


async def test_what_was_cut_off_may_be_done_again_after_a_while(store: GraphStore) -> None:
    now = utc_now()
    early, late = Desk(store, clock=lambda: now), Desk(store, clock=lambda: now + UNDER_WAY)
    async with once(early, "ada", "k", "ask") as cut_off:
        with pytest.raises(UnderWay):
            async with once(early, "ada", "k", "ask"):
                raise AssertionError
        async with once(late, "ada", "k", "ask") as second:
            await second.keep([(Kept("thing", "1", "ada"), 0)], {"id": "1"})
        with pytest.raises(KeptSince):
            await cut_off.keep([(Kept("thing", "2", "ada"), 0)], {"id": "2"})
        assert [thing.key for thing in await store.kept_in("thing")] == ["1"]
    async with once(late, "ada", "k", "ask") as third:
        assert third.made == {"id": "1"}
    async with once(late, "ben", "k", "other") as of_another:
        assert of_another.made is None
    with pytest.raises(InvalidInput):
        async with once(late, "ada", "k", "other"):
            raise AssertionError
