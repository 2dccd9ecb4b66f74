"""People who sign in: a service without an open door, its users, and their browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from argon2 import PasswordHasher

from graphsvc.access.passwords import set_password
from graphsvc.access.users import UserFields, add_user
from graphsvc.app import create_app
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore
from models.access import Role
from tests.stores import settings_of

BASE = "http://localhost"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Passwords that cost nothing: most tests are of what happens around them."""
PASSWORD = "correct horse battery"


def closed(**changed: Any) -> Settings:
    """Settings of a service in which people sign in."""
    return settings_of(open_door=None, **changed)


async def user(store: GraphStore, name: str, role: Role, **more: Any) -> None:
    """A user who can sign in with `PASSWORD`."""
    now = datetime.now(UTC)
    await add_user(store, name, UserFields(role=role, **more), now)
    await set_password(store, name, PASSWORD, now)


@asynccontextmanager
async def browser(store: GraphStore, **changed: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A browser nobody has signed in with yet; it is on another machine, keeps cookies, follows nothing."""
    app = create_app(closed(**changed), store)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


async def sign_in(
    client: httpx.AsyncClient, name: str, password: str = PASSWORD, **form: str
) -> httpx.Response:
    """The form of the page, sent."""
    return await client.post("/sign-in", data={"name": name, "password": password, **form})


async def proof_of(client: httpx.AsyncClient) -> dict[str, str]:
    """The header that the scripts of a page send with a change."""
    page = await client.get("/", headers={"Accept": "text/html"})
    found = re.search(r'<meta name="csrf" content="([^"]+)">', page.text)
    assert found, page.text[:500]
    return {"X-CSRF-Token": found[1]}
