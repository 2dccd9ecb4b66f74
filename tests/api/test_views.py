"""Views as files: what they are, what they are called, and what they tell whom."""

from __future__ import annotations

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.features.views import files, service
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.api.visiting import CHEAP, browser, sign_in, user

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "html": "text/html"}
BEGINNINGS = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF-", "html": b"<!doctype html>"}
VIEW = "/api/v1/accounts/acme/views/influence"


@pytest.mark.parametrize("form", TYPES)
async def test_a_view_as_a_file(client: httpx.AsyncClient, account: str, form: str) -> None:
    answer = await client.get(f"{VIEW}.{form}?on=2026-11-02&lang=en")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(TYPES[form])
    assert f'filename="{account}-influence-2026-11-02.{form}"' in answer.headers["content-disposition"]
    assert answer.content.startswith(BEGINNINGS[form])
    again = await client.get(
        f"{VIEW}.{form}?on=2026-11-02&lang=en", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_a_view_comes_in_the_form_that_is_liked_best(client: httpx.AsyncClient, account: str) -> None:
    for form, kind in TYPES.items():
        answer = await client.get(VIEW, headers={"Accept": f"application/json;q=0.5, {kind}"})
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
        assert answer.content.startswith(BEGINNINGS[form])
        assert answer.headers["content-disposition"].endswith(f'.{form}"')
    for accept in ("", "*/*", "application/*", "image/png;q=0.1, application/json", "text/csv, */*;q=0.1"):
        assert (await client.get(VIEW, headers={"Accept": accept})).json()["view"] == "influence"
    for accept in ("text/csv", "image/webp", "application/json;q=0", ";;;,", "é".encode()):
        refused = await client.get(VIEW, headers={"Accept": accept})
        assert refused.status_code == 406
        assert refused.json()["type"].endswith(":not-acceptable")


async def test_a_picture_says_what_it_leaves_out_and_that_it_is_confidential(
    client: httpx.AsyncClient, account: str
) -> None:
    whole = (await client.get(f"{VIEW}.svg?on=2026-11-02&lang=en")).text
    less = (await client.get(f"{VIEW}.svg?on=2026-11-02&lang=en&hide=edge:knows,kind:ours")).text
    assert "Mia Ours" in whole
    assert "Mia Ours" not in less
    assert "without: Our ties, Member" in less
    likewise = f"{VIEW}?on=2026-11-02&lang=en&hide=edge:knows,kind:ours"
    assert (await client.get(likewise, headers={"Accept": TYPES["svg"]})).text == less
    drawn = (await client.get(likewise)).json()["nodes"]
    assert {node["kind"] for node in drawn} == {"person"}
    assert "Confidential: for our own people only." in whole
    assert "机密：仅供我方人员使用。" in (await client.get(f"{VIEW}.svg?lang=zh")).text


@pytest.mark.parametrize("query", ["paper=A5", "hide=<b>", "personal=perhaps", "step=brewing"])
async def test_what_cannot_be_asked_is_refused(client: httpx.AsyncClient, account: str, query: str) -> None:
    assert (await client.get(f"{VIEW}.pdf?{query}")).status_code == 422


async def test_a_machine_without_a_font_says_what_to_install(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "can_write", lambda svg: False)
    answer = await client.get(f"{VIEW}.png?lang=zh")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:graphsvc:problem:no-font"
    assert "fonts-noto-cjk" in answer.json()["detail"]
    assert (await client.get(f"{VIEW}.svg?lang=zh")).status_code == 200


async def test_personal_fields_are_for_who_may_see_them(
    client: httpx.AsyncClient, account: str, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    told = {}
    for role in (Role.VIEWER, Role.REP):
        await user(store, str(role), role, accounts=(account,))
        async with browser(store) as visitor:
            await sign_in(visitor, str(role))
            told[role] = [edge.get("basis") for edge in (await visitor.get(VIEW)).json()["edges"]]
            asked = await visitor.get(f"{VIEW}.svg?personal=true&lang=en")
            assert asked.status_code == (403 if role is Role.VIEWER else 200)
            assert (await visitor.get(f"{VIEW}.svg")).status_code == 200
    assert "comrade" in told[Role.REP]
    assert set(told[Role.VIEWER]) == {None}


async def test_a_large_account_is_told_in_parts(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_WHOLE", 2)
    chart = f"/api/v1/accounts/{account}/views/org-chart"
    first = (await client.get(f"{chart}?lang=en")).json()
    groups = {row["id"]: row for row in first["tables"]["groups"]}
    assert sum(row["people"] for row in groups.values()) == 3
    assert first["tables"]["people"] == []
    found = (await client.get(f"/api/v1/search?q=Uli&kind=contact&account_id={account}")).json()["items"]
    way = (await client.get(f"{chart}?contact_id={found[0]['id']}")).json()
    assert [row["id"] for row in way["tables"]["people"]] == ["user"]
    again = (await client.get(f"{chart}?unfold={','.join(way['summary']['opened'])}")).json()
    assert again["nodes"] == way["nodes"]
    place = (await client.get(f"/api/v1/accounts/{account}/influencers?contact_id=user")).json()["items"]
    assert [item["contact_id"] for item in place] == ["user"]
    unknown = await client.get(f"/api/v1/accounts/{account}/influencers?contact_id=nobody")
    assert unknown.status_code == 422
    for form in TYPES:
        assert (await client.get(f"{chart}.{form}?lang=zh&contact_id=user")).status_code == 200


@pytest.mark.parametrize(
    ("asked", "sign", "line"),
    [
        ("if=leave~me", "×", "What if: Mia Ours leaves"),
        (
            "if=tie~me~boss~trusted,influences~aide~boss~0.5",
            "→",
            "Mia Ours – Wang Fang: Trusted, Ann Aide → Wang Fang 50%",
        ),
        ("known=2020-01-01", "+", "What has changed: "),
    ],
)
async def test_a_picture_shows_what_a_lens_sees(
    client: httpx.AsyncClient, account: str, asked: str, sign: str, line: str
) -> None:
    seen = (await client.get(f"{VIEW}?lang=en&{asked}")).json()
    marked = [one["text"] for part in ("people", "ties") for one in seen["lens"][part].values()]
    picture = (await client.get(f"{VIEW}.svg?lang=en&{asked}")).text
    assert any(sign in text for text in marked)
    assert all(f">{text}</text>" in picture for text in marked)
    assert line in f"{seen['lens']['title']}: {seen['lens']['says']}"
    assert line in picture
    assert (await client.get(f"{VIEW}?lang=en")).json()["lens"] is None


async def test_a_lens_asks_only_for_what_is_there(client: httpx.AsyncClient, account: str) -> None:
    refused = await client.get(f"{VIEW}?if=leave~nobody")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/query/if"
    for wrong in ("leave", "leave~a~b", "attitude~boss~3~deal", "flies~boss"):
        assert (await client.get(VIEW, params={"if": wrong})).status_code == 422, wrong
