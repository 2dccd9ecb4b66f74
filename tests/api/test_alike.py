"""All answers behave alike: whom they may name, and what they tell of who objected, who left, who is not."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import cast

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.commands.common import OWNER
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.stores.port import GraphStore
from tests.answer_routes import NEEDED, ON, PATH, Route, answer_routes
from tests.api.conftest import BASE
from tests.stores import settings_of, sqlite_store

DEMO = Path(__file__).parents[2] / "examples" / "demo.json"
CONTACTS = ("contact_id", "target_id", "source_id", "to")
"""What contacts are called in questions."""
SHY, GONE, NOBODY = "li-guoqiang", "sun-haitao", "nobody"
LATER = "2999-01-01T00:00:00Z"
DOCUMENT = create_app(settings_of(), cast(GraphStore, None)).openapi()
ROUTES = answer_routes(DOCUMENT)


def naming(*names: str) -> list[tuple[Route, str]]:
    """Each answer that takes one of the names, in its address or its query, for who or what it is about."""
    return [
        (route, name) for route in ROUTES for name in names if takes(route, name) and not is_time(route, name)
    ]


def is_time(route: Route, name: str) -> bool:
    """Whether the name says when (`to` of what has changed), not who (`to` of an introduction)."""
    asked = {each["name"]: each["schema"] for each in route.told["parameters"] if "name" in each}
    return name in asked and asked[name].get("format") == "date-time"


def takes(route: Route, name: str) -> bool:
    """Whether an answer is asked by this name."""
    return name in route.query or f"{{{name}}}" in route.path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo, in which somebody has objected and somebody has left."""
    folder = tmp_path_factory.mktemp("demo")

    async def load() -> None:
        async with sqlite_store(folder) as store:
            demo = SourceFile("demo.json", DEMO.read_bytes())
            await import_files(store, OWNER, [demo], ImportOptions(today=date.fromisoformat(ON)))
            async with client_of(store) as client:
                shy = await client.post(f"/api/v1/privacy/{SHY}/restrict", json={"reason": "by mail"})
                left = {"json": {"status": "left"}, "headers": {"If-Match": '"r1"'}}
                gone = await client.patch(f"/api/v1/contacts/{GONE}", **left)
                assert (shy.status_code, gone.status_code) == (200, 200), (shy.text, gone.text)

    asyncio.run(load())
    return folder


def client_of(store: GraphStore) -> httpx.AsyncClient:
    app = create_app(settings_of(), store)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=BASE)


@pytest.fixture
async def demo(loaded: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app over a copy of that store."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    async with sqlite_store(tmp_path) as store, client_of(store) as client:
        yield client


async def ask(client: httpx.AsyncClient, route: Route, **named: str) -> httpx.Response:
    """An answer about who or what is named, wherever the name belongs."""
    query = {name: value for name, value in named.items() if name in route.query}
    return await client.get(route.url(**named), params=route.asked(**query))


def place(route: Route, name: str) -> str:
    return f"/{'query' if name in route.query else 'path'}/{name}"


def test_every_answer_is_asked_alike() -> None:
    assert len(ROUTES) > 25
    for route in ROUTES:
        if route.method == "get":
            assert {"on", "as_of", "lang"} <= route.query, route.name
        assert route.needed == NEEDED.get(route.name, {}).keys(), route.name
        schema = route.told["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
        if "$ref" not in schema:
            assert route.name.rpartition("_")[2] in ("svg", "png", "pdf", "html"), "a picture"
            continue
        fields = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
        assert "provenance" in fields or route.name == "what_if", route.name
        assert ("items" in fields) == route.tables, route.name
        if route.tables and route.name != "get_strength":
            assert {"limit", "cursor"} <= route.query, route.name


async def test_every_answer_tells_what_it_is_made_of(demo: httpx.AsyncClient) -> None:
    for route in ROUTES:
        if route.method == "post" or not route.told["responses"]["200"]["content"]:
            continue
        answer = await ask(demo, route, contact_id=GONE, member_id="lin-lan", as_of=LATER)
        assert answer.status_code == 200, (route.name, answer.text)
        if answer.headers["content-type"].startswith("application/json"):
            made = answer.json()["provenance"]
            assert (made["on"], made["as_of"][:10]) == (ON, LATER[:10]), route.name
            assert {"algorithm", "version", "rules_version", "parameters"} <= made.keys(), route.name
            assert made["account_sequence"] > 0, route.name


async def test_who_objected_is_not_told_from_who_is_not_there(demo: httpx.AsyncClient) -> None:
    asked = naming(*CONTACTS)
    assert len({route.name for route, _ in asked}) >= 7
    for route, name in asked:
        shy, nobody = [await ask(demo, route, **{name: id_}) for id_ in (SHY, NOBODY)]
        wanted = 404 if place(route, name).startswith("/path") else 422
        assert (shy.status_code, nobody.status_code) == (wanted, wanted), (route.name, name, shy.text)
        (fault,) = shy.json()["errors"]
        assert (fault["code"], fault["pointer"]) == ("unknown-record", place(route, name))
        said = [{**answer.json(), "request_id": ""} for answer in (shy, nobody)]
        assert str(said[0]).replace(SHY, NOBODY) == str(said[1])


async def test_a_change_that_is_thought_of_names_them_no_better(demo: httpx.AsyncClient) -> None:
    url = f"/api/v1/accounts/{PATH['account_id']}/what-if"
    for id_ in (SHY, NOBODY):
        answer = await demo.post(url, json={"changes": [{"kind": "leave", "contact_id": id_}]})
        assert answer.status_code == 422
        faults = [(fault["code"], fault["pointer"]) for fault in answer.json()["errors"]]
        assert faults == [("unknown-record", "/changes/0/contact_id")]


async def test_who_left_may_be_named(demo: httpx.AsyncClient) -> None:
    member = {"member_id": "lin-lan"}
    for route, name in naming(*CONTACTS):
        answer = await ask(demo, route, **{name: GONE}, **(member if takes(route, "member_id") else {}))
        assert answer.status_code == 200, (route.name, name, answer.text)


@pytest.mark.parametrize("name", ["opportunity_id", "member_id"])
async def test_what_is_not_there_is_named_alike(demo: httpx.AsyncClient, name: str) -> None:
    asked = [route for route, _ in naming(name)]
    assert len(asked) > 1
    for route in asked:
        answer = await ask(demo, route, **{name: NOBODY}, contact_id=GONE)
        assert answer.status_code == (404 if place(route, name).startswith("/path") else 422), route.name
        (fault,) = answer.json()["errors"]
        assert (fault["code"], fault["pointer"]) == ("unknown-record", place(route, name)), route.name


async def test_a_cursor_is_of_one_question(demo: httpx.AsyncClient) -> None:
    first = {
        route: (await ask(demo, route, limit="1", contact_id=GONE)).json()["next_cursor"]
        for route in ROUTES
        if "cursor" in route.query
    }
    given = {route: cursor for route, cursor in first.items() if cursor}
    assert len(given) > 15
    others = [*list(given.values())[1:], next(iter(given.values()))]
    for (route, cursor), other in zip(given.items(), others, strict=True):
        later = {"limit": "1", "contact_id": GONE}
        assert (await ask(demo, route, **later, cursor=cursor)).status_code == 200
        for another in (
            {"cursor": other},
            {"cursor": cursor, "on": "2026-03-03"},
            {"cursor": cursor, "opportunity_id": "line-1"},
        ):
            if set(another) <= route.query:
                answer = await ask(demo, route, **later, **another)
                assert answer.status_code == 422, (route.name, another)
                assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/query/cursor"]


async def test_a_category_that_is_none_is_named_alike(demo: httpx.AsyncClient) -> None:
    for route, name in naming("category", "step", "compare_step", "measure"):
        answer = await ask(demo, route, **{name: NOBODY})
        assert answer.status_code == 422, route.name
        assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/query/{name}"]
