"""The feed of changes over all logs: nothing is missed, every entry comes once, also beside writers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.errors import NotFound
from graphsvc.features.history import feed as feeding
from graphsvc.features.history.feed import Places, feed, packed, unpacked
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry
from models.faults import InvalidInput
from tests.contract.writing import EVERYTHING, E, N, put, tie, whole_log, write


async def rest(
    store: GraphStore, cursor: bytes = b"", limit: int = 7, scope: Scope = EVERYTHING
) -> tuple[list[LogEntry], bytes]:
    """All that is left after a cursor, and the cursor after it."""
    found: list[LogEntry] = []
    while True:
        page, places = await feed(store, scope, unpacked(cursor), None, limit)
        assert len(page) <= limit
        found, cursor = found + page, packed(places)
        if not page:
            return found, cursor


def keys(entries: Iterable[LogEntry]) -> list[tuple[str, int]]:
    return [(entry.account, entry.sequence) for entry in entries]


async def logged(store: GraphStore) -> list[tuple[str, int]]:
    logs = [await whole_log(store, head.account) for head in await store.heads(EVERYTHING)]
    return sorted(key for log in logs for key in keys(log))


async def test_every_entry_of_every_log_comes_once_in_its_order(filled: GraphStore) -> None:
    await write(filled, tie(E.INFLUENCES, "zoe", "ana"), *(put(N.CONTACT, f"p{n}") for n in range(20)))
    found, cursor = await rest(filled)
    assert sorted(keys(found)) == await logged(filled)
    for log in ("acme", "bolt", "firm"):
        assert [entry.sequence for entry in found if entry.account == log] == list(
            range(1, len(await whole_log(filled, log)) + 1)
        )
    await write(filled, put(N.ACCOUNT, "new"), put(N.CONTACT, "ana", name="B"))
    later, cursor = await rest(filled, cursor)
    assert sorted((entry.account, entry.id) for entry in later) == [("acme", "ana"), ("new", "new")]
    assert await rest(filled, cursor) == ([], cursor)


async def test_the_feed_lies_in_the_scope(filled: GraphStore) -> None:
    bob = Scope("bob", frozenset({"bolt"}))
    found, _ = await rest(filled, scope=bob)
    assert {entry.account for entry in found} == {"bolt", "firm"}
    with pytest.raises(NotFound):
        await feed(filled, bob, {}, "acme", 5)


async def test_a_reader_beside_writers_misses_nothing(filled: GraphStore) -> None:
    writing = True

    async def writer(account: str) -> None:
        for number in range(15):
            await write(filled, put(N.CONTACT, f"{account}{number}", account_id=account))
            if number == 7:
                await write(filled, put(N.ACCOUNT, f"{account}-two"))

    async def reader() -> list[LogEntry]:
        found, cursor = await rest(filled, limit=3)
        while writing:
            more, cursor = await rest(filled, cursor, limit=3)
            found += more
        return found + (await rest(filled, cursor))[0]

    readers = [asyncio.create_task(reader()) for _ in range(2)]
    await asyncio.gather(writer("acme"), writer("bolt"))
    writing = False
    for found in await asyncio.gather(*readers):
        assert sorted(keys(found)) == await logged(filled)


async def test_more_logs_than_a_cursor_holds_are_refused(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "MOST_LOGS", 2)
    with pytest.raises(InvalidInput):
        await feed(filled, EVERYTHING, {}, None, 200)
    found, _ = await feed(filled, EVERYTHING, {}, "bolt", 200)
    assert found == await whole_log(filled, "bolt")


@given(st.dictionaries(st.binary(min_size=8, max_size=8), st.integers(1, 2**53 - 1), max_size=20))
def test_a_cursor_holds_its_places(places: Places) -> None:
    assert unpacked(packed(places)) == places


def test_a_cursor_is_compact() -> None:
    places = {number.to_bytes(8, "big"): 10_000 for number in range(feeding.MOST_LOGS)}
    assert len(packed(places)) * 4 // 3 + 100 < feeding.LONGEST_CURSOR
