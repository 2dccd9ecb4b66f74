"""What a role may not see is in nothing that is answered: every role walks every operation and page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.app import document
from graphsvc.stores.port import GraphStore
from models.access import Role
from models.enums import NodeKind, ViewName
from models.kinds import kind_named
from models.privacy import FieldClass
from tests.answer_routes import NEEDED
from tests.api.pages import pages
from tests.api.protected import Protected, dossier, every_field, filled, told_by
from tests.api.tenants import FIRM_ROWS, A, address, fill, rows
from tests.api.visiting import CHEAP, browser, proof_of, sign_in, user

API = "/api/v1"
HTML = {"Accept": "text/html"}
ASKED = {**NEEDED, "get_diff": {"from": "2026-01-01T00:00:00Z", "to": "2999-01-01T00:00:00Z"}}
PEOPLE = {
    "viewer": (Role.VIEWER, {}),
    "nosy-viewer": (Role.VIEWER, {"dossiers": True}),
    "rep": (Role.REP, {}),
    "trusted": (Role.STRATEGIST, {"dossiers": True}),
}
"""Who asks: in which role, and whether with the right to dossiers."""
HIDDEN = {
    "viewer": (FieldClass.PERSONAL, FieldClass.DOSSIER),
    "nosy-viewer": (FieldClass.PERSONAL, FieldClass.DOSSIER),
    "rep": (FieldClass.DOSSIER,),
    "trusted": (),
}
"""What each of them may not be told: the right to dossiers opens nothing without that to what is personal."""
NO_RECORDS = ("/api/v1/rules", "/api/v1/questionnaire", "/settings")
"""Where the vocabulary itself is told: the numbers of the formulas, the questions of the questionnaire."""
WAYS = {
    "get_view": [{"name": str(name)} for name in ViewName],
    "get_view_svg": [{"name": str(name)} for name in ViewName],
}


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
async def people(store: GraphStore) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A browser of each, over an account with a value in every field that is not everybody's."""
    async with AsyncExitStack() as stack:
        found = {}
        for name, (role, more) in PEOPLE.items():
            await user(store, name, role, accounts=("a-account",), **more)
            found[name] = await stack.enter_async_context(browser(store))
            await sign_in(found[name], name)
            found[name].headers.update(await proof_of(found[name]))
        await user(store, "ada", Role.ADMIN)
        admin = await stack.enter_async_context(browser(store))
        await sign_in(admin, "ada")
        admin.headers.update(await proof_of(admin))
        written = [(kind, {**record, **_filled(kind, record)}) for kind, record in [*FIRM_ROWS, *rows(A)]]
        await fill(admin, written)
        private = {one.field: one.value for one in dossier()}
        path, first = f"{API}/contacts/a-contact/dossier", {"If-Match": '"r0"'}
        made = await found["trusted"].patch(path, json=private, headers=first)
        assert made.status_code == 200, made.text
        yield found


def _filled(name: str, record: dict[str, Any]) -> dict[str, Any]:
    """What is to be protected in a record; of the two contacts one holds it."""
    kind = kind_named(name)
    assert kind is not None
    return {} if record["id"] == "a-second" else filled(kind)


def fields() -> list[Protected]:
    return [*every_field(), *dossier()]


async def everything_told(client: httpx.AsyncClient) -> AsyncIterator[tuple[str, str]]:
    """Each answer and page that somebody gets, by its address, in every form it comes in."""
    for path, query, forms in questions():
        for accept in forms:
            answer = await client.get(path, params=query, headers={"Accept": accept})
            assert answer.status_code < 500, (path, query, answer.text)
            yield f"GET {path} {query} {accept}", _text(answer)
    for what in ("chains", "influencers", "strength", "coverage", "trust", "threats", "forecast"):
        asked = {"changes": [{"kind": "leave", "contact_id": "a-second"}], "answers": [what]}
        answer = await client.post(f"{API}/accounts/a-account/what-if", json=asked)
        yield f"what if: {what}", _text(answer)
    for path in pages():
        if path in NO_RECORDS:
            continue
        answer = await client.get(path, headers=HTML)
        assert answer.status_code in (200, 403, 404, 422), (path, answer.text[:500])
        yield path, told_by(_text(answer))


def questions() -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Every operation that reads, about the account: bare, and with each value of its closed words.

    With each the forms its answer comes in that are text; what comes in others alone is asked for once.
    """
    for path, ways in document()["paths"].items():
        told = ways.get("get")
        if told is None or path.startswith(NO_RECORDS):
            continue
        content = told["responses"].get("200", {}).get("content", {})
        forms = [form for form in ("application/json", "text/csv") if form in content] or ["*/*"]
        needed = {name: str(value) for name, value in ASKED.get(told["operationId"], {}).items()}
        for way in WAYS.get(told["operationId"], [{}]):
            where = address(path.replace("{name}", way.get("name", "{name}")), A)
            if where is not None:
                yield where, needed, forms
                yield from ((where, {**needed, name: value}, forms) for name, value in choices(told))


def choices(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each name of a query with each of the few values it takes."""
    for one in told.get("parameters", ()):
        if one["in"] != "query" or one["name"] == "lang":
            continue
        for schema in [one["schema"], *one["schema"].get("anyOf", ())]:
            schema = document()["components"]["schemas"].get(
                schema.get("$ref", "").rpartition("/")[2], schema
            )
            words = [schema["const"]] if "const" in schema else schema.get("enum", ())
            values = ["true", "false"] if schema.get("type") == "boolean" else words
            yield from ((one["name"], str(value)) for value in values)
    if any(one["name"] == "account_id" and one["in"] == "query" for one in told.get("parameters", ())):
        yield "account_id", "a-account"


def _text(answer: httpx.Response) -> str:
    """All that an answer says, what is packed in it too."""
    told = answer.content
    if told.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(told)) as packed:
            told = b"\n".join(packed.read(name) for name in packed.namelist())
    return told.decode("utf-8", "replace") + repr(answer.headers)


@pytest.mark.parametrize("name", PEOPLE)
async def test_nobody_is_told_what_he_may_not_see(people: dict[str, httpx.AsyncClient], name: str) -> None:
    hidden = [one for one in fields() if one.field_class in HIDDEN[name]]
    told = [row async for row in everything_told(people[name])]
    leaks = [
        (where, f"{one.kind}.{one.field}") for where, said in told for one in hidden if one.shows_in(said)
    ]
    assert leaks == []
    assert len(told) > 300
    plain = [one for one in fields() if one not in hidden]
    unseen = {f"{one.kind}.{one.field}" for one in plain if not any(one.shows_in(said) for _, said in told)}
    assert unseen == set(), "what he may see is there to be seen"


async def test_nothing_is_found_by_what_may_not_be_seen(people: dict[str, httpx.AsyncClient]) -> None:
    named = (NodeKind.CONTACT, NodeKind.MEMBER, NodeKind.RIVAL)
    texts = [one.signs[0] for one in every_field() if one.kind in named and one.signs[0].startswith("canary")]
    asked = [(f"{API}/search", {"q": text}) for text in texts]
    asked += [
        (f"{API}/{plural}", {"q": text}) for text in texts for plural in ("contacts", "members", "rivals")
    ]

    async def found(client: httpx.AsyncClient) -> list[str]:
        answers = [(query["q"], await client.get(path, params=query)) for path, query in asked]
        return [text for text, answer in answers if answer.json()["items"]]

    assert await found(people["viewer"]) == []
    by_rep = await found(people["rep"])
    assert any("channels" in text for text in by_rep)
    assert any("externalids" in text for text in by_rep)


async def test_a_key_for_less_is_told_less(people: dict[str, httpx.AsyncClient], store: GraphStore) -> None:
    asked = {"name": "nightly", "role": "viewer", "dossiers": True}
    key = (await people["trusted"].post(f"{API}/api-keys", json=asked)).json()["key"]
    async with browser(store) as tool:
        tool.headers["Authorization"] = f"Bearer {key}"
        for path in ("contacts/a-contact", "accounts/a-account/advice", "accounts/a-account/views/influence"):
            answer = await tool.get(f"{API}/{path}")
            assert answer.status_code == 200
            assert [one.field for one in fields() if one.shows_in(answer.text)] == []
        assert (await tool.get(f"{API}/contacts/a-contact/dossier")).status_code == 403


async def test_what_one_was_told_is_no_answer_to_the_next_at_the_same_browser(
    people: dict[str, httpx.AsyncClient],
) -> None:
    path = f"{API}/contacts/a-contact"
    told = await people["rep"].get(path)
    assert {"Authorization", "Cookie"} <= set(told.headers["vary"].split(", "))
    known = {"If-None-Match": told.headers["etag"]}
    assert (await people["rep"].get(path, headers=known)).status_code == 304
    next_one = await people["viewer"].get(path, headers=known)
    assert next_one.status_code == 200
    assert [one.field for one in fields() if one.shows_in(next_one.text)] == []
