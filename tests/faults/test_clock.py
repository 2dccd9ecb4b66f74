"""The clock is set back, leaps, and meets a 29 February: order, revisions, ids and graphs are as ever."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from graphsvc.features.history.verifying import verify
from graphsvc.stores.neo4j import Neo4jStore
from graphsvc.stores.port import GraphStore
from graphsvc.stores.sqlite import SqliteStore
from models.changes import Change, Delete
from models.kinds import FIRM
from tests.contract.writing import EVERYTHING, E, N, acme, put, replay, tables, tie, whole_log, write
from tests.stores import settings_of, wipe

NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
STEADY = [NOON + number * HOUR for number in range(8)]
WILD = [NOON, NOON - HOUR, NOON + YEAR, NOON - YEAR, NOON, NOON - timedelta(1), NOON + YEAR, NOON - YEAR]
WRITES: list[tuple[Change, ...]] = [
    (tie(E.KNOWS, "mia", "ana"), put(N.DEPARTMENT, "hall", parent_id="lab")),
    (put(N.CONTACT, "ana", name="Anna"), tie(E.INFLUENCES, "zoe", "ana")),
    (Delete(E.KNOWS, "knows-mia-ana"),),
    (Delete(N.MEMBER, "mia"),),
    (tie(E.REPORTS_TO, "ana", "ben", since="2028-02-29"),),
    (put(N.MEMBER, "mia", name="Mia again"), tie(E.KNOWS, "mia", "ben")),
    (Delete(N.CONTACT, "ana"),),
]


class Hands:
    """A clock that shows the next of some times for each write."""

    def __init__(self, times: list[datetime]) -> None:
        self.times: Iterator[datetime] = iter(times)
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self) -> None:
        """To the next time."""
        self.now = next(self.times)


Opened = Callable[[Hands], "AsyncIterator[GraphStore]"]


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def opened(request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Opens an empty store with a clock."""

    @asynccontextmanager
    async def opens(hands: Hands) -> AsyncIterator[GraphStore]:
        store: GraphStore
        if request.param == "sqlite":
            store = await SqliteStore.open(tmp_path / f"{id(hands)}.db", settings_of(), hands)
        else:
            server = request.getfixturevalue("neo4j_server")
            await wipe(server)
            user, password = server.auth
            known = settings_of(store_user=user, store_password=SecretStr(password))
            store = await Neo4jStore.open(server.url, known, hands)
        try:
            yield store
        finally:
            await store.close()

    return opens


async def done(store: GraphStore, hands: Hands) -> list[object]:
    """All writes one after the other, and everything but times that can be read afterwards."""
    hands.move()
    await acme(store)
    found: list[object] = []
    for changes in WRITES:
        hands.move()
        found.append((await write(store, *changes)).sequences)
    for account in ("acme", "bolt"):
        found.append(tables(await store.account_graph(EVERYTHING, account)))
        found += [(row.kind, row.body, row.revision) for row in await store.records(EVERYTHING, account)]
    for log in ("acme", "bolt", FIRM):
        entries = await whole_log(store, log)
        found += [(e.sequence, e.kind, e.id, e.before, e.after, e.revision, e.prior) for e in entries]
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        assert (await verify(store, EVERYTHING, log)).first_bad is None
    found += [[e.revision for e in await store.history(EVERYTHING, N.CONTACT, "ana")]]
    return found


async def test_nothing_but_times_depends_on_the_clock(opened) -> None:  # type: ignore[no-untyped-def]
    told = []
    for times in (STEADY, WILD):
        hands = Hands(times)
        async with opened(hands) as store:
            told.append(await done(store, hands))
    assert told[0] == told[1]


async def test_any_time_that_a_log_names_can_be_looked_at(opened) -> None:  # type: ignore[no-untyped-def]
    """Ana's tie to Mia went in a year to come, Mia herself afterwards: with the clock set back, before."""
    hands = Hands(WILD)
    async with opened(hands) as store:
        await done(store, hands)
        entries = await whole_log(store, "acme")
        moments = sorted({e.at for log in ("acme", FIRM) for e in await whole_log(store, log)})
        for moment in moments:
            own = replay(e for e in entries if e.at <= moment)
            told = await store.records(EVERYTHING, "acme", moment)
            assert {(s.kind, s.id): s.body for s in told if s.account == "acme"} == own
            graph = await store.account_graph(EVERYTHING, "acme", moment)
            assert graph.sequence == sum(entry.at <= moment for entry in entries)
