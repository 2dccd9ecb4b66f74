"""A receiver of webhooks on loopback, which can be kind, down, slow, redirecting or endless."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from standardwebhooks import Webhook

OK = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Received:
    """One request: its first line, its headers and its body."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)
        return found

    @property
    def changes(self) -> list[tuple[str, str]]:
        return [(row["event"], row["id"]) for row in self.told["data"]["changes"]]

    def is_signed_by(self, secret: str) -> bool:
        """Whether the library takes it for genuine."""
        try:
            Webhook(secret).verify(self.body, self.headers)
        except Exception:
            return False
        return True


def status(code: int, **headers: str) -> Behaviour:
    """Answers with a status."""
    lines = [f"HTTP/1.1 {code} Told", "Content-Length: 0", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join([*lines, "", ""]).encode())

    return behave


async def silent(writer: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.Event().wait()


def endless(head: bytes, piece: bytes) -> Behaviour:
    """Begins an answer and never ends it."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()

    return behave


@dataclass
class Receiver:
    """Takes what comes, as `behave` says; `arrived` is set by each request, before it is answered."""

    behave: Behaviour
    got: list[Received] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            raw = dict(line.split(": ", 1) for line in rest if line)
            kept = {name.lower(): value for name, value in raw.items()}
            body = await reader.readexactly(int(kept["content-length"]))
            self.got.append(Received(first, kept, body))
            self.arrived.set()
            await self.behave(writer)
            await writer.drain()
        writer.close()


async def kind(writer: asyncio.StreamWriter) -> None:
    """Takes it."""
    writer.write(OK)


@contextlib.asynccontextmanager
async def receiving(behave: Behaviour = kind) -> AsyncIterator[Receiver]:
    """A receiver while the block runs."""
    receiver = Receiver(behave)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await receiver.serve(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
