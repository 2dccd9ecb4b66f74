"""Account graphs in memory: read once, never stale, within the room given."""

from __future__ import annotations

import asyncio

import pytest

from graphsvc.errors import NotFound, SnapshotLoading, StoreUnavailable
from graphsvc.stores.cache import WARM, GraphCache
from graphsvc.stores.port import Sequences
from models.enums import NodeKind
from models.graph import AccountGraph, NodeColumns, build_graph

PATIENCE_S = 60.0


def graph(account: str, at: Sequences, people: int = 10) -> AccountGraph:
    ids = [f"c{number}" for number in range(people)]
    nodes = {NodeKind.CONTACT: NodeColumns(range(people), ids, {"name": ids})}
    return build_graph(account, at.account, at.firm, nodes, {})


class Source:
    """Gives the graphs of accounts at the present sequences, and counts how often it was asked."""

    def __init__(self) -> None:
        self.at = Sequences(1, 1)
        self.erased = 0
        self.reads: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def now(self) -> tuple[Sequences, int]:
        return self.at, self.erased

    async def load(self, account: str) -> AccountGraph:
        self.reads.append(account)
        await self.gate.wait()
        if account == "nobody":
            raise NotFound(NodeKind.ACCOUNT, account)
        return graph(account, self.at)


@pytest.fixture
def source() -> Source:
    return Source()


async def test_a_graph_is_read_once_until_a_sequence_moves(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    first = await cache.graph("acme", source.now, source.load)
    assert await cache.graph("acme", source.now, source.load) is first
    for moved in (Sequences(2, 1), Sequences(2, 2)):
        source.at = moved
        found = await cache.graph("acme", source.now, source.load)
        assert (found.sequence, found.firm_sequence) == (moved.account, moved.firm)
    assert source.reads == ["acme"] * 3


async def test_whoever_erases_somebody_no_graph_from_before_is_kept(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)

    async def ask(past: bool) -> None:
        await cache.graph("acme", source.now, source.load, past)

    for past in (False, True):
        await ask(past)
        await ask(past)
    await cache.graph("bolt", source.now, source.load)
    assert source.reads == ["acme", "acme", "bolt"]
    source.erased = 1
    await cache.graph("bolt", source.now, source.load)  # nothing of bolt has changed
    for past in (False, True):
        await ask(past)
        await ask(past)
    assert source.reads == ["acme", "acme", "bolt", "bolt", "acme", "acme"]


async def test_what_was_being_read_when_somebody_was_erased_is_not_kept(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    source.gate.clear()
    early = asyncio.create_task(cache.graph("acme", source.now, source.load))
    await asyncio.sleep(0)
    source.erased = 1
    late = asyncio.create_task(cache.graph("acme", source.now, source.load))
    await asyncio.sleep(0)
    source.gate.set()
    before, after = await early, await late
    assert before is not after
    assert await cache.graph("acme", source.now, source.load) is after
    assert source.reads == ["acme", "acme"]


async def test_many_who_ask_at_once_share_one_reading(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    source.gate.clear()
    asking = [asyncio.create_task(cache.graph("acme", source.now, source.load)) for _ in range(20)]
    await asyncio.sleep(0)
    source.gate.set()
    found = await asyncio.gather(*asking)
    assert source.reads == ["acme"]
    assert all(each is found[0] for each in found)


async def test_the_least_used_graphs_make_room(source: Source) -> None:
    size = graph("acme", source.at).nbytes
    cache = GraphCache(2 * size, PATIENCE_S)
    for account in ("a", "b", "a", "c", "a", "b"):
        await cache.graph(account, source.now, source.load)
    assert source.reads == ["a", "b", "c", "b"]


async def test_a_graph_larger_than_the_room_is_given_but_not_kept(source: Source) -> None:
    cache = GraphCache(1, PATIENCE_S)
    for _ in range(2):
        assert (await cache.graph("acme", source.now, source.load)).account_id == "acme"
    assert source.reads == ["acme", "acme"]


async def test_a_long_reading_goes_on_while_who_waits_is_told(source: Source) -> None:
    cache = GraphCache(10**9, 0.0)
    source.gate.clear()
    for _ in range(2):
        with pytest.raises(SnapshotLoading):
            await cache.graph("acme", source.now, source.load)
    source.gate.set()
    for _ in range(100):
        try:
            found = await cache.graph("acme", source.now, source.load)
        except SnapshotLoading:
            await asyncio.sleep(0)
        else:
            break
    assert found.account_id == "acme"
    assert source.reads == ["acme"]


async def test_who_goes_away_does_not_stop_the_reading_for_others(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    source.gate.clear()
    gone, stays = (asyncio.create_task(cache.graph("acme", source.now, source.load)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    source.gate.set()
    assert (await stays).account_id == "acme"
    assert source.reads == ["acme"]


async def test_an_error_is_told_and_not_kept(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    for _ in range(2):
        with pytest.raises(NotFound):
            await cache.graph("nobody", source.now, source.load)
    assert source.reads == ["nobody", "nobody"]


async def test_an_older_reading_that_comes_late_does_not_replace_a_newer(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    old, new = Sequences(1, 1), Sequences(2, 1)
    late = asyncio.Event()

    async def slow(account: str) -> AccountGraph:
        await late.wait()
        return graph(account, old)

    waiting = asyncio.create_task(cache.graph("acme", source.now, slow))
    await asyncio.sleep(0)
    source.at = new
    newer = await cache.graph("acme", source.now, source.load)
    late.set()
    assert (await waiting).sequence == 1
    assert await cache.graph("acme", source.now, source.load) is newer


async def test_closing_ends_what_is_being_read(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    source.gate.clear()
    waiting = asyncio.create_task(cache.graph("acme", source.now, source.load))
    await asyncio.sleep(0)
    await cache.close()
    with pytest.raises(StoreUnavailable):
        await waiting


async def test_only_the_last_used_graphs_keep_what_was_derived(source: Source) -> None:
    cache = GraphCache(10**9, PATIENCE_S)
    made: list[str] = []

    async def ask(account: str) -> None:
        found = await cache.graph(account, source.now, source.load)
        found.memo("derived", lambda: made.append(account))

    for number in range(WARM + 1):
        await ask(f"a{number}")
    made.clear()
    for number in range(WARM, -1, -1):  # the last ones still have it, the first no longer
        await ask(f"a{number}")
    assert made == ["a0"]
    assert len(source.reads) == WARM + 1
