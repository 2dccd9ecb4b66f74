"""Every route is asked with canaries wherever something can be said: none is in the log or the metrics."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.app import create_app, document
from graphsvc.logs import Lines
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.api.test_rate_limits import key
from tests.api.visiting import BASE, CHEAP, closed, user
from tests.stores import settings_of, sqlite_store

CANARY = "canary"
PAGES = (
    "/",
    "/week",
    "/channels",
    "/accounts/{account_id}/org-chart",
    "/samples/{name}",
    "/forms/{kind}",
    "/{x}",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything any package logs, in the form it is written in."""
    out, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(out), root.level
    handler.setFormatter(Lines("json"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


def asked() -> Iterator[tuple[str, str]]:
    """Method and address of every operation and some pages, with a canary for whatever an address names."""
    for path, operations in document()["paths"].items():
        yield from ((method.upper(), _named(path)) for method in operations)
    yield from (("GET", _named(path)) for path in PAGES)


def _named(path: str) -> str:
    return re.sub(r"\{\w+\}", f"{CANARY}-王芳", path)


BODY = {"id": f"{CANARY}-id", "name": f"{CANARY} 王芳", "password": f"{CANARY}-password", "changes": [CANARY]}
QUERY = {"q": CANARY, CANARY: CANARY, "cursor": CANARY, "account_id": CANARY}
SECRETS = {"Cookie": f"graphsvc={CANARY}; lang=zh", "If-Match": f'"{CANARY}"', "X-Canary": CANARY}


async def test_no_route_logs_what_it_was_asked(
    store: GraphStore, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    await user(store, "mia", Role.ADMIN)
    mine = await key(store, "mia")
    ways = (
        (closed(), {"Authorization": f"Bearer {CANARY}"}, QUERY),
        (closed(), mine, QUERY),
        (settings_of(), {}, {}),
    )
    count = 0
    for settings, known, query in ways:
        app = create_app(settings, store)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            for method, path in asked():
                body = {} if method == "GET" else {"json": BODY}
                answer = await client.request(
                    method, path, params=query, headers={**SECRETS, **known}, **body
                )
                assert answer.status_code < 500, (method, path, answer.text)
                count += 1
            form = {"name": f"{CANARY}-typed", "password": f"{CANARY}-password"}
            assert (await client.post("/sign-in", data=form)).status_code == 401
            assert (await client.get(f"/set-up/{CANARY}")).status_code == 404
            count += 2
            counted = (await client.get("/metrics")).text
            count += 1
            assert CANARY not in counted
            assert mine["Authorization"][7:] not in counted
    said = log.getvalue()
    assert CANARY not in said
    assert "王芳" not in said
    assert "%E7%8E" not in said.upper()
    assert mine["Authorization"][7:] not in said
    requests = [line for line in map(json.loads, said.splitlines()) if line["logger"] == "graphsvc.requests"]
    assert len(requests) == count > 600
    assert {line["user"] for line in requests} == {None, "mia", "local"}
    routes = {line["route"] for line in requests}
    assert routes >= {"/api/v1/contacts/{id}", "/api/v1/search", "/sign-in", "/", "unknown"}


class Broken:
    """A store that fails at whatever it is asked, with what it was asked in its words."""

    def __getattr__(self, name: str) -> Any:
        async def fail(*args: object, **named: object) -> None:
            raise RuntimeError(f"{CANARY} {args} {named}")

        return fail


async def test_a_defect_logs_its_place_but_not_its_words(log: io.StringIO) -> None:
    app = create_app(settings_of(), Broken())  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.get(f"/api/v1/contacts/{CANARY}", params={"lang": "zh"})
    assert answer.status_code == 500
    assert CANARY not in log.getvalue()
    failed, request = (
        line
        for line in map(json.loads, log.getvalue().splitlines())
        if line["logger"].startswith("graphsvc.")
    )
    assert failed["error"][0] == "builtins.RuntimeError"
    assert any("timed.py" in place for place in failed["error"])
    assert (request["level"], request["status"], request["request_id"]) == (
        "warning",
        500,
        answer.json()["request_id"],
    )
    assert failed["message"] == f"request {request['request_id']} failed"


async def test_settings_with_secrets_show_none(tmp_path: Path, log: io.StringIO) -> None:
    settings = closed(secret="canary-secret-" * 4, store_password="canary-password")
    async with sqlite_store(tmp_path) as store:
        app = create_app(settings, store)
        assert CANARY not in repr(settings) + repr(app.state.services) + log.getvalue()
