"""Answers that come from a worker are those of the service itself, and it forgets who is to be forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from graphsvc.errors import StorageFull
from graphsvc.features.chains import service
from graphsvc.features.privacy import service as privacy
from graphsvc.workers import Workers
from models.anonymous import ERASED_NAME


@pytest.fixture
async def workers(client: httpx.AsyncClient) -> AsyncIterator[Workers]:
    """The workers of the app, ended after the test."""
    app: Any = cast(httpx.ASGITransport, client._transport).app
    made: Workers = app.state.services.workers
    yield made
    await made.close()


async def test_pages_of_chains_are_the_same_whoever_computes_them(
    client: httpx.AsyncClient, account: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await _pages(client, account)
    monkeypatch.setattr(service, "LARGE", 0)
    there = await _pages(client, account)
    assert here == there
    assert [page["items"][0]["source_id"] for page in here] == ["aide", "user"]


async def test_a_question_too_large_for_one_answer_is_answered_in_part_whoever_computes_it(
    client: httpx.AsyncClient, account: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, asked = f"/api/v1/accounts/{account}/chains", {"target_id": ["boss", "aide"]}
    whole = (await client.get(url, params=asked)).json()
    assert (whole["truncated"], whole["targets_left_out"]) == (False, 0)
    budget = {"chains": {"most_steps": 1}}
    assert (await client.patch("/api/v1/rules", json=budget, headers={"If-Match": '"r0"'})).is_success
    here = await client.get(url, params=asked)
    monkeypatch.setattr(service, "LARGE", 0)
    there = await client.get(url, params=asked)
    assert (here.status_code, here.json()) == (there.status_code, there.json())
    assert (here.json()["truncated"], here.json()["targets_left_out"]) == (True, 1)
    assert here.json()["items"] == [item for item in whole["items"] if item["target_id"] == "boss"]


async def test_no_process_keeps_the_graphs_of_who_was_restricted_or_erased(
    client: httpx.AsyncClient, account: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LARGE", 0)
    assert (await client.get(f"/api/v1/accounts/{account}/chains")).status_code == 200
    (worker,) = workers._idle
    assert worker.holds
    monkeypatch.setattr(privacy, "_files", _full)
    assert (await client.post("/api/v1/privacy/user/erase", json={})).status_code == 507
    assert (await client.get("/api/v1/contacts/user")).json()["name"] == ERASED_NAME  # done all the same
    assert not workers._idle
    assert await worker.process.wait() != 0  # ended by us
    before = workers._forgotten
    reason = {"reason": "objected"}
    for told, forgotten in (([], 0), (reason, 1), (reason, 0)):  # refused, done, done already
        await client.post("/api/v1/privacy/boss/restrict", json=told)
        before += forgotten
        assert workers._forgotten == before


async def _full(store: object) -> None:
    raise StorageFull


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
