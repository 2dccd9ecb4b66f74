"""No write is acknowledged before the log of the database is on the disk: the system calls say so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.faults.writer import WRITERS
from tests.lengths import rounds

ROOT = Path(__file__).parents[2]
CALL = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(?:\(| resumed>)(.*)$")
BEGUN, DONE = '"[\\"begun\\"', '"[\\"done\\",'
HEADER = re.compile(r", 32, 0(\)| <)")
"""The header of the log is written, and synced, apart from any commit."""


def traced(file: Path, writes: int, trace: Path) -> list[str]:
    """The system calls of a process that writes: of its writes, its syncs and its acknowledgements."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("syncs are watched by strace: install the package strace to run this")
    command = [strace, "-f", "-y", "-qq", "-s", "16", "-o", str(trace)]
    command += ["-e", "trace=write,pwrite64,fsync,fdatasync", sys.executable, "-m", "tests.faults.writer"]
    run = subprocess.run(
        [*command, f"sqlite:///{file}", "w", str(writes)], cwd=ROOT, capture_output=True, text=True
    )
    if run.returncode and "ptrace" in run.stderr:
        pytest.skip("syncs are watched by strace, which may not trace here: allow ptrace to run this")
    assert run.returncode == 0, run.stderr
    return trace.read_text("utf-8", "replace").splitlines()


def too_early(lines: Iterable[str]) -> tuple[int, int]:
    """How many acknowledgements there are, and how many came before a sync of the log after their write.

    One thread writes: commits follow one another, each a few writes to the log, then a sync. The n-th
    acknowledgement since the beginning needs n such syncs before it.
    """
    waiting: dict[str, str] = {}
    dirty, syncs, done, early = False, 0, 0, 0
    for line in lines:
        call = CALL.match(line)
        if call is None:
            continue
        process, name, rest = call.groups()
        begins = "resumed>" not in line
        if begins and name == "write" and BEGUN in rest:
            syncs = done = early = 0
        elif begins and name == "write" and DONE in rest:
            done += 1
            early += syncs < done
        if begins:
            waiting[process] = rest
        file = waiting.get(process, "")
        if "graph.db-wal>" not in file or line.endswith("<unfinished ...>"):
            continue
        if name == "pwrite64" and not HEADER.search(file):
            dirty = True
        elif name in ("fsync", "fdatasync") and line.endswith("= 0") and dirty:
            dirty, syncs = False, syncs + 1
    return done, early


def test_every_acknowledgement_follows_a_sync(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    writes = rounds(200, 2_000)
    done, early = too_early(traced(tmp_path / "graph.db", writes, tmp_path / "trace"))
    record_property("counts", f"synced before acknowledged: {done} writes by {WRITERS}, {early} violations")
    assert (done, early) == (writes, 0)


WRITE = '7  pwrite64(5</d/graph.db-wal>, "x"..., 4096, 56) = 4096'
HEAD = '7  pwrite64(5</d/graph.db-wal>, "h"..., 32, 0) = 32'
SYNC = "7  fdatasync(5</d/graph.db-wal>) = 0"
BEGINS, ENDS = "7  fdatasync(5</d/graph.db-wal> <unfinished ...>", "7  <... fdatasync resumed>) = 0"
FIRST, ACK = f"1  write(1<pipe:[3]>, {BEGUN}], 9) = 9", f"1  write(1<pipe:[3]>, {DONE}], 20) = 20"


@pytest.mark.parametrize(
    ("lines", "early"),
    [
        ([WRITE, SYNC, ACK], 0),
        ([WRITE, BEGINS, ENDS, ACK], 0),
        ([WRITE, ACK, SYNC], 1),
        ([WRITE, BEGINS, ACK, ENDS], 1),
        ([WRITE, SYNC, SYNC, ACK, ACK], 1),
        ([HEAD, SYNC, WRITE, ACK], 1),
    ],
)
def test_an_acknowledgement_without_a_sync_is_seen(lines: list[str], early: int) -> None:
    assert too_early([FIRST, *lines]) == (lines.count(ACK), early)
