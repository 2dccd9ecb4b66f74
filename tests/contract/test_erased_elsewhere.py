"""Somebody is erased by another process: what this one keeps of imports and for answers goes too."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from graphsvc.workers import Workers
from models.erasures import Erasing
from tests.api.test_imports import IMPORTS, ended, send
from tests.contract.writing import EVERYTHING
from tests.stores import settings_of

WORD = "Ana Example"


async def test_what_jobs_told_and_workers_hold_is_forgotten(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[Workers] = []
    monkeypatch.setattr(Workers, "forget", lambda self: forgotten.append(self))
    transport = httpx.ASGITransport(create_app(settings_of(), filled), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        told = [await told_of(client, row) for row in (f"x,{WORD},expert", f"y,Name,{WORD}")]
        assert [job["state"] for job in told] == ["done", "failed"]
        assert WORD in str(told[0]["result"])
        errors = f"{IMPORTS}/{told[1]['id']}/errors.csv"
        assert WORD in (await client.get(errors)).text
        assert len(forgotten) == 1  # at its first look
        await filled.erase(EVERYTHING, Erasing("e", "ana"))
        assert WORD not in (await client.get(IMPORTS)).text
        assert len(forgotten) == 2
        assert (await client.get(errors)).status_code == 404
        states = [(await client.get(f"{IMPORTS}/{job['id']}")).json() for job in told]
        assert [(job["state"], job["result"]) for job in states] == [("done", None), ("failed", None)]


async def told_of(client: httpx.AsyncClient, row: str) -> dict[str, Any]:
    """An import of one row once it has ended."""
    sent = await send(client, f"id,name,rung\n{row}\n")
    return await ended(client, sent.json()["id"])
