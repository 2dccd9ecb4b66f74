"""The running service with the demo account, and pages that remember what they complained about and drew."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from graphsvc.commands.demo import demo_file
from graphsvc.commands.serving import run
from graphsvc.features.imports.reader import ImportOptions, SourceFile
from graphsvc.features.imports.service import import_files
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore, Scope
from tests.browser.hostile import hostile_document
from tests.browser.watched import PROJECTOR, WATCH_DRAWING, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service with the demo account and one account of hostile texts."""
    url = f"sqlite:///{tmp_path_factory.mktemp('site') / 'site.db'}"
    settings = Settings(store_url=url, port=0, _env_file=None)
    started, address = threading.Event(), []
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    def announce(said: str) -> None:
        address.append(said)
        started.set()

    async def serve() -> None:
        task = asyncio.ensure_future(run(settings, announce, _fill))
        running.append((asyncio.get_running_loop(), task))
        try:
            await task
        except asyncio.CancelledError:
            return
        finally:
            started.set()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="site")
    thread.start()
    started.wait(timeout=60)
    assert address, "the service did not start"
    yield address[0]
    loop, task = running[0]
    loop.call_soon_threadsafe(task.cancel)
    thread.join(timeout=20)
    assert not thread.is_alive()


async def _fill(store: GraphStore) -> None:
    scope = Scope(actor="tests")
    demo = demo_file()
    for file in (SourceFile(demo.name, demo.read_bytes()), SourceFile("hostile.json", hostile_document())):
        await import_files(store, scope, [file], ImportOptions())


@pytest.fixture
def browse(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens watched pages: `browse(lang="zh", viewport=LAPTOP)`. Closes them all at the end."""
    contexts: list[BrowserContext] = []

    def new(*, lang: str = "en", viewport: dict[str, int] = PROJECTOR, **options: Any) -> Watched:
        context = browser.new_context(
            viewport=viewport, locale="zh-CN" if lang == "zh" else "en-GB", reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH_DRAWING)
        watched = Watched(page)
        note = watched.complaints.append
        page.on("console", lambda said: said.type in ("error", "warning") and note(said.text))
        page.on("pageerror", lambda error: note(str(error)))
        page.on("dialog", lambda dialog: (note(f"dialog {dialog.message}"), dialog.dismiss()))
        return watched

    yield new
    for context in contexts:
        context.close()
