"""A process is killed between its commits and what it tells of them: all is told, again with the same id."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
import pytest

from tests.contract.conftest import STORES
from tests.lengths import rounds
from tests.receiver import Receiver, kind, receiving, silent
from tests.stores import wipe

ROOT = Path(__file__).parents[2]
WRITES = 12
ROUNDS = rounds(3, 20)


@pytest.fixture(params=STORES)
async def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty store for another process."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'graph.db'}"
    server = request.getfixturevalue("neo4j_server")
    await wipe(server)
    monkeypatch.setenv("GRAPHSVC_STORE_PASSWORD", server.password)
    return str(server.url)


@asynccontextmanager
async def killed_at_the_end(*words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process while the block runs; then it is gone without a word."""
    command = [sys.executable, "-m", "tests.faults.sending", *words]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        await process.communicate()


async def said(process: asyncio.subprocess.Process) -> dict[str, int]:
    """What a process has written by the time it has written all."""
    assert process.stdout is not None
    done = {}
    async for line in process.stdout:
        words = orjson.loads(line)
        if words[0] == "written":
            return done
        done[words[1]] = words[2]
    raise AssertionError("it ended before it had written all")


async def arrived(receiver: Receiver, number: int) -> None:
    """Wait until so many messages have arrived."""
    while len(receiver.got) < number:
        receiver.arrived.clear()
        await receiver.arrived.wait()


async def test_all_that_was_committed_is_told_whenever_the_sender_is_killed(
    place: str, record_property: Callable[[str, object], None]
) -> None:
    written: dict[str, int] = {}
    cut_off = []
    async with receiving(kind) as receiver:
        for round_ in range(ROUNDS):
            until = len(receiver.got) + 1 + round_ % WRITES

            async def answer(writer: asyncio.StreamWriter, until: int = until) -> None:
                await (silent if len(receiver.got) >= until else kind)(writer)

            receiver.behave = answer
            async with killed_at_the_end(place, receiver.url, f"w{round_}", str(WRITES)) as process:
                written |= await said(process)
                await arrived(receiver, until)
            cut_off.append(receiver.got[until - 1].id)
        receiver.behave = kind
        async with killed_at_the_end(place, receiver.url, "last", "0"):
            while written.keys() - {id_ for got in receiver.got for _, id_ in got.changes}:
                await arrived(receiver, len(receiver.got) + 1)
    told = [(got.id, got.body) for got in receiver.got]
    ids = [id_ for id_, _ in told]
    assert all(ids.count(id_) >= 2 for id_ in cut_off), "what was not answered comes again"
    assert len(set(told)) == len(set(ids)), "the same id says the same"
    first = list(
        dict.fromkeys(row["sequence"] for got in receiver.got for row in got.told["data"]["changes"])
    )
    assert first == sorted(written.values()), "all of it, in its order"
    record_property(
        "counts", f"sender killed {ROUNDS} times: {len(written)} committed, {len(ids)} sent, 0 lost"
    )
