"""A process is killed while eight writers write: what was acknowledged is there, the rest whole or absent."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson

from tests.faults.ledger import Ledger
from tests.lengths import rounds
from tests.stores import sqlite_store

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED = range(20, 120)
"""How many writes are acknowledged before a writer is killed."""


def killed_writer(file: Path, name: str, ledger: Ledger, enough: int) -> None:
    """Let a process write until it has acknowledged enough, kill it, and note what it said."""
    command = [sys.executable, "-m", "tests.faults.writer", f"sqlite:///{file}", name]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    before = len(ledger.acknowledged)
    for line in process.stdout:
        if line.endswith(b"\n"):
            ledger.note(orjson.loads(line))
        if len(ledger.acknowledged) - before == enough:
            process.kill()
    process.stdout.close()
    assert process.wait() == -9


async def test_a_killed_process_keeps_its_word(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    ledger, draw, number = Ledger(), random.Random(7), rounds(5, 50)
    for round_ in range(number):
        killed_writer(tmp_path / "graph.db", f"w{round_}", ledger, draw.choice(ACKNOWLEDGED))
        async with sqlite_store(tmp_path) as store:
            await ledger.settle(store)
        with closing(sqlite3.connect(tmp_path / "graph.db")) as checked:
            assert checked.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert checked.execute("PRAGMA foreign_key_check").fetchone() is None
    record_property("counts", f"killed {number} times under 8 writers: {ledger}")
    assert ledger.exact, str(ledger)


async def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    killed_writer(tmp_path / "graph.db", "w", Ledger(), 1)
    assert (tmp_path / "graph.db.lock").read_text().strip().isdigit()
    async with sqlite_store(tmp_path) as store:
        assert await store.ping() is None
        assert (tmp_path / "graph.db.lock").read_text() == f"{os.getpid()}\n"
