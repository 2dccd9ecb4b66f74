"""The running service with the demo account, and pages that remember what they complained about and drew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.hostile import hostile_document
from tests.browser.watched import PROJECTOR, WATCH_DRAWING, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

GRAPHSVC = (sys.executable, "-c", "from graphsvc.cli import main; main()")
DEMO = Path(__file__).parents[2] / "examples" / "demo.json"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service with the demo account and one account of hostile texts."""
    folder = tmp_path_factory.mktemp("site")
    hostile = folder / "hostile.json"
    hostile.write_bytes(hostile_document())
    with serving(f"sqlite:///{folder / 'site.db'}", DEMO, hostile) as address:
        yield address


@contextmanager
def serving(store: str, *documents: Path, account: str = "jichuan", **settings: str) -> Iterator[str]:
    """The address of a service over a store into which documents were imported, among them this account."""
    env = {**os.environ, **settings}
    for file in documents:
        subprocess.run([*GRAPHSVC, "import", str(file), "--store", store], check=True, timeout=120, env=env)
    command = [*GRAPHSVC, "serve", "--open", "--store", store, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as service:
        assert service.stdout is not None
        address = re.search(r"http://\S+", service.stdout.readline())
        assert address, "the service did not start"
        warm(address[0], account)
        yield address[0]
        service.terminate()
        service.wait(timeout=30)


def warm(address: str, account: str) -> None:
    """Asks for the first pages until they come: on a busy machine they may be late."""
    for path in ("/", f"/accounts/{account}"):
        for _ in range(20):
            if urlopen_status(f"{address}{path}") == 200:
                break
        else:
            pytest.fail(f"{path} never came")


def urlopen_status(address: str) -> int:
    try:
        with urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


@pytest.fixture
def browse(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens watched pages: `browse(lang="zh", viewport=LAPTOP)`. Closes them all at the end."""
    contexts: list[BrowserContext] = []

    def new(**options: Any) -> Watched:
        watched = watching(browser, **options)
        contexts.append(watched.page.context)
        return watched

    yield new
    for context in contexts:
        context.close()


def watching(
    browser: Browser, *, lang: str = "en", viewport: dict[str, int] = PROJECTOR, **options: Any
) -> Watched:
    """A watched page in a context of its own."""
    context = browser.new_context(
        viewport=viewport, locale="zh-CN" if lang == "zh" else "en-GB", reduced_motion="reduce", **options
    )
    page = context.new_page()
    page.add_init_script(WATCH_DRAWING)
    watched = Watched(page)
    note = watched.complaints.append
    page.on("console", lambda said: said.type in ("error", "warning") and note(said.text))
    page.on("pageerror", lambda error: note(str(error)))
    page.on("dialog", lambda dialog: (note(f"dialog {dialog.message}"), dialog.dismiss()))
    return watched
