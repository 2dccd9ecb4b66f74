"""What stores keep beside the graph: replaced, found by owner, run out, thrown away, and never in a log."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from graphsvc.conflicts import KeptSince
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from tests.contract.writing import EVERYTHING

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def thing(key: str, owner: str = "mia", area: str = "session", **more: object) -> Kept:
    return Kept(area, key, owner, {"at": "中 ' \" \\", "n": 1, **more}, NOON)


async def test_what_is_kept_comes_back_as_it_was(store: GraphStore) -> None:
    kept = await store.keep(thing("k/1 é"))
    assert kept.version == 1
    assert await store.kept("session", "k/1 é") == kept
    assert await store.kept("key", "k/1 é") is None
    forever = await store.keep(Kept("key", "a", "mia"))
    assert forever.live(NOON + timedelta(days=9999))
    assert not kept.live(NOON)
    assert kept.live(NOON - timedelta(seconds=1))


async def test_a_thing_is_replaced_by_who_read_it_last(store: GraphStore) -> None:
    await store.keep(thing("k"), expected=0)
    with pytest.raises(KeptSince):
        await store.keep(thing("k"), expected=0)
    second = await store.keep(thing("k", n=2), expected=1)
    assert second.version == 2
    with pytest.raises(KeptSince):
        await store.keep(thing("k", n=3), expected=1)
    with pytest.raises(KeptSince):
        await store.keep(thing("new"), expected=4)
    assert await store.kept("session", "new") is None
    assert (await store.keep(Kept("session", "k", "mia"))).version == 3
    assert await store.kept("session", "k") == Kept("session", "k", "mia", {}, None, 3)


async def test_of_many_who_replace_one_version_one_succeeds(store: GraphStore) -> None:
    await store.keep(thing("k"))
    done = await asyncio.gather(
        *(store.keep(thing("k", n=n), expected=1) for n in range(8)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Kept) for outcome in done) == 1
    assert sum(isinstance(outcome, KeptSince) for outcome in done) == 7


async def test_things_are_found_by_owner_and_thrown_away(store: GraphStore) -> None:
    for key, owner in (("b", "mia"), ("a", "mia"), ("c", "ben")):
        await store.keep(thing(key, owner))
    await store.keep(thing("a", area="key"))
    assert [one.key for one in await store.kept_in("session")] == ["a", "b", "c"]
    assert [one.key for one in await store.kept_in("session", "mia")] == ["a", "b"]
    assert await store.throw_away("session", ["a", "c", "nothing"]) == 2
    assert [one.key for one in await store.kept_in("session")] == ["b"]
    assert [one.key for one in await store.kept_in("key")] == ["a"]


async def test_what_has_run_out_is_thrown_away(store: GraphStore) -> None:
    await store.keep(thing("old"))
    await store.keep(Kept("session", "new", "mia", {}, NOON + timedelta(microseconds=1)))
    await store.keep(Kept("session", "forever", "mia"))
    assert await store.throw_away_expired(NOON) == 1
    assert [one.key for one in await store.kept_in("session")] == ["forever", "new"]


async def test_no_log_and_no_account_tells_of_it(filled: GraphStore) -> None:
    before = await filled.heads(EVERYTHING)
    await filled.keep(thing("k"))
    assert await filled.heads(EVERYTHING) == before
    assert await filled.integrity(EVERYTHING) == []


async def test_several_are_kept_and_thrown_away_together_or_not_at_all(store: GraphStore) -> None:
    await store.keep(thing("old"))
    kept = await store.keep_all([(thing("a"), 0), (thing("b"), None)], [("session", "old")])
    assert [one.version for one in kept] == [1, 1]
    with pytest.raises(KeptSince):
        await store.keep_all([(thing("c"), 0), (thing("a"), 0)], [("session", "b")])
    assert [one.key for one in await store.kept_in("session")] == ["a", "b"]
