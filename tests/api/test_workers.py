"""Answers that come from a worker are those of the service itself, page by page."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest

from graphsvc.features.chains import service


async def test_pages_of_chains_are_the_same_whoever_computes_them(
    client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await _pages(client, account)
    monkeypatch.setattr(service, "LARGE", 0)
    try:
        there = await _pages(client, account)
    finally:
        app: Any = cast(httpx.ASGITransport, client._transport).app
        await app.state.services.workers.close()
    assert here == there
    assert [page["items"][0]["source_id"] for page in here] == ["aide", "user"]


async def _pages(client: httpx.AsyncClient, account: str) -> list[dict[str, Any]]:
    """All pages of one chain each."""
    pages, cursor = list[dict[str, Any]](), ""
    while cursor is not None:
        query = {"source": "all", "k": 1, "limit": 1} | ({"cursor": cursor} if cursor else {})
        answer = await client.get(f"/api/v1/accounts/{account}/chains", params=query)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
        cursor = pages[-1]["next_cursor"]
    return pages
