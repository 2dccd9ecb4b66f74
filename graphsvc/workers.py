"""Long questions in processes of their own, so that neither the event loop nor other requests wait for them.

A worker is started with the service or when it is first needed, and stays warm. It gets an account graph
once, table by table, and keeps the last few, so a question to it is a few hundred bytes. Whoever stops
waiting (the request's deadline, a client that left) ends the worker with whatever it is doing; the next
question starts another.

`python -m graphsvc.workers` is such a process.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from itertools import count
from typing import Any, TypeVar

from graphsvc.errors import QuestionTooLarge
from graphsvc.interpreter import tune
from graphsvc.piped import framed, heard, own_pipes, received
from models.enums import EdgeKind, NodeKind
from models.faults import InvalidInput
from models.graph import AccountGraph

__all__ = ["Workers"]

T = TypeVar("T")
QUESTIONS = ("queries.chains.best",)
"""Modules of questions that are asked: imported before the first one comes."""
KEPT = 4
"""Account graphs a worker keeps."""


class Workers:
    """At most `most` processes that answer questions about account graphs.

    A question may take `seconds` from when it is asked, waiting for a free worker included. Graphs are told
    apart by a number each object is given: after an erasure the same account at the same place of its log is
    another graph.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._free = asyncio.Semaphore(most)
        self._seconds = seconds
        self._idle: list[_Worker] = []
        self._starting: set[asyncio.Task[_Worker]] = set()
        self._unclaimed: list[asyncio.Task[_Worker]] = []
        self._alive: set[_Worker] = set()
        self._numbers = count()
        self._forgotten = 0

    @property
    def alive(self) -> int:
        """How many processes there are now."""
        return sum(worker.process.returncode is None for worker in self._alive)

    def forget(self) -> None:
        """Let no worker keep the graphs it holds: they may say what was erased since."""
        self._forgotten += 1
        for worker in self._idle:
            worker.kill()
        self._idle.clear()

    async def ask(self, question: Callable[..., T], graph: AccountGraph, **given: Any) -> T:
        """What `question(graph, **given)` gives; it and what it is given must be picklable.

        Raises QuestionTooLarge when time is up, and InvalidInput as the question does.
        """
        try:
            async with asyncio.timeout(self._seconds), self._free:
                key = graph.memo(self, partial(next, self._numbers))
                worker, begun = self._best_idle(key) or await self._started(), self._forgotten
                try:
                    told, answer = await worker.ask(question, key, graph, given)
                except BaseException:
                    worker.kill()
                    raise
                if begun == self._forgotten:
                    self._idle.append(worker)
                else:
                    worker.kill()
        except TimeoutError:
            raise QuestionTooLarge from None
        if told == "refused":
            raise InvalidInput(*answer)
        return answer  # type: ignore[no-any-return]

    def warm(self) -> None:
        """Has a worker started, so that the first question need not wait for it."""
        if not self._idle and not self._starting:
            self._leave(self._start())

    async def close(self) -> None:
        """End all workers."""
        for start in self._starting:
            start.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        self._idle.clear()
        for worker in self._alive:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in self._alive))
        self._alive.clear()

    async def _started(self) -> _Worker:
        """A new worker, one that is starting already if nobody waits for it.

        Who stops waiting leaves it to the next one: starting takes its time.
        """
        start = self._unclaimed.pop(0) if self._unclaimed else self._start()
        try:
            return await asyncio.shield(start)
        except asyncio.CancelledError:
            self._leave(start)
            raise

    def _start(self) -> asyncio.Task[_Worker]:
        start = asyncio.create_task(_Worker.started())
        self._starting.add(start)
        start.add_done_callback(self._born)
        return start

    def _born(self, start: asyncio.Task[_Worker]) -> None:
        self._starting.discard(start)
        if not start.cancelled() and start.exception() is None:
            self._alive = {worker for worker in self._alive if worker.process.returncode is None}
            self._alive.add(start.result())

    def _leave(self, start: asyncio.Task[_Worker]) -> None:
        """Whoever asks next takes it; if nobody has when it is ready, it stands by."""
        self._unclaimed.append(start)
        start.add_done_callback(self._stand_by)

    def _stand_by(self, start: asyncio.Task[_Worker]) -> None:
        if start not in self._unclaimed:
            return
        self._unclaimed.remove(start)
        if start.cancelled() or start.exception() is not None:
            return
        if len(self._idle) < self._most:
            self._idle.append(start.result())
        else:
            start.result().kill()

    def _best_idle(self, key: int) -> _Worker | None:
        """A worker that has nothing to do, one that holds the graph if there is any."""
        self._idle = [worker for worker in self._idle if worker.process.returncode is None]
        if not self._idle:
            return None
        place = next((place for place, worker in enumerate(self._idle) if key in worker.holds), -1)
        return self._idle.pop(place)


class _Worker:
    """One process and what it holds."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.holds: OrderedDict[int, None] = OrderedDict()

    @classmethod
    async def started(cls) -> _Worker:
        """A process that is ready to be asked."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, stdin=pipe, stdout=pipe
        )
        worker = cls(process)
        assert process.stdout is not None
        try:
            await received(process.stdout)
        except BaseException:
            worker.kill()
            await process.wait()
            raise
        return worker

    async def ask(
        self, question: Callable[..., Any], key: int, graph: AccountGraph, given: Mapping[str, Any]
    ) -> tuple[str, Any]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        tables = [] if key in self.holds else [*graph.nodes.items(), *graph.edges.items()]
        note(self.holds, key, None)
        at = (graph.account_id, graph.sequence, graph.firm_sequence)
        stdin.write(framed((question, key, at, len(tables), given)))
        for kind, table in tables:  # one by one: pickling holds the interpreter while it lasts
            stdin.write(await asyncio.to_thread(framed, (kind, table)))
            await stdin.drain()
        await stdin.drain()
        answer = await received(stdout)
        return await asyncio.to_thread(pickle.loads, answer)

    def kill(self) -> None:
        """Ends the process, whatever it is doing."""
        if self.process.returncode is None:
            self.process.kill()


def note(held: OrderedDict[int, T], key: int, value: T) -> None:
    """Puts in a graph as the last used; the one least lately used goes. Both sides keep the same."""
    held[key] = held.get(key, value)
    held.move_to_end(key)
    while len(held) > KEPT:
        held.popitem(last=False)


def main() -> None:
    """Answer questions until nobody asks any more."""
    asked, answers = own_pipes()
    for module in QUESTIONS:
        import_module(module)
    tune()
    answers.write(framed("ready"))
    answers.flush()
    graphs: OrderedDict[int, AccountGraph] = OrderedDict()
    while (told := heard(asked)) is not None:
        question, key, at, tables, given = told
        if tables:
            note(graphs, key, _graph(at, [heard(asked) for _ in range(tables)]))
        note(graphs, key, graphs[key])
        try:
            answer = ("answered", question(graphs[key], **given))
        except InvalidInput as error:
            answer = ("refused", error.faults)
        answers.write(framed(answer))
        answers.flush()


def _graph(at: tuple[str, int, int], tables: list[Any]) -> AccountGraph:
    nodes = {kind: table for kind, table in tables if isinstance(kind, NodeKind)}
    edges = {kind: table for kind, table in tables if isinstance(kind, EdgeKind)}
    return AccountGraph(*at, nodes, edges)


if __name__ == "__main__":
    main()
