"""A running service with something in it, for measurements and pictures."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from graphsvc.commands.serving import run
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore
from models.access import Role

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""How Chromium is started: no window, no traffic of its own."""


def settings_of(**given: Any) -> Settings:
    """Settings from nowhere but here."""
    return Settings(**{"_env_file": None, **given})


@contextmanager
def served(fill: Callable[[GraphStore], Awaitable[object]]) -> Iterator[str]:
    """The address of a service over a store that `fill` has filled; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="graphsvc-served-") as folder:
        settings = settings_of(store_url=f"sqlite:///{folder}/served.db", port=0, open_door=Role.ADMIN)
        started, address = threading.Event(), list[str]()
        held: dict[str, Any] = {}

        def announce(url: str, _: str | None) -> None:
            address.append(url)
            started.set()

        async def serve() -> None:
            held.update(loop=asyncio.get_running_loop(), task=asyncio.current_task())
            try:
                await run(settings, announce, fill)
            except asyncio.CancelledError:
                return

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        started.wait(120)
        try:
            yield address[0]
        finally:
            held["loop"].call_soon_threadsafe(held["task"].cancel)
            thread.join(20)
