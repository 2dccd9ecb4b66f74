"""Whoever asked goes away while the store works: at every single await, and with the whole service."""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphsvc.errors import NotFound, StoreBusy
from graphsvc.stores.port import GraphStore
from models.changes import Applied, ChangeSet
from models.enums import Kind
from tests.contract.writing import EVERYTHING, E, N, acme, change_set, put, tie, whole_log
from tests.faults.test_serving import address_of, start
from tests.lengths import rounds
from tests.stores import neo4j_store, sqlite_store, wipe

__all__ = ["start"]
STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
DRAIN_S = 20
pytestmark = pytest.mark.filterwarnings(
    # The driver leaves a socket it was just opening to the garbage collector: the fixture calls it, for
    # later it would be found in a test that left none.
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)


class LeftAt:
    """Awaits a coroutine; the task that does so is cancelled where it waits for the `step`-th time."""

    def __init__(self, work: Coroutine[Any, Any, Any], step: int) -> None:
        self.work, self.step, self.waits = work, step, 0

    def __await__(self) -> Generator[Any, Any, Any]:
        answer: BaseException | None = None
        while True:
            try:
                waited = self.work.send(None) if answer is None else self.work.throw(answer)
            except StopIteration as end:
                return end.value
            self.waits += 1
            task = asyncio.current_task()
            if self.waits == self.step and task is not None:
                task.cancel()
            try:
                yield waited
                answer = None
            except BaseException as error:
                answer = error


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[GraphStore]:
    """A store with two accounts."""
    if request.param == "sqlite":
        async with sqlite_store(tmp_path) as opened:
            await acme(opened)
            yield opened
        return
    server = request.getfixturevalue("neo4j_server")
    await wipe(server)
    async with neo4j_store(server) as opened:
        await acme(opened)
        yield opened
    gc.collect()


async def left_at(work: Coroutine[Any, Any, Any], step: int) -> bool:
    """Whether the work was still waiting at that step; it is left there."""
    leaving = LeftAt(work, step)

    async def asked() -> None:
        await leaving

    task = asyncio.ensure_future(asked())
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()
    return leaving.waits >= step


async def test_a_write_left_at_any_await_is_whole_or_absent(
    store: GraphStore, record_property: Callable[[str, object], None]
) -> None:
    whole = absent = 0
    for step in count(1):
        id_ = f"p{step}"
        asked = change_set(put(N.CONTACT, id_), tie(E.KNOWS, "mia", id_, id=id_), id=id_)
        if not await left_at(store.apply(EVERYTHING, asked), step):
            break
        await patiently(store, change_set(put(N.CONTACT, "next", name=id_)))
        kinds: tuple[Kind, ...] = (N.CONTACT, E.KNOWS)
        there = [await is_there(store, kind, id_) for kind in kinds]
        assert there[0] == there[1]
        whole, absent = whole + there[0], absent + (not there[0])
        await patiently(store, asked)
        assert [(await store.get(EVERYTHING, kind, id_)).revision for kind in kinds] == [1, 1]
        if step >= rounds(60, 10_000):
            break
    entries = await whole_log(store, "acme")
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert whole + absent > 0
    record_property(
        "counts", f"left at {whole + absent} awaits of a write: {whole} whole, {absent} absent, 0 half"
    )


async def test_a_read_left_at_any_await_leaks_nothing(store: GraphStore) -> None:
    for step in count(1):
        if not await left_at(store.records(EVERYTHING, "acme"), step) or step >= rounds(30, 10_000):
            break
    before = await store.records(EVERYTHING, "acme")
    many = await asyncio.gather(*(store.records(EVERYTHING, "acme") for _ in range(10)))
    assert all(found == before for found in many)


async def patiently(store: GraphStore, asked: ChangeSet) -> Applied:
    """The answer to a write that may have to wait for the one that was left."""
    for _ in range(5):
        try:
            return await store.apply(EVERYTHING, asked)
        except StoreBusy:
            continue
    raise AssertionError("the store stayed busy: a lock was left behind")


async def is_there(store: GraphStore, kind: Kind, id_: str) -> bool:
    """Whether a record is there."""
    try:
        return (await store.get(EVERYTHING, kind, id_)).revision == 1
    except NotFound:
        return False


async def test_a_service_that_is_told_to_end_keeps_its_word(
    start: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    process = start("serve", "--open", "--port", "0")
    base = await asyncio.to_thread(address_of, process)
    acknowledged: list[str] = []
    enough = asyncio.Event()

    async def client(number: int) -> None:
        async with httpx.AsyncClient(base_url=base) as http:
            for round_ in count():
                body = {"id": f"p{number}-{round_}", "account_id": "acme", "name": "P"}
                try:
                    answer = await http.post("/api/v1/contacts", json=body)
                except httpx.TransportError:
                    return
                assert answer.status_code in (201, 503), answer.text
                if answer.status_code == 201:
                    acknowledged.append(body["id"])
                if len(acknowledged) >= 60:
                    enough.set()

    async with httpx.AsyncClient(base_url=base) as http:
        assert (await http.post("/api/v1/accounts", json={"id": "acme", "name": "A"})).status_code == 201
    clients = [asyncio.create_task(client(number)) for number in range(8)]
    await enough.wait()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait, DRAIN_S) == 0
    await asyncio.gather(*clients)
    (tmp_path / "served.db").rename(tmp_path / "graph.db")
    async with sqlite_store(tmp_path) as opened:
        written = {entry.id for entry in await whole_log(opened, "acme")}
    lost = set(acknowledged) - written
    record_property(
        "counts", f"told to end under 8 clients: {len(acknowledged)} acknowledged, {len(lost)} lost"
    )
    assert not lost
