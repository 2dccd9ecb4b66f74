"""Privacy over HTTP: export, erasure, restriction, reads, the dossier with its right."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from graphsvc.access import callers
from graphsvc.stores.port import GraphStore, Scope
from models.anonymous import ERASED_NAME

API = "/api/v1"
ITEM = {"text": "话剧", "basis": "consent", "source": "told us", "expires_on": "2040-01-01"}
ZH = {"Accept-Language": "zh"}


async def put_dossier(client: httpx.AsyncClient, **items: Any) -> httpx.Response:
    path = f"{API}/contacts/user/dossier"
    etag = (await client.get(path)).headers["ETag"]
    return await client.patch(path, json=items, headers={"If-Match": etag})


async def test_a_dossier_is_made_changed_and_read_and_each_is_noted(
    client: httpx.AsyncClient, account: str
) -> None:
    path = f"{API}/contacts/user/dossier"
    empty = await client.get(path)
    assert (empty.status_code, empty.headers["ETag"][:4]) == (200, '"r0.')
    assert empty.json() == {"contact_id": "user", "revision": 0, "dossier": {}, "expired": []}
    made = await put_dossier(client, hobbies=[ITEM], hometown={**ITEM, "text": "Graz"})
    assert (made.status_code, made.json()["revision"]) == (200, 1), made.text
    changed = await put_dossier(client, hometown=None)
    assert changed.json()["dossier"]["hobbies"] == [ITEM]
    assert "hometown" not in changed.json()["dossier"]
    stale = await client.patch(path, json={"hobbies": []}, headers={"If-Match": '"r1"'})
    assert stale.status_code == 412
    assert (await client.patch(path, json={"hobbies": []})).status_code == 428
    reads = (await client.get(f"{API}/privacy/user/reads")).json()["items"]
    assert [row["act"] for row in reads] == ["read", "read", "changed", "read", "changed"]
    assert {(row["actor"], row["contact_id"]) for row in reads} == {("local", "user")}
    assert "话剧" not in str(reads)


@pytest.mark.parametrize(
    ("patch", "pointer", "code"),
    [
        (
            {"hobbies": [{"text": "x", "basis": "consent", "source": "us"}]},
            "/hobbies/0/expires_on",
            "missing",
        ),
        ({"hobbies": [{**ITEM, "basis": None}]}, "/hobbies/0/basis", "invalid-value"),
        ({"family": {**ITEM, "source": ""}}, "/family/source", "invalid-value"),
        ({"family": {**ITEM, "expires_on": "2020-01-01"}}, "/family/expires_on", "invalid-value"),
        ({"pets": [ITEM, {**ITEM, "expires_on": "2020-01-01"}]}, "/pets/1/expires_on", "invalid-value"),
        ({"contact_id": "boss"}, "/contact_id", "invalid-value"),
        ({"salary": ITEM}, "/salary", "unknown-field"),
    ],
)
async def test_an_item_says_why_it_is_kept_where_from_and_until_when(
    client: httpx.AsyncClient, account: str, patch: dict[str, Any], pointer: str, code: str
) -> None:
    refused = await put_dossier(client, **patch)
    assert refused.status_code == 422
    assert [(row["pointer"], row["code"]) for row in refused.json()["errors"]] == [(pointer, code)]


async def test_items_past_their_day_are_named_and_not_told(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    await put_dossier(
        client, hobbies=[ITEM], goals={**ITEM, "text": "secret goal", "expires_on": "2039-01-01"}
    )
    monkeypatch.setattr("graphsvc.features.privacy.router.today", lambda: date(2039, 6, 1))
    told = (await client.get(f"{API}/contacts/user/dossier")).json()
    assert told["expired"] == [{"field": "goals", "expires_on": "2039-01-01"}]
    assert told["dossier"]["hobbies"] == [ITEM]
    assert "secret goal" not in str(told)
    after = (await put_dossier(client, pets=[ITEM])).json()
    assert after["expired"] == []  # whoever changes it takes them out


async def test_without_the_right_a_dossier_is_refused(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as narrow:
        narrow.setattr(callers, "Scope", lambda **_: Scope("rep"))
        refusals = [await client.get(f"{API}/contacts/user/dossier", headers=lang) for lang in ({}, ZH)]
    for refused, said in zip(refusals, ("You have no right to this.", "您没有此项权限。"), strict=True):
        assert (refused.status_code, refused.json()["detail"]) == (403, said)
    assert (await client.get(f"{API}/contacts/nobody/dossier")).status_code == 404
    assert (await client.get(f"{API}/privacy/user/reads")).json()["items"] == []


async def test_a_person_is_erased_once_and_the_answer_says_what_was_done(
    client: httpx.AsyncClient, account: str, store: GraphStore
) -> None:
    await put_dossier(client, hobbies=[ITEM])
    path, body = f"{API}/privacy/user/erase", {"reason": "request 2026-14"}
    tried = await client.post(path, json={**body, "dry_run": True})
    assert (tried.status_code, tried.json()["change_set"]) == (200, None)
    key = {"Idempotency-Key": "erase-user"}
    done = await client.post(path, json=body, headers=key)
    assert done.status_code == 200, done.text
    told = done.json()
    assert {name: told[name] for name in ("records", "dossiers", "files", "ledger", "account")} == {
        "records": 2,
        "dossiers": 1,
        "files": "clean",
        "ledger": "none",
        "account": "acme",
    }
    assert (await client.post(path, json=body, headers=key)).json() == told
    other = await client.post(f"{API}/privacy/boss/erase", json=body, headers=key)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "change-set-reused")
    assert (await client.get(f"{API}/contacts/user")).json()["name"] == ERASED_NAME
    refused = await client.post(f"{API}/changesets/{told['change_set']}/undo")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:graphsvc:problem:erased-values")
    assert "user" in refused.json()["detail"]
    again = {"account_id": "acme", "name": "Uli User"}
    blocked = await client.post(f"{API}/contacts", json=again, headers=ZH)
    assert blocked.json()["errors"][0]["pointer"] == "/changes/0/name"
    assert "已被清除" in blocked.json()["errors"][0]["message"]
    assert (await client.post(f"{API}/privacy/allow", json=again)).json() == {"lifted": 1}
    assert (await client.post(f"{API}/contacts", json=again)).status_code == 201
    acts = [row["act"] for row in (await client.get(f"{API}/privacy/user/reads")).json()["items"]]
    assert acts.count("erased") == 1  # asked for twice, done once


async def test_answers_go_on_after_an_erasure_now_and_in_the_past(
    client: httpx.AsyncClient, account: str
) -> None:
    paths = ("influencers", "strength", "chains", "views/influence", "views/org-chart", "graph", "duplicates")
    at = (await client.get(f"{API}/contacts/user")).json()["created_at"]
    before = {path: (await client.get(f"{API}/accounts/acme/{path}")).json() for path in paths}
    scores = [(row["contact_id"], row["score"]) for row in before["influencers"]["items"]]
    await client.post(f"{API}/privacy/user/erase", json={})
    for path in paths:
        for as_of in ({}, {"as_of": at}):
            answer = await client.get(f"{API}/accounts/acme/{path}", params=as_of)
            assert answer.status_code in (200, 422), (path, answer.text)
            assert "Uli User" not in answer.text, path
    items = (await client.get(f"{API}/accounts/acme/influencers")).json()["items"]
    assert [(row["contact_id"], row["score"]) for row in items] == scores
    for path in ("contacts/user/history", "changes?account_id=acme", "search?q=Uli"):
        answer = await client.get(f"{API}/{path}")
        assert answer.status_code == 200
        assert "Uli User" not in answer.text, path


async def test_a_restriction_is_set_and_lifted_with_its_reason(
    client: httpx.AsyncClient, account: str
) -> None:
    path = f"{API}/privacy/user/restrict"
    done = (await client.post(path, json={"reason": "objected by mail"})).json()
    assert (done["restricted"], done["revision"]) == (True, 2)
    assert (await client.post(path, json={"reason": "again"})).json()["change_set"] is None
    ranked = (await client.get(f"{API}/accounts/acme/influencers")).json()["items"]
    assert "user" not in [row["contact_id"] for row in ranked]
    history = (await client.get(f"{API}/contacts/user/history")).json()["items"]
    assert history[0]["reason"] == "objected by mail"
    lifted = (await client.post(path, json={"restricted": False, "reason": "agreed"})).json()
    assert (lifted["restricted"], lifted["revision"]) == (False, 3)
    assert (await client.post(path, json={})).status_code == 422
    reads = (await client.get(f"{API}/privacy/user/reads")).json()["items"]
    assert [(row["act"], row["reason"]) for row in reads] == [
        ("restricted", "objected by mail"),
        ("released", "agreed"),
    ]


async def test_everything_about_one_person_is_one_document(client: httpx.AsyncClient, account: str) -> None:
    await put_dossier(client, hobbies=[ITEM])
    answer = await client.get(f"{API}/privacy/user/export")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    document = answer.json()
    assert document["format"] == "graphsvc/person/1"
    kinds = [row["kind"] for row in document["records"]]
    assert sorted(kinds) == ["contact", "dossier", "influences", "interaction", "knows", "works_in"]
    assert "话剧" in answer.text
    for path in ("export", "reads"):
        assert (await client.get(f"{API}/privacy/nobody/{path}")).status_code == 404
    assert (await client.post(f"{API}/privacy/nobody/erase", json={})).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"also": [{"kind": "dossier", "id": "x"}]}, "/also/0/kind", "unknown-kind"),
        ({"also": [{"kind": "contact"}]}, "/also/0/id", "missing"),
        ({"reason": 7}, "/reason", "invalid-value"),
        ({"when": "now"}, "/when", "unknown-field"),
    ],
)
async def test_bad_requests_name_the_place(
    client: httpx.AsyncClient, account: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    refused = await client.post(f"{API}/privacy/user/erase", json=body)
    assert refused.status_code == 422
    assert [(row["pointer"], row["code"]) for row in refused.json()["errors"]] == [(pointer, code)]
    assert (await client.get(f"{API}/contacts/user")).json()["name"] == "Uli User"
