"""Two hundred damaged and foreign files: each opens whole, is refused unchanged, or is found by verify."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graphsvc.errors import StartRefused, StoreUnavailable
from graphsvc.features.operations.service import verify
from graphsvc.stores.sqlite import SqliteStore
from graphsvc.stores.sqlite.migrating import newest
from tests.contract.writing import EVERYTHING, E, N, acme, put, tie, write
from tests.stores import settings_of, sqlite_store

PAGE = 4096
Spoil = Callable[[random.Random, bytes], bytes]


@pytest.fixture
async def good(tmp_path: Path) -> Path:
    """A file of some sixty pages, closed cleanly."""
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        for round_ in range(8):
            people = [put(N.CONTACT, f"p{round_}-{number}") for number in range(12)]
            ties = [tie(E.KNOWS, "mia", f"p{round_}-{number}") for number in range(12)]
            await write(store, *people, *ties)
    return tmp_path / "graph.db"


def flipped(start: int, end: int) -> Spoil:
    """One to eight bits turned over between two places."""

    def spoil(draw: random.Random, content: bytes) -> bytes:
        found = bytearray(content)
        for _ in range(draw.randint(1, 8)):
            found[draw.randrange(start, min(end, len(found)))] ^= 1 << draw.randrange(8)
        return bytes(found)

    return spoil


def cut(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(1, len(content))]


def zeroed(draw: random.Random, content: bytes) -> bytes:
    page = draw.randrange(len(content) // PAGE) * PAGE
    return content[:page] + bytes(PAGE) + content[page + PAGE :]


def shuffled(draw: random.Random, content: bytes) -> bytes:
    pages = [content[place : place + PAGE] for place in range(0, len(content), PAGE)]
    one, other = draw.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def longer(draw: random.Random, content: bytes) -> bytes:
    return content + draw.randbytes(draw.randrange(1, 3 * PAGE))


def other_format(draw: random.Random, content: bytes) -> bytes:
    texts = [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"id,name\n1,Ana\n",
        b'{"nodes": []}',
        b"\x00" * 500,
        gzip.compress(content),
    ]
    return draw.choice(texts) + draw.randbytes(draw.randrange(2000))


def other_application(draw: random.Random, _: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA application_id = {draw.choice([0, 0, 0x42420001, 1])}")
        connection.execute(f"PRAGMA user_version = {draw.randrange(newest() + 1)}")
        connection.execute(f"CREATE TABLE {draw.choice(['songs', 'node', 'meta'])} (name TEXT, value TEXT)")
        connection.commit()
        return connection.serialize()


SPOILED: dict[str, tuple[int, Spoil]] = {
    "header": (40, flipped(0, 100)),
    "schema": (40, flipped(100, PAGE)),
    "first pages": (30, flipped(PAGE, 6 * PAGE)),
    "deep": (20, flipped(6 * PAGE, 10**9)),
    "cut": (20, cut),
    "zeroed": (10, zeroed),
    "shuffled": (10, shuffled),
    "longer": (5, longer),
    "other format": (15, other_format),
    "other application": (10, other_application),
}


def cases() -> Iterator[tuple[str, int, Spoil]]:
    """All two hundred, each with a seed of its own."""
    for name, (number, spoil) in SPOILED.items():
        for seed in range(number):
            yield name, seed, spoil


def test_every_damaged_or_foreign_file_opens_whole_or_is_refused_or_is_found(good: Path) -> None:
    content = good.read_bytes()
    found: Counter[str] = Counter()
    for name, seed, spoil in cases():
        good.write_bytes(spoil(random.Random(f"{name} {seed}"), content))
        outcome = outcome_of(good)
        found[outcome] += 1
        assert outcome != "as good as whole" or name in HARMLESS, (name, seed)
    print(f"damaged and foreign files: {dict(found)}")
    assert found.total() == 200
    assert found["refused"] > 60


HARMLESS = {"header", "schema", "first pages", "deep", "longer"}
"""Where bits may turn that nothing reads: free space of a page, counters of the header, behind the end."""


def outcome_of(file: Path) -> str:
    """What comes of opening a file; refused, it must be as it was."""
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    before = file.read_bytes()
    try:
        return asyncio.run(opened_and_verified(file))
    except StartRefused as error:
        refused = error
    assert file.read_bytes() == before
    assert str(file) in refused.en
    assert str(file) in refused.zh
    assert "\n" not in refused.en
    return "refused"


async def opened_and_verified(file: Path) -> str:
    """What verify says of a file that opens."""
    store = await SqliteStore.open(file, settings_of())
    try:
        flaws, verdicts = await verify(store, EVERYTHING)
        bad = [verdict for verdict in verdicts if verdict.first_bad is not None or verdict.unlike]
        if flaws or bad:
            return "found by verify"
        assert len(await store.records(EVERYTHING, "acme")) == 8 + 2 * 96
        assert len((await store.account_graph(EVERYTHING, "acme")).contacts.ids) == 4 + 96
        return "as good as whole"
    except StoreUnavailable:
        return "found by verify"
    finally:
        await store.close()


def test_rubbish_in_the_log_beside_a_file_is_passed_over(good: Path) -> None:
    draw = random.Random(7)
    content = good.read_bytes()

    async def whole() -> bool:
        async with sqlite_store(good.parent) as store:
            assert (await store.get(EVERYTHING, N.CONTACT, "p7-11")).revision == 1
            return await store.integrity(EVERYTHING) == []

    for _ in range(10):
        good.write_bytes(content)
        good.with_name("graph.db-wal").write_bytes(draw.randbytes(draw.randrange(1, 5 * PAGE)))
        assert asyncio.run(whole())


def test_a_file_that_was_not_closed_is_looked_through_in_the_background(
    good: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Damage deep in the file, which opening does not read, is said in the service's log."""

    async def copied_while_open(name: str) -> Path:
        async with sqlite_store(tmp_path) as store:
            await write(store, put(N.CONTACT, name))
            for end in ("", "-wal"):
                shutil.copy(f"{good}{end}", tmp_path / f"cut-off.db{end}")
        return tmp_path / "cut-off.db"

    async def opened(file: Path) -> None:
        store = await SqliteStore.open(file, settings_of())
        assert store._checking is not None
        await store._checking
        await store.close()

    file = asyncio.run(copied_while_open("ann"))
    with caplog.at_level("INFO", "graphsvc"):
        asyncio.run(opened(file))
    assert "was not closed cleanly and is whole" in caplog.text
    with closing(sqlite3.connect(good)) as connection:
        asked = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'edge_target'")
        root = asked.fetchone()[0]
    file = asyncio.run(copied_while_open("bob"))
    with file.open("r+b") as handle:
        handle.seek((root - 1) * PAGE + 8)
        handle.write(os.urandom(64))
    with caplog.at_level("INFO", "graphsvc"):
        asyncio.run(opened(file))
    assert "Restore it from a backup." in caplog.text


@pytest.mark.parametrize("command", ["accounts", "verify", "migrate", "serve"])
def test_a_command_says_it_in_one_line(good: Path, command: str) -> None:
    content = good.read_bytes()
    good.write_bytes(content[:60] + b"\xff\xff\xff\x00" + content[64:])
    before = good.read_bytes()
    words = [sys.executable, "-m", "graphsvc.cli", command, "--store", f"sqlite:///{good}"]
    told = subprocess.run(words, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert str(good) in told.stderr
    assert good.read_bytes() == before
    assert json.dumps(told.stdout) == '""'
