"""What has run out is cleared away while the service runs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphsvc.access import sessions
from graphsvc.access.clearing import EVERY_S, clear_expired
from graphsvc.access.desk import Desk
from graphsvc.errors import StoreUnavailable
from tests.stores import sqlite_store


async def test_sessions_that_run_out_while_it_runs_are_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [datetime(2026, 3, 1, tzinfo=UTC)]
    async with sqlite_store(tmp_path) as store:
        desk = Desk(store, b"key", lambda: moment[0])
        await sessions.open_session(desk, "mia")
        left: list[int] = []

        async def pause(seconds: float) -> None:
            assert seconds == EVERY_S
            left.append(len(await store.kept_in(sessions.SESSIONS)))
            moment[0] += timedelta(seconds=seconds)
            if len(left) == 20:
                raise asyncio.CancelledError

        with pytest.raises(asyncio.CancelledError):
            await clear_expired(desk, pause)
    idle = int(sessions.IDLE.total_seconds() // EVERY_S)
    assert left == [1] * idle + [0] * (20 - idle)


async def test_a_store_that_is_away_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []

    async with sqlite_store(tmp_path) as store:

        async def away(now: datetime) -> int:
            asked.append(now)
            raise StoreUnavailable

        async def pause(_: float) -> None:
            if len(asked) == 3:
                raise asyncio.CancelledError

        monkeypatch.setattr(store, "throw_away_expired", away)
        with pytest.raises(asyncio.CancelledError):
            await clear_expired(Desk(store), pause)
    assert len(asked) == 3
