"""Twenty clients with one Idempotency-Key at once, on every store: one record, one change, one answer."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from models.kinds import FIRM
from tests.contract.writing import whole_log
from tests.stores import settings_of

CLIENTS = 20
SENT: list[tuple[str, dict[str, Any], int]] = [
    ("/contacts", {"account_id": "acme", "name": "Only One"}, 201),
    ("/products", {"name": "Only One"}, 201),
    ("/changesets", {"changes": [{"put": "member", "record": {"name": "Only One"}}]}, 200),
]


@pytest.mark.parametrize(("path", "body", "status"), SENT, ids=[path for path, *_ in SENT])
async def test_twenty_clients_with_one_key_write_once(
    filled: GraphStore, path: str, body: dict[str, Any], status: int
) -> None:
    before = [len(await whole_log(filled, log)) for log in ("acme", FIRM)]
    transport = httpx.ASGITransport(create_app(settings_of(), filled), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        headers = {"Idempotency-Key": "once"}
        answers = await asyncio.gather(
            *(client.post(f"/api/v1{path}", json=body, headers=headers) for _ in range(CLIENTS))
        )
        assert {answer.status_code for answer in answers} == {status}, answers[0].text
        assert len({answer.text for answer in answers}) == 1
        other = {**body, "reason": "other"} if "changes" in body else {**body, "name": "Another"}
        refused = await client.post(f"/api/v1{path}", json=other, headers=headers)
        assert refused.status_code == 422
    after = [len(await whole_log(filled, log)) for log in ("acme", FIRM)]
    assert sum(after) - sum(before) == 1
