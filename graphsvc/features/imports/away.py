"""A reader in a process of its own: python -m graphsvc.features.imports.away, talked to over its pipes.

Reading is a long loop of pure Python; here it holds nobody up, and what it needs of memory goes with it.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, BinaryIO

from graphsvc.features.imports.batch import AccountRef, ImportOptions
from graphsvc.features.imports.progress import Phase, Progress
from graphsvc.features.imports.reading import Bodies, Desk, File, Outline
from graphsvc.features.imports.rows import CheckedRows
from models.faults import Fault, InvalidInput

_LENGTH = 8


class ReaderLost(RuntimeError):
    """The process of the reader ended before its time."""


class Away:
    """A reader in another process. One step at a time."""

    def __init__(self, process: asyncio.subprocess.Process, progress: Progress) -> None:
        self._process = process
        self._progress = progress

    @classmethod
    @asynccontextmanager
    async def started(cls, progress: Progress) -> AsyncIterator[Away]:
        """A fresh process, ended when it is left."""
        command = (sys.executable, "-m", __spec__.name)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        try:
            yield cls(process, progress)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def load(self, files: Sequence[File], options: ImportOptions) -> Outline:
        outline: Outline = await self._ask("load", files, options)
        return outline

    async def know(self, accounts: Mapping[str, AccountRef], ids: frozenset[str], bodies: Bodies) -> None:
        await self._ask("know", accounts, ids, bodies)

    async def read(self, pack_rows: int, faults: Sequence[Fault] = ()) -> CheckedRows:
        rows: CheckedRows = await self._ask("read", pack_rows, faults)
        return rows

    async def _ask(self, step: str, *given: Any) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(_framed((step, given)))
            await stdin.drain()
            while True:
                length = int.from_bytes(await stdout.readexactly(_LENGTH))
                said, *told = pickle.loads(await stdout.readexactly(length))
                if said == "done":
                    return told[0]
                if said == "refused":
                    raise InvalidInput(*told[0])
                self._progress(*told)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ReaderLost(f"the reader ended with status {await self._process.wait()}") from error


def _framed(value: Any) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_LENGTH) + data


def main() -> None:
    """Do what is asked until nobody asks any more."""
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may come between the answers

    def say(*told: Any) -> None:
        answers.write(_framed(told))
        answers.flush()

    def progress(phase: Phase, done: int, total: int) -> None:
        say("progress", phase, done, total)

    desk = Desk(progress)
    while (question := _question(asked)) is not None:
        step, given = question
        try:
            done = getattr(desk, step)(*given)
        except InvalidInput as error:
            say("refused", error.faults)
        else:
            say("done", done)


def _question(asked: BinaryIO) -> tuple[str, tuple[Any, ...]] | None:
    head = asked.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    step, given = pickle.loads(asked.read(int.from_bytes(head)))
    return step, given


if __name__ == "__main__":
    main()
