"""The app over a store in memory of one test: an in-process client, and the demo account where asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from tests.stores import settings_of, sqlite_store

BASE = "http://localhost"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    """An empty embedded store."""
    async with sqlite_store(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app over `store`; failures inside the app come out as answers, as for real clients."""
    app = create_app(settings_of(), store)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as opened:
        yield opened


@pytest.fixture
async def account(client: httpx.AsyncClient) -> str:
    """A small account: a boss, her assistant, a user, a deal; one of ours knows the user."""
    rows = [
        {"put": "account", "record": {"id": "acme", "name": "ACME", "tier": "A"}},
        {
            "put": "department",
            "record": {"id": "top", "account_id": "acme", "name": "Board", "function": "executive"},
        },
        {
            "put": "department",
            "record": {"id": "shop", "account_id": "acme", "name": "Shop", "function": "user"},
        },
        *(
            {"put": "contact", "record": {"id": id_, "account_id": "acme", "name": name}}
            for id_, name in (("boss", "王芳"), ("aide", "Ann Aide"), ("user", "Uli User"))
        ),
        {"put": "works_in", "record": _edge("j1", "boss", "top", rung="director", title="CEO")},
        {"put": "works_in", "record": _edge("j2", "aide", "top", rung="manager", title="Aide")},
        {"put": "works_in", "record": _edge("j3", "user", "shop", rung="operator", title="Foreman")},
        {"put": "reports_to", "record": _edge("r1", "aide", "boss")},
        {"put": "influences", "record": _edge("i1", "user", "boss", weight=0.9, basis="comrade")},
        {"put": "member", "record": {"id": "me", "name": "Mia Ours"}},
        {"put": "knows", "record": _edge("k1", "me", "user", self_strength=60)},
        {
            "put": "interaction",
            "record": {
                "id": "v1",
                "account_id": "acme",
                "at": "2026-11-01T09:00:00Z",
                "kind": "visit",
                "member_ids": ["me"],
                "contact_ids": ["user"],
            },
        },
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 200, answer.text
    return "acme"


def _edge(id_: str, source: str, target: str, **more: object) -> dict[str, object]:
    return {"id": id_, "source_id": source, "target_id": target, **more}
