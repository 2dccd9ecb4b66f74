"""A reader in a process of its own: python -m graphsvc.features.imports.away, talked to over its pipes.

Reading is a long loop of pure Python; here it holds nobody up, and what it needs of memory goes with it.
"""

from __future__ import annotations

import asyncio
import gc
import pickle
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from graphsvc.features.imports.batch import AccountRef, ImportOptions
from graphsvc.features.imports.progress import Phase, Progress
from graphsvc.features.imports.reading import Desk, File, Outline, Page
from graphsvc.features.imports.rows import CheckedRows, Each, nobody
from graphsvc.piped import framed, heard, own_pipes, received
from models.faults import Fault, InvalidInput


class ReaderLost(RuntimeError):
    """The process of the reader ended before its time."""


class Away:
    """A reader in another process. One step at a time."""

    def __init__(self, process: asyncio.subprocess.Process, progress: Progress) -> None:
        self._process = process
        self._progress = progress
        self._each: Each = nobody

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

    async def know(
        self, accounts: Mapping[str, AccountRef], ids: frozenset[str], bodies: AsyncIterator[Page]
    ) -> None:
        await self._ask("know", accounts, ids)
        async for page in bodies:
            await self._ask("lay", page)

    async def read(self, pack_rows: int, each: Each, faults: Sequence[Fault] = ()) -> CheckedRows:
        self._each = each
        rows: CheckedRows = await self._ask("read", pack_rows, faults)
        return rows

    async def _ask(self, step: str, *given: Any) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(framed((step, given)))
            await stdin.drain()
            while True:
                said, *told = pickle.loads(await received(stdout))
                if said == "done":
                    return told[0]
                if said == "refused":
                    raise InvalidInput(*told[0])
                if said == "pack":
                    self._each(*told)
                else:
                    self._progress(*told)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ReaderLost(f"the reader ended with status {await self._process.wait()}") from error


def main() -> None:
    """Do what is asked until nobody asks any more."""
    asked, answers = own_pipes()

    def say(*told: Any) -> None:
        answers.write(framed(told))
        answers.flush()

    def progress(phase: Phase, done: int, total: int) -> None:
        say("progress", phase, done, total)

    def read(pack_rows: int, faults: Sequence[Fault]) -> CheckedRows:
        return desk.read(pack_rows, lambda pack: say("pack", pack), faults)

    gc.disable()  # what is read stays until the process ends, and holds no circles worth looking for
    desk = Desk(progress)
    steps: Mapping[str, Callable[..., Any]] = {
        "load": desk.load,
        "know": desk.know,
        "lay": desk.lay,
        "read": read,
    }
    while (question := heard(asked)) is not None:
        step, given = question
        try:
            done = steps[step](*given)
        except InvalidInput as error:
            say("refused", error.faults)
        else:
            say("done", done)


if __name__ == "__main__":
    main()
