"""Long questions in processes of their own, so that neither the event loop nor other requests wait for them.

A worker is started when it is first needed and stays warm. It gets an account graph once, table by table, and
keeps the last few, so a question to it is a few hundred bytes. Whoever stops waiting (the request's deadline,
a client that left) ends the worker with whatever it is doing; the next question starts another.

`python -m graphsvc.workers` is such a process.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from graphsvc.errors import QuestionTooLarge
from graphsvc.piped import framed, heard, own_pipes, received
from models.enums import EdgeKind, NodeKind
from models.faults import InvalidInput
from models.graph import AccountGraph

__all__ = ["Workers"]

T = TypeVar("T")
Key = tuple[str, int, int]
KEPT = 4
"""Account graphs a worker keeps."""


class Workers:
    """At most `most` processes that answer questions about account graphs.

    A question may take `seconds` from when it is asked, waiting for a free worker included.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._free = asyncio.Semaphore(most)
        self._seconds = seconds
        self._idle: list[_Worker] = []
        self._ended: set[asyncio.Task[int]] = set()

    async def ask(self, question: Callable[..., T], graph: AccountGraph, **given: Any) -> T:
        """What `question(graph, **given)` gives; it and what it is given must be picklable.

        Raises QuestionTooLarge when time is up, and InvalidInput as the question does.
        """
        try:
            async with asyncio.timeout(self._seconds), self._free:
                worker = self._best_idle(key_of(graph)) or await _Worker.started()
                try:
                    told, answer = await worker.ask(question, graph, given)
                except BaseException:
                    self._end(worker)
                    raise
                self._idle.append(worker)
        except TimeoutError:
            raise QuestionTooLarge from None
        if told == "refused":
            raise InvalidInput(*answer)
        return answer  # type: ignore[no-any-return]

    async def close(self) -> None:
        """End all workers."""
        for worker in self._idle:
            self._end(worker)
        self._idle.clear()
        await asyncio.gather(*self._ended)

    def _best_idle(self, key: Key) -> _Worker | None:
        """A worker that has nothing to do, one that holds the graph if there is any."""
        self._idle = [worker for worker in self._idle if worker.process.returncode is None]
        if not self._idle:
            return None
        place = next((place for place, worker in enumerate(self._idle) if key in worker.holds), -1)
        return self._idle.pop(place)

    def _end(self, worker: _Worker) -> None:
        task = asyncio.ensure_future(worker.end())
        self._ended.add(task)
        task.add_done_callback(self._ended.discard)


class _Worker:
    """One process and what it holds."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.holds: OrderedDict[Key, None] = OrderedDict()

    @classmethod
    async def started(cls) -> _Worker:
        pipe = asyncio.subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, stdin=pipe, stdout=pipe)
        )

    async def ask(
        self, question: Callable[..., Any], graph: AccountGraph, given: Mapping[str, Any]
    ) -> tuple[str, Any]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        key = key_of(graph)
        tables = [] if key in self.holds else [*graph.nodes.items(), *graph.edges.items()]
        note(self.holds, key, None)
        stdin.write(framed((question, key, len(tables), given)))
        for kind, table in tables:  # one by one: pickling holds the interpreter while it lasts
            stdin.write(await asyncio.to_thread(framed, (kind, table)))
            await stdin.drain()
        await stdin.drain()
        answer = await received(stdout)
        return await asyncio.to_thread(pickle.loads, answer)

    async def end(self) -> int:
        """Ends the process, whatever it is doing."""
        if self.process.returncode is None:
            self.process.kill()
        return await self.process.wait()


def key_of(graph: AccountGraph) -> Key:
    """What tells account graphs of one store apart."""
    return graph.account_id, graph.sequence, graph.firm_sequence


def note(held: OrderedDict[Key, T], key: Key, value: T) -> None:
    """Puts in a graph as the last used; the one least lately used goes. Both sides keep the same."""
    held[key] = held.get(key, value)
    held.move_to_end(key)
    while len(held) > KEPT:
        held.popitem(last=False)


def main() -> None:
    """Answer questions until nobody asks any more."""
    asked, answers = own_pipes()
    graphs: OrderedDict[Key, AccountGraph] = OrderedDict()
    while (told := heard(asked)) is not None:
        question, key, tables, given = told
        if tables:
            note(graphs, key, _graph(key, [heard(asked) for _ in range(tables)]))
        note(graphs, key, graphs[key])
        try:
            answer = ("answered", question(graphs[key], **given))
        except InvalidInput as error:
            answer = ("refused", error.faults)
        answers.write(framed(answer))
        answers.flush()


def _graph(key: Key, tables: list[Any]) -> AccountGraph:
    nodes = {kind: table for kind, table in tables if isinstance(kind, NodeKind)}
    edges = {kind: table for kind, table in tables if isinstance(kind, EdgeKind)}
    return AccountGraph(*key, nodes, edges)


if __name__ == "__main__":
    main()
