"""Running the service: a free port, an open store, a clean end."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn

from graphsvc.app import create_app
from graphsvc.errors import StartRefused
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore

Announce = Callable[[str], None]


async def run(
    settings: Settings, announce: Announce, prepare: Callable[[GraphStore], Awaitable[object]] | None = None
) -> None:
    """Serve until interrupted. `prepare` may fill the store first; `announce` gets the address.

    Raises StartRefused if the store or the port cannot be had.
    """
    listening = _listen(settings.host, settings.port)
    try:
        store = await open_store(settings.store_url, settings)
        try:
            if prepare is not None:
                await prepare(store)
            config = uvicorn.Config(
                create_app(settings, store),
                log_level="warning",
                access_log=False,
                lifespan="on",
                timeout_graceful_shutdown=15,
            )
            server = _Server(config)
            host, port = listening.getsockname()[:2]
            announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")
            await server.serve(sockets=[listening])
        finally:
            await store.close()
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Ends at SIGINT or SIGTERM once open requests are answered, with exit status 0.

    uvicorn's own way raises the signal again when all is done, so that a clean end looks like a crash.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def free_port(host: str, first: int, tries: int = 20) -> int:
    """The first port from `first` on that nobody listens on; 0 (any) if none of `tries` is free."""
    for port in range(first, first + tries):
        with socket.socket(_family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return 0


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(_family(host))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise StartRefused(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port.",
            f"无法监听 {host}:{port}：{error.strerror}。请用 --port 另选端口。",
        ) from error
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
