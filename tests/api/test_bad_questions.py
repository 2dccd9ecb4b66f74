"""Every answer, asked wrongly: the place is named in both languages, and nothing is written.

The cases come from the app's own document, so that an answer or a parameter that is new is tried as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any, cast
from urllib.parse import quote

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore, Scope
from models.kinds import FIRM
from tests.answer_routes import NEEDED, Route, answer_routes
from tests.bad_values import bad_texts
from tests.stores import settings_of

DOCUMENT = create_app(settings_of(), cast(GraphStore, None)).openapi()
ROUTES = answer_routes(DOCUMENT)
ASKED = [route for route in ROUTES if route.method == "get"]
NAMED = {"account_id": "acme", "contact_id": "user", "member_id": "me", "opportunity_id": "deal"}
"""Who and what an address names."""
OTHERS = {"to": "boss", "member": "me"}
"""The query names that an answer cannot do without."""
STRANGERS = {
    **dict.fromkeys(("contact_id", "target_id", "source_id", "to"), ("nobody", "zoe", "deal")),
    "opportunity_id": ("nothing", "their-deal", "boss"),
    "member_id": ("nobody", "boss"),
    "member": ("nobody", "boss"),
    "account_id": ("nobody", "boss"),
}
"""Well-formed ids of nobody, of another account, of another kind."""
UNKNOWN = {"stpe": "brew", "offset": "1", "\0": "1", "x" * 300: "1"}
"""Names that no question has."""
WRONG_CHANGES: list[tuple[dict[str, Any], str]] = [
    ({}, "/changes"),
    ({"changes": []}, "/changes"),
    ({"changes": {}}, "/changes"),
    ({"changes": [1]}, "/changes/0"),
    ({"changes": [{}]}, "/changes/0/kind"),
    ({"changes": [{"kind": "sack", "contact_id": "boss"}]}, "/changes/0/kind"),
    ({"changes": [{"kind": "leave"}]}, "/changes/0"),
    ({"changes": [{"kind": "leave", "contact_id": "nobody"}]}, "/changes/0/contact_id"),
    ({"changes": [{"kind": "leave", "contact_id": "zoe"}]}, "/changes/0/contact_id"),
    ({"changes": [{"kind": "leave", "contact_id": "\0"}]}, ""),
    ({"changes": [{"kind": "leave", "contact_id": "x" * 65}]}, "/changes/0/contact_id"),
    ({"changes": [{"kind": "leave", "contact_id": "boss", "why": "age"}]}, "/changes/0/why"),
    ({"changes": [{"kind": "leave", "contact_id": "boss"}] * 51}, "/changes"),
    *(
        ({"changes": [{"kind": "leave", "contact_id": "boss"}], name: value}, place)
        for name, value, place in (
            ("answers", [], "/answers"),
            ("answers", ["everything"], "/answers/0"),
            ("opportunity_id", "nothing", "/opportunity_id"),
            ("opportunity_id", "their-deal", "/opportunity_id"),
            ("step", "soon", "/step"),
            ("limit", 0, "/limit"),
            ("limit", 1.5, "/limit"),
            ("on", "2026-02-30", "/on"),
            ("as_of", "2026-01-01T00:00:00", "/as_of"),
            ("stpe", "brew", "/stpe"),
        )
    ),
]


@dataclass(frozen=True)
class Wrong:
    """A question that is wrong in one place: who is named, what is asked, the place."""

    named: dict[str, str]
    query: dict[str, str]
    place: str


def told_of(route: Route) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Where a parameter stands, its name and its schema."""
    for each in route.told.get("parameters", ()):
        if each["in"] in ("path", "query"):
            yield each["in"], each["name"], each["schema"]


def wrong_questions(route: Route) -> Iterator[Wrong]:
    """One thing wrong at a time."""
    for where, name, schema in told_of(route):
        strangers = STRANGERS.get(name, ())
        for text in (*bad_texts(name, schema, DOCUMENT), *strangers):
            if where == "query":
                yield Wrong({}, {name: text}, f"/query/{name}")
            elif text:  # else it is another address
                yield Wrong({name: text}, {}, f"/path/{name}")
    for name, text in UNKNOWN.items():
        yield Wrong({}, {name: text}, f"/query/{name}")


def needed(route: Route) -> dict[str, str]:
    return {name: OTHERS[name] for name in NEEDED.get(route.name, {})}


@pytest.fixture
async def asked(client: httpx.AsyncClient, account: str) -> httpx.AsyncClient:
    """The small account with a purchase, and another one with a person and a purchase."""
    rows = [
        {"put": "opportunity", "record": {"id": "deal", "account_id": account, "name": "Deal"}},
        {"put": "account", "record": {"id": "bolt", "name": "Bolt"}},
        {"put": "contact", "record": {"id": "zoe", "account_id": "bolt", "name": "Zoe"}},
        {"put": "opportunity", "record": {"id": "their-deal", "account_id": "bolt", "name": "Theirs"}},
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return client


async def everything(store: GraphStore) -> object:
    scope = Scope("tester")
    records = [await store.records(scope, account) for account in ("acme", "bolt")]
    return records, [await store.log(scope, name, limit=10_000) for name in ("acme", "bolt", FIRM)]


def test_every_parameter_of_every_answer_is_tried() -> None:
    assert len(ASKED) > 25
    for route in ASKED:
        tried = {wrong.place for wrong in wrong_questions(route)}
        assert {f"/{where}/{name}" for where, name, _ in told_of(route)} < tried, route.name
        assert needed(route).keys() == route.needed, route.name
    assert [route.name for route in ROUTES if route not in ASKED] == ["what_if"], "has cases of its own here"


@pytest.mark.parametrize("route", ASKED, ids=lambda route: str(route.name))
async def test_a_wrong_question_is_refused_where_it_is_wrong(
    asked: httpx.AsyncClient, store: GraphStore, route: Route
) -> None:
    before = await everything(store)
    right = await asked.get(url_of(route, {}), params=needed(route))
    assert right.status_code == 200, right.text
    wrong = []
    for case, lang in zip(wrong_questions(route), cycle(("en", "zh")), strict=False):
        answer = await asked.get(
            url_of(route, case.named),
            params={**needed(route), **case.query},
            headers={"Accept-Language": lang},
        )
        if not refused(answer, case.place, lang, (404, 422)):
            wrong.append((str(case)[:120], lang, answer.status_code, answer.text[:200]))
    assert not wrong, "\n".join(map(str, wrong))
    assert await everything(store) == before


@pytest.mark.parametrize(("body", "place"), WRONG_CHANGES)
async def test_a_wrong_change_is_refused_where_it_is_wrong(
    asked: httpx.AsyncClient, store: GraphStore, body: dict[str, Any], place: str
) -> None:
    before = await everything(store)
    for lang in ("en", "zh"):
        url = "/api/v1/accounts/acme/what-if"
        answer = await asked.post(url, json=body, headers={"Accept-Language": lang})
        assert refused(answer, place, lang, (422,)), answer.text
    assert await everything(store) == before


async def test_a_change_of_nobodys_account_is_refused(asked: httpx.AsyncClient) -> None:
    body = {"changes": [{"kind": "leave", "contact_id": "boss"}]}
    for account, status in (("nobody", 404), ("a b", 422), ("\0", 422)):
        answer = await asked.post(f"/api/v1/accounts/{quote(account)}/what-if", json=body)
        assert refused(answer, "/path/account_id", "en", (status,))


def url_of(route: Route, named: dict[str, str]) -> str:
    known = {**NAMED, "name": "influence", **named}
    return route.path.format(**{name: quote(text, safe="") for name, text in known.items()})


def refused(answer: httpx.Response, place: str, lang: str, statuses: tuple[int, ...]) -> bool:
    """Whether it is a problem of that place alone (of a list its first), told in the language.

    An account that is not there has the whole answer to itself, and no place in it.
    """
    if answer.status_code not in statuses:
        return False
    problem = answer.json()
    told = [fault["message"] for fault in problem["errors"]] or [problem["detail"]]
    places = [re.sub(r"/0$", "", fault["pointer"]) for fault in problem["errors"]] or ["/path/account_id"]
    chinese = [any("㐀" <= letter <= "鿿" for letter in said) for said in told]
    return places == [re.sub(r"/0$", "", place)] and chinese == [lang == "zh"] * len(told)
