"""Answers that tell of a dossier: noted as its readings; silent past its day, and where none can be noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from graphsvc.access import callers
from graphsvc.app import create_app
from graphsvc.errors import StorageFull
from graphsvc.stores.codec import utc_now
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore, Scope
from tests.api.conftest import BASE
from tests.stores import settings_of

API = "/api/v1"
ON = {"on": "2026-11-20"}
KEPT = {"basis": "consent", "source": "told us", "expires_on": "2026-12-01"}
PATHS = (
    "accounts/acme/advice",
    "accounts/acme/opportunities/deal/deal",
    "accounts/acme/approach/boss",
    "me/week",
)
TOLD = {"advice": "Turin", "deal": "Turin", "boss": "No stop", "week": "Turin"}
"""What of the dossier each answer tells."""


@pytest.fixture
async def boss(client: httpx.AsyncClient, account: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A decision maker with a trip and a goal in her dossier; one of ours lives where she goes."""
    rows: list[dict[str, Any]] = [
        {"put": "opportunity", "record": {"id": "deal", "account_id": account, "name": "Deal"}},
        {
            "put": "plays",
            "record": {
                "id": "p",
                "source_id": "boss",
                "target_id": "deal",
                "roles": ["decision_maker"],
                "concerns": [{"code": "return"}],
            },
        },
        {"put": "member", "record": {"id": "max", "name": "Max Ours", "city": "Turin"}},
        {"put": "knows", "record": {"id": "k2", "source_id": "max", "target_id": "user"}},
        {
            "put": "serves",
            "record": {"id": "s", "source_id": "max", "target_id": account, "role": "owner"},
        },
    ]
    assert (await client.post(f"{API}/changesets", json={"changes": rows})).status_code == 200
    trip = {"since": "2026-11-23", "until": "2026-11-24", "city": "Turin", **KEPT}
    told = {"itinerary": [trip], "goals": {"text": "No stop. 不停机。", **KEPT}}
    path = f"{API}/contacts/boss/dossier"
    monkeypatch.setattr("graphsvc.features.privacy.router.today", lambda: date(2026, 11, 20))
    made = await client.patch(path, json=told, headers={"If-Match": '"r0"'})
    assert made.status_code == 200, made.text
    by(monkeypatch, date(2026, 11, 20))
    return "boss"


def by(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be this day for answers."""
    monkeypatch.setattr("graphsvc.features.dossiers.today", lambda: day)


async def tellings(client: httpx.AsyncClient) -> list[str]:
    """Which answers tell of the dossier."""
    found = []
    for path in PATHS:
        name = path.rpartition("/")[2]
        answer = await client.get(f"{API}/{path}", params=ON | ({"member": "max"} if name == "week" else {}))
        assert answer.status_code == 200, answer.text
        told = TOLD[name] in answer.text
        assert told is ('"kind":"dossier"' in answer.text.replace(" ", "")), name
        found += [name] * told
    return found


async def acts(client: httpx.AsyncClient, contact: str) -> list[str]:
    """What the journal says was done with somebody's private data."""
    lines = (await client.get(f"{API}/privacy/{contact}/reads")).json()["items"]
    assert all(line["request_id"] for line in lines)
    return [line["act"] for line in lines]


async def test_whose_dossier_an_answer_tells_of_is_noted_with_who_asked(
    client: httpx.AsyncClient, boss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await tellings(client) == ["advice", "deal", "boss", "week"]
    assert await acts(client, "boss") == ["changed", "read"]  # answers of one day: once
    trail = (await client.get(f"{API}/audit", params={"act": "private"})).json()["items"]
    assert [(row["subject"], row["detail"]) for row in trail] == [("boss", "read"), ("boss", "changed")]
    assert (await client.get(f"{API}/contacts/boss/dossier")).status_code == 200
    assert await acts(client, "boss") == ["changed", "read", "read"]  # the dossier itself: each time
    tomorrow = utc_now() + timedelta(days=1)
    monkeypatch.setattr("graphsvc.features.privacy.reads.utc_now", lambda: tomorrow)
    assert await tellings(client) == ["advice", "deal", "boss", "week"]
    assert await acts(client, "boss") == ["changed", "read", "read", "read"]
    assert await acts(client, "user") == []
    answer = await client.get(f"{API}/accounts/acme/approach/user", params=ON)
    assert answer.status_code == 200
    assert await acts(client, "user") == []  # looked for, not there
    with monkeypatch.context() as narrow:
        narrow.setattr(callers, "Scope", lambda **_: Scope("rep"))
        assert await tellings(client) == []
    assert len(await acts(client, "boss")) == 4


async def test_what_is_past_its_day_by_now_is_told_for_no_day(
    client: httpx.AsyncClient, boss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(monkeypatch, date(2026, 12, 1))
    assert await tellings(client) == ["advice", "deal", "boss", "week"]  # on its last day it still is
    by(monkeypatch, date(2026, 12, 2))
    assert await tellings(client) == []
    at = (await client.get(f"{API}/contacts/boss/history")).json()["items"][0]["at"]
    then = await client.get(f"{API}/accounts/acme/advice", params={**ON, "as_of": at})
    assert "Turin" not in then.text


async def test_what_cannot_be_noted_is_not_told(
    client: httpx.AsyncClient, store: GraphStore, boss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> list[Kept]:
        raise StorageFull

    monkeypatch.setattr(store, "keep_all", full)
    assert await tellings(client) == []
    silent = (await client.get(f"{API}/accounts/acme/advice", params=ON)).json()["silent"]
    assert "same-city" in silent


async def test_who_is_let_in_again_is_noted_and_only_within_the_scope(
    client: httpx.AsyncClient, boss: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.post(f"{API}/privacy/boss/erase", json={})
    asked = {"account_id": "acme", "name": "王芳"}
    other = await client.post(f"{API}/privacy/allow", json={**asked, "account_id": "other"})
    assert other.status_code == 404
    with monkeypatch.context() as narrow:
        narrow.setattr(callers, "Scope", lambda **_: Scope("rep", frozenset({"bolt"})))
        assert (await client.post(f"{API}/privacy/allow", json=asked)).status_code == 404
    assert (await client.post(f"{API}/privacy/allow", json=asked)).json() == {"lifted": 1}
    assert (await client.post(f"{API}/privacy/allow", json=asked)).json() == {"lifted": 0}
    assert await acts(client, "boss") == ["changed", "erased", "allowed"]


async def test_where_the_app_tells_of_none_none_is_told_or_noted(
    client: httpx.AsyncClient, store: GraphStore, boss: str
) -> None:
    quiet = httpx.ASGITransport(create_app(settings_of(), store, dossiers=False))
    async with httpx.AsyncClient(transport=quiet, base_url=BASE) as other:
        assert await tellings(other) == []
        assert (await other.get(f"{API}/contacts/{boss}/dossier")).status_code == 403
    assert "read" not in await acts(client, boss)
    assert await tellings(client) == ["advice", "deal", "boss", "week"]
